"""What the page of a panel shows: who is awaited before the opening, what the colleges found after it. Never a vote by name."""

from collections import Counter
from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from portal.models import TimelineEntry
from portal.panels import kinds, transitions
from portal.panels.models import Ballot, BallotLine, College, Member, Panel


def titled(panels: Iterable[Panel]) -> list[Panel]:
    """These panels with what their titles read: a few queries a kind of subject, however many panels."""
    found = list(panels)
    prefetch_related_objects(found, "subject")
    for key in {panel.kind for panel in found}:
        prefetch_related_objects([panel.subject for panel in found if panel.kind == key and panel.subject], *kinds.get(key).related)
    return found


def colleges(panel: Panel) -> list[dict]:
    """Each college with its members, who is in, and whether the quorum is reached. Three words are all it says of a ballot: in, sealed; awaited."""
    members = Member.objects.filter(panel=panel, stepped_aside_at=None).select_related("person", "ballot")
    rows = []
    for college in College:
        seats = [member for member in members if member.college == college]
        if not seats:
            continue
        present = sum(hasattr(member, "ballot") for member in seats)
        needed = panel.quorum.get(college.value, 0)
        rows.append({"label": college.label, "members": [(member.person, hasattr(member, "ballot"), _seat_words(member)) for member in seats],
                     "present": present, "needed": needed, "reached": present >= needed})  # fmt: skip
    return rows


def _seat_words(member: Member) -> str:
    """How somebody came to sit."""
    if member.college != College.TEAM:
        return _("By duty")
    return _("Volunteer") if member.volunteer else _("Drawn")


def matrix(panel: Panel, user) -> dict:
    """After the opening: each criterion by college, verdicts counted, and the reasons given there, without names, in what language."""
    heads = [(college.value, college.label) for college in College if panel.quorum.get(college.value)]
    lines = list(BallotLine.objects.visible_to(user).filter(criterion__panel=panel).select_related("ballot__member__person").order_by("because"))
    verdicts = dict(BallotLine.Verdict.choices)
    rows = []
    for criterion in panel.criteria.all():
        mine = [line for line in lines if line.criterion_id == criterion.pk]
        cells = []
        for college, label in heads:
            here = [line for line in mine if line.ballot.member.college == college]
            tally = Counter(line.verdict for line in here)
            cells.append({"label": label, "verdicts": [(verdicts[v], tally[v]) for v in verdicts if tally[v]], "alone": len(here) == 1,
                          "reasons": [(line.because, line.ballot.member.person.language) for line in here]})  # fmt: skip
        rows.append({"criterion": criterion, "cells": cells})
    return {"heads": [label for _, label in heads], "rows": rows}


def objections(panel: Panel, user) -> list:
    """The objections of an open panel, by criterion, without names, each with its language."""
    found = Ballot.objects.visible_to(user).filter(member__panel=panel).exclude(objection=None).order_by("objection_reason")
    found = found.select_related("objection", "member__person")
    return [(ballot.objection, ballot.objection_reason, ballot.member.person.language) for ballot in found]


def note_language(panel: Panel) -> str:
    """The language of whoever wrote the meeting down, as its history knows them; "" when they are gone."""
    about = {"content_type": ContentType.objects.get_for_model(Panel), "object_id": panel.pk}
    written = TimelineEntry.objects.filter(before=Panel.Status.MEETING, after=Panel.Status.OPENED, **about).select_related("by__person").first()
    return written.by.person.language if written and written.by else ""


def why_meeting(panel: Panel) -> list[str]:
    """In words, what kept the ballots from deciding."""
    found = transitions.counted(panel)
    labels = dict(College.choices)
    missing = _("%(college)s: no reasons were signed in time.") if panel.is_signed else _("%(college)s: fewer ballots than the quorum asks.")
    said = [missing % {"college": labels[college]} for college in found.without_quorum]
    said += [_("%(college)s: as many for as against.") % {"college": labels[college]} for college in found.tied]
    if found.objections and panel.rule == Panel.Rule.CONSENT:
        said.append(_("Somebody objects on a criterion."))
    return said


def sealed_words(panel: Panel) -> str:
    """What is said to whoever has just sealed a ballot or signed reasons; the last one has opened them."""
    if not panel.is_blind:
        return _("Your reasons are signed. Both are in, and open.") if panel.is_signed else _("Your ballot is in. It was the last one: the panel is open.")
    if panel.is_signed:
        return _("Your reasons are signed. You can change them until both are in.")
    return _("Your ballot is sealed. You can change it until the panel opens.")


def steps(panel: Panel) -> list[dict]:
    """The thread of a panel: convened, blind ballots, opened, the person hears."""
    order = [Panel.Status.VOTING, Panel.Status.MEETING, Panel.Status.OPENED, Panel.Status.DECIDED]
    place = order.index(panel.status) if panel.status in order else 0

    def day(moment):
        return panel.hour(moment) if moment else ""

    return [
        {"title": _("Convened") if panel.is_signed else _("Panel convened, rule frozen"), "when": day(panel.convened_at), "state": "done"},
        {
            "title": _("Two signed reasons") if panel.is_signed else _("Ballots, blind"),
            "when": _("until %(day)s") % {"day": day(panel.deadline)},
            "state": "now" if place == 0 else "done",
        },
        {
            "title": _("Opened to both") if panel.is_signed else _("Opened to the panel"),
            "when": day(panel.unsealed_at) or _("at once for everyone"),
            "state": "" if place == 0 else "done" if place > 2 else "now",
        },
        {"title": _("%(name)s hears") % {"name": panel.about.first_name}, "when": day(panel.decided_at), "state": "done" if place == 3 else ""},
    ]
