"""Reasons and moments in words: each reason names both sides, as the mentor reads it and as the one who looks reads it."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alumni import matching
from alumni.models import Proposal, Request
from alumni.models.mentoring import When
from portal.dates import date_format
from portal.people import tongues
from portal.people.models import JobDescription, Skill, Trade

ICONS = {
    matching.LEARN: "sprout",
    matching.PATH: "route",
    matching.NEAR: "map-pin",
    matching.WHEN: "calendar",
    matching.TONGUE: "languages",
    matching.LINE: "network",
    matching.REMOTE: "globe",
}


class Names:
    """The names that some reasons mention, in three queries for all of them."""

    def __init__(self, reasons: Iterable[list]):
        skills, jobs, trades = set(), set(), set()
        for kind, values in (pair for each in reasons for pair in each):
            if kind == matching.LEARN:
                skills |= set(values)
            if kind == matching.PATH:
                jobs |= {int(value[4:]) for value in values if value.startswith("job:")}
                trades |= {int(value[6:]) for value in values if value.startswith("trade:")}
        self.skills = Skill.objects.in_bulk(skills) if skills else {}
        self.jobs = JobDescription.objects.in_bulk(jobs) if jobs else {}
        self.trades = Trade.objects.in_bulk(trades) if trades else {}


def joined(parts) -> str:
    """“a, b and c”, each part in bold."""
    parts = [format_html("<b>{}</b>", part) for part in parts][:3]
    if len(parts) < 2:
        return parts[0] if parts else ""
    return format_html(_("{} and {}"), format_html_join(", ", "{}", ((part,) for part in parts[:-1])), parts[-1])


def sentence(kind: str, values: list, names: Names, *, seeker: str, mentor: str) -> str:
    """One reason; `seeker` or `mentor` is "" for the reader of the sentence, else a first name."""
    if kind == matching.LEARN:
        skills = joined(names.skills[key].label for key in values if key in names.skills)
        if not mentor:
            return format_html(_("{name} wants to learn {skills}; you offer it."), name=seeker, skills=skills)
        return format_html(_("You want to learn {skills}; {name} offers it."), name=mentor, skills=skills)
    if kind == matching.PATH:
        return _same_path(values, names, seeker or mentor)
    if kind == matching.NEAR:
        return _("Both in the same town: you can meet in person.")
    if kind == matching.WHEN:
        return _("Free at the same times: %(when)s.") % {"when": ", ".join(str(When(value).label).lower() for value in values if value in When.values)}
    if kind == matching.TONGUE:
        return _("A language in common: %(names)s.") % {"names": ", ".join(tongues.name_of(code) for code in values[:3])}
    if kind == matching.LINE:
        steps = values[0] if values else 0
        if steps:
            return ngettext(
                "Outside the line of either of you, %(n)s step away in the organisation.",
                "Outside the line of either of you, %(n)s steps away in the organisation.",
                steps,
            ) % {"n": steps}
        return _("Same team, but neither leads the other.")
    return _("At a distance suits you both.")


def _same_path(values: list, names: Names, other: str) -> str:
    for value in values:
        if value.startswith("job:") and (job := names.jobs.get(int(value[4:]))):
            return format_html(_("Same path: {job}, {name} as well."), job=job.title, name=other)
    for value in values:
        if value.startswith("trade:") and (trade := names.trades.get(int(value[6:]))):
            return format_html(_("Same trade as {name}: {trade}."), trade=trade.name, name=other)
    return format_html(_("A path in common with {name}."), name=other)


def reasons(found: list, names: Names, *, seeker: str = "", mentor: str = "") -> list[tuple[str, str]]:
    """[(icon, sentence)] of what a proposal or a request keeps."""
    return [(ICONS[kind], sentence(kind, values, names, seeker=seeker, mentor=mentor)) for kind, values in found if kind in ICONS]


def for_mentor(request: Request, names: Names | None = None) -> list[tuple[str, str]]:
    return reasons(request.reasons, names or Names([request.reasons]), seeker=request.seeker.first_name)


def for_seeker(thing: Proposal | Request, names: Names | None = None) -> list[tuple[str, str]]:
    return reasons(thing.reasons, names or Names([thing.reasons]), mentor=thing.mentor.first_name)


def moment(when) -> str:
    """Thursday 3 December at 18:00, Paris time: the two may work under different clocks."""
    here = localtime(when)
    values = {"day": date_format(here, "l j F"), "hour": date_format(here, "TIME_FORMAT"), "zone": zone()}
    return _("%(day)s at %(hour)s, %(zone)s time") % values


def zone() -> str:
    """The city by whose clock sessions are planned."""
    return settings.TIME_ZONE.rpartition("/")[2].replace("_", " ")


def tongue_names(codes: list) -> str:
    return ", ".join(tongues.name_of(code) for code in codes)


def when_names(values: list) -> str:
    return ", ".join(str(When(value).label).lower() for value in values if value in When.values)
