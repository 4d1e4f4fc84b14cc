"""What a profile shows to one reader: lines, skills, path, hierarchy, and on the own page one nudge at a time."""

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal import clock
from portal.dates import date_format
from portal.languages import at_place
from portal.people import cards, path, tongues
from portal.people.models import Assignment, Person, PersonSkill, Skill
from portal.people.models.employment import current
from portal.people.skills import is_fading, with_confirmations
from portal.people.visibility import Reader, level_of_skill, phase_of, readable, readable_skill, readable_skills

MOST_CONFIRMATIONS = 6
DRAWN_REPORTS = 4
CONFIRM_EVERY = timedelta(days=365)
ASK_AGAIN_AFTER = timedelta(days=180)


@dataclass
class Profile:
    """One person as one reader may see them."""

    person: Person
    reader: Reader
    own: bool = False
    shown: frozenset = field(default_factory=frozenset)

    def __post_init__(self):
        self.shown = readable(self.person, self.reader)
        cards.dress(self.person, self.reader)

    @cached_property
    def path(self) -> path.Path:
        return path.of(self.person)

    @cached_property
    def seat(self):
        return self.path.main if "title" in self.shown else None

    @property
    def knot(self) -> str:
        return cards.KNOTS.get(phase_of(self.person, self.reader), "colleague")

    @property
    def phase(self) -> str:
        return cards.phase_words(self.path, phase_of(self.person, self.reader)) if "title" in self.shown else ""

    @property
    def questions(self) -> list[str]:
        """The lines of "ask me about"."""
        return [line.strip() for line in self.person.ask_me_about.splitlines() if line.strip()] if "ask_me_about" in self.shown else []

    @property
    def tongues(self) -> list[str]:
        return [tongues.name_of(code) for code in self.person.spoken_languages] if "spoken_languages" in self.shown else []

    @property
    def helps(self) -> list[str]:
        """What they accept, in sentences."""
        said = []
        if "can_help" in self.shown and self.person.can_help:
            said.append(_("Accepts questions."))
        if "can_mentor" in self.shown and self.person.can_mentor:
            said.append(_("Accepts to mentor."))
        return said

    @cached_property
    def holdings(self) -> list[PersonSkill]:
        rows = with_confirmations(self.person.holdings.all())
        return [holding for holding in rows if readable_skill(holding, self.person, self.reader)]

    @property
    def skills(self) -> list[dict]:
        return [self._skill(holding) for holding in self.holdings]

    def _skill(self, holding: PersonSkill) -> dict:
        notes = []
        if holding.interest:
            notes.append(holding.get_interest_display() + ".")
        if holding.accepts_help:
            notes.append(_("Accepts to help."))
        if holding.confirmed_on and not is_fading(holding):
            notes.append(_("Confirmed in %(month)s.") % {"month": date_format(holding.confirmed_on, "F Y")})
        return {
            "holding": holding,
            "skill": holding.tag,
            "words": f"{holding.level}, {holding.get_level_display().lower()}",
            "notes": notes,
            "fading": _("Last confirmed in %(month)s: fading.") % {"month": date_format(holding.confirmed_on, "F Y")} if is_fading(holding) else "",
            "confirmations": list(holding.confirmations.all())[:MOST_CONFIRMATIONS],
            "narrow": holding.visibility if holding.visibility and self.own else "",
            "level": level_of_skill(holding, self.person),
        }

    @property
    def steps(self) -> list[dict]:
        """The path inside, oldest first, as components/thread.html wants it."""
        known = "title" in self.shown
        seats = [*self.path.held] if known else []
        if "path" in self.shown:
            seats += [*self.path.past, *self.path.coming] if known else self.path.past
        return [self._step(seat) for seat in sorted(seats, key=lambda seat: seat.started_on)]

    def _step(self, seat) -> dict:
        state = "now" if seat in self.path.held else "done" if seat in self.path.past else ""
        place = {"year": seat.started_on.year, "month": date_format(seat.started_on, "F Y"), "place": at_place(seat.team.name, seat.site.name)}
        if state == "done":
            when = _("%(year)s, %(place)s") % place
        elif state == "now":
            when = _("Since %(month)s, %(place)s") % place
        else:
            when = _("From %(month)s, %(place)s") % place
        return {"title": seat.title, "when": when, "state": state}

    @cached_property
    def stands_in(self) -> Person | None:
        """Who to ask in their absence; after they left, the manager when they named nobody."""
        if "absence_contact" in self.shown and self.person.absence_contact:
            return self.person.absence_contact
        return self.path.main.manager if self.path.phase == path.LEFT and self.path.main else None

    @property
    def has_contact(self) -> bool:
        """Whether the reader may know one way to reach or place them at least."""
        lines = [self.shown & {field} and getattr(self.person, field) for field in ("work_email", "phone", "working_pattern", "links")]
        return self.own or any([self.seat, self.tongues, self.stands_in, *lines])

    @cached_property
    def hierarchy(self) -> dict | None:
        """Who decides for them and for whom they decide; None when nobody does."""
        if "manager" not in self.shown or not self.path.held:
            return None
        above = self.path.held[0].manager
        below = list(
            Person.objects.filter(pk__in=self.person.reports.filter(current()).values("employee__person")).order_by("family_name", "given_name")[
                : DRAWN_REPORTS + 200
            ]
        )
        if above is None and not below:
            return None
        rest = len(below) - (DRAWN_REPORTS - 1) if len(below) > DRAWN_REPORTS else 0
        return {"above": above, "below": below, "rest": rest, "url": f"{reverse('people:team_list')}?person={self.person.slug}"}

    # --- the own page ------------------------------------------------------------------------------------
    @property
    def to_confirm(self) -> bool:
        """Once a year: is it still right?"""
        last = self.person.confirmed_at
        return last is None or last < clock.today() - CONFIRM_EVERY

    @cached_property
    def nudge(self) -> dict | None:
        """The next thing that would help others, with its reason; never a photo, one at a time."""
        return next((nudge for nudge in self._nudges() if not self._declined(nudge["name"])), None)

    def _wanted(self) -> tuple[Skill, int] | None:
        """A skill my job needs that I do not list, and how many who hold the same job list it: the rarest one."""
        jobs = {seat.job_id for seat in self.path.held if seat.job_id}
        mine = {holding.tag_id for holding in self.holdings}
        if not jobs:
            return None
        mates = Assignment.objects.filter(current(), job__in=jobs).order_by().values("employee__person")
        listed = PersonSkill.objects.filter(readable_skills(self.reader), tag=OuterRef("pk"), content_object__in=mates).order_by().values("tag")
        missing = Skill.objects.filter(merged_into=None, job_skills__job__in=jobs, job_skills__learnt=False).exclude(pk__in=mine)
        others = Coalesce(Subquery(listed.annotate(n=Count("pk")).values("n")), 0)
        skill = missing.annotate(others=others).order_by("others", "name").first()
        return (skill, skill.others) if skill else None

    def _declined(self, name: str) -> bool:
        day = self.person.declined.get(name, "")
        return day > (clock.today() - ASK_AGAIN_AFTER).isoformat()

    def _nudges(self):
        count = len(self.holdings)
        edit = reverse("people:person_edit", args=[self.person.slug, "ask"])
        add = reverse("people:holding_create", args=[self.person.slug])
        if count < 3:
            reason = ngettext(
                "You list %(n)s skill. With three, colleagues who look for help find you.",
                "You list %(n)s skills. With three, colleagues who look for help find you.",
                count,
            ) % {"n": count}
            yield {"name": "skills", "reason": reason, "yes": _("Add a skill"), "url": add}
        fading = next((holding for holding in self.holdings if is_fading(holding)), None)
        if fading:
            reason = _("You last confirmed %(skill)s in %(month)s: it is fading.") % {
                "skill": fading.tag.label,
                "month": date_format(fading.confirmed_on, "F Y"),
            }
            yield {
                "name": f"skill-{fading.pk}",
                "reason": reason,
                "yes": _("See if it is still right"),
                "url": reverse("people:holding_edit", args=[fading.pk]),
            }
        if not self.person.ask_me_about.strip():
            yield {
                "name": "ask",
                "reason": _("Newcomers look for somebody to ask. One line says what you like to be asked about."),
                "yes": _("Write one line"),
                "url": edit,
            }
        if not any(holding.interest for holding in self.holdings):
            yield {
                "name": "wish",
                "reason": _("No wish is on your page. Name one skill you want to learn, and whoever teaches it can find you."),
                "yes": _("Add a wish"),
                "url": add,
            }
        if wanted := self._wanted():
            skill, others = wanted
            reason = ngettext(
                "Your job needs %(skill)s, and %(n)s colleague in it lists it. If you have it, whoever looks for help finds you too.",
                "Your job needs %(skill)s, and %(n)s colleagues in it list it. If you have it, whoever looks for help finds you too.",
                others,
            ) % {"skill": skill.label, "n": others}
            yield {"name": f"job-skill-{skill.pk}", "reason": reason, "yes": _("Add it"), "url": f"{add}?{urlencode({'skill': skill.label})}"}


def of(person: Person, reader: Reader, own: bool = False) -> Profile:
    """`person` as `reader` may see them."""
    return Profile(person, reader, own)


def value_of(person: Person, line: str, reader: Reader) -> str:
    """What the page says on `line` today, for a report; empty when this reader may not read it."""
    if line not in readable(person, reader):
        return ""
    seat = path.of(person).main
    seated = {"title": "title", "team": "team", "site": "site", "manager": "manager"}
    if line in seated:
        return str(getattr(seat, seated[line]) or "") if seat else ""
    return person.display_name if line == "name" else str(getattr(person, line) or "")
