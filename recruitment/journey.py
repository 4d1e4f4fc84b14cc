"""What the candidate's page says: step x of y, since when, what comes next, who acts, by when; late said first."""

from dataclasses import dataclass, field

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal import clock
from portal.dates import date_format
from portal.models import TimelineEntry
from portal.panels.models import Panel
from recruitment import panel, processes
from recruitment.models import Application, Letter, Offer

Status = Application.Status


@dataclass
class Journey:
    """All the page shows about where the application stands; `open` while something may still happen."""

    step: int
    total: int
    steps: list[dict]
    actor: object
    answer_by: object
    days_late: int = 0
    open: bool = True
    outcome: str = ""
    refusal: object = None
    offer: Offer | None = None
    seen: list = field(default_factory=list)
    panel: Panel | None = None  # the one that sits
    found: list = field(default_factory=list)  # the panel's summary, a line for each criterion


def day(value) -> str:
    """Thursday 26 November, as the reader's language says it."""
    return date_format(value, _("l j F"))


def known_status(application: Application) -> str:
    """The status the candidate may know: an answer no is theirs when its letter has left, not before."""
    if application.status == Status.REFUSED:
        letter = Letter.objects.filter(application=application, kind=Letter.Kind.REFUSED, cancelled_at=None).first()
        if letter and not letter.has_left:
            return Status.ACTIVE
    return application.status


def of(application: Application) -> Journey:
    """The journey of an application (opening, site, stage and process selected or fetched here)."""
    status = known_status(application)
    process = application.stage.process
    stages = list(process.stages.all())
    step = next(number for number, stage in enumerate(stages, start=1) if stage.pk == application.stage_id)
    actor = processes.acts(application.stage, process, application.opening)
    late = max(0, (application.today - application.due_on).days) if status == Status.ACTIVE else 0
    journey = Journey(step, len(stages), [], actor, application.answer_by, late)
    journey.open = status in Application.LIVE
    journey.steps = _steps(application, stages, step, journey, status)
    journey.seen = list(application.seen.filter(shown_from__lte=clock.now()))
    if status in (Status.OFFERED, Status.ACCEPTED, Status.HIRED, Status.DECLINED):
        journey.offer = application.offers.exclude(status=Offer.Status.TAKEN_BACK).first()
    if application.status == Status.ACTIVE:
        journey.panel = panel.sitting(application)
    if status != Status.ACTIVE:
        journey.found = panel.found(application)
    if status == Status.REFUSED:
        journey.refusal = application.refusals.filter(taken_back_at=None).first()
    journey.outcome = _outcome(status)
    return journey


def _outcome(status: str) -> str:
    return {
        Status.OFFERED: _("We have made you an offer."),
        Status.ACCEPTED: _("You accepted our offer. We are preparing your arrival."),
        Status.HIRED: _("You are joining us."),
        Status.REFUSED: _("We will not go further this time. Here is why."),
        Status.DECLINED: _("You declined our offer. Thank you for your time."),
        Status.WITHDRAWN: _("You withdrew your application. It is closed."),
    }.get(status, "")


def _steps(application, stages, step, journey, status) -> list[dict]:
    """The thread: what is done with its day, what is on with its date, what comes with the dates that follow from it."""
    zone = application.opening.site.timezone
    left = {int(entry.before): clock.day(entry.at, zone) for entry in _moves(application)}
    rows, planned, moved = [], application.due_on, application.answer_by
    for number, stage in enumerate(stages, start=1):
        row = {"title": str(stage.step), "when": str(stage.words), "text": "", "state": "", "late": ""}
        if number == 1:
            row["when"] = capfirst(day(clock.day(application.submitted_at, zone)))
            row["text"] = _("We answered at once, reference %(reference)s.") % {"reference": application.reference}
        elif number < step or not journey.open:
            row["when"] = capfirst(day(left[stage.pk])) if stage.pk in left else str(stage.words)
        if number < step or (number == step and not journey.open) or status in (Status.OFFERED, Status.ACCEPTED, Status.HIRED):
            row["state"] = "done"
        elif number == step:
            now = _now(application, journey)
            row |= now | {"text": " ".join(filter(None, [row["text"], now["text"]]))}
        elif journey.open:
            planned, moved = (processes.answer_day(start, stage.days, application.opening.site) for start in (planned, moved))
            row["text"] = (
                _("Was planned by %(before)s; now by %(after)s.") % {"before": day(planned), "after": day(moved)}
                if application.promised_on and moved != planned
                else _("By %(day)s.") % {"day": day(planned)}
            )
        if journey.open or row["state"] == "done":
            rows.append(row)
    return rows


def _now(application, journey) -> dict:
    """The step that is on."""
    due = day(application.due_on)
    if journey.days_late:
        late = ngettext("%(n)s day late", "%(n)s days late", journey.days_late) % {"n": journey.days_late}
        words = (
            _("Our answer was due on %(due)s, now on %(new)s.") % {"due": due, "new": day(application.promised_on)}
            if application.promised_on
            else _("Our answer was due on %(due)s.") % {"due": due}
        )
        return {"state": "now", "late": late, "text": words}
    return {
        "state": "now",
        "text": _("Since %(since)s. Our answer by %(due)s.")
        % {"since": day(clock.day(application.stage_since, application.opening.site.timezone)), "due": day(application.answer_by)},
    }


def _moves(application):
    found = TimelineEntry.objects.filter(content_type__app_label="recruitment", content_type__model="application", object_id=application.pk)
    return found.filter(verb="advanced").order_by("at")
