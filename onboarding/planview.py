"""A plan as it is read: the sentence, the moments, what is shown of it."""

from dataclasses import dataclass, field
from datetime import date, time, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from onboarding import words
from onboarding.models import Arrival
from portal.models import TimelineEntry
from portal.people import standing
from portal.plans.lines import Line, line
from portal.plans.models import Plan, Step
from portal.plans.planning import add_months


@dataclass
class Period:
    """A stretch of the plan: before, day one, week one, month one, the rest."""

    key: str
    title: str
    start: date | None
    end: date | None
    lines: list[Line] = field(default_factory=list)

    def holds(self, day: date) -> bool:
        return (self.start is None or day >= self.start) and (self.end is None or day <= self.end)


def periods(plan: Plan) -> list[Period]:
    """The stretches of a plan, which follow each other without a gap."""
    first = plan.first_day
    month = add_months(first, 1)
    trial = plan.trial_ends_on or add_months(first, 3)
    return [
        Period("before", _("Before the first day"), None, first - timedelta(days=1)),
        Period("day-one", _("Day one"), first, first),
        Period("week-one", _("Week one"), first + timedelta(days=1), first + timedelta(days=7)),
        Period("month-one", _("Month one"), first + timedelta(days=8), month),
        Period("trial", _("Until the end of trial, %(day)s") % {"day": words.day_month(trial)}, month + timedelta(days=1), None),
    ]


def moments(plan: Plan, steps: list[Step]) -> list[Period]:
    """The steps in their stretches, by day."""
    today, stretches = plan.today(), periods(plan)
    for step in sorted(steps, key=lambda step: (step.due_on, step.at or time.max, step.pk)):
        next(period for period in stretches if period.holds(step.due_on)).lines.append(line(step, today))
    return [period for period in stretches if period.lines]


def thread(plan: Plan, steps: list[Step]) -> list[dict]:
    """The stretches lying down, each with how much of it is done."""
    today, found = plan.today(), []
    for period in periods(plan):
        mine = [step for step in steps if period.holds(step.due_on) and step.status not in (Step.Status.SKIPPED, Step.Status.CANCELLED)]
        done = sum(step.status == Step.Status.DONE for step in mine)
        state = "now" if period.holds(today) else "done" if period.end and period.end < today else ""
        label = _("%(title)s, %(done)s of %(total)s") % {"title": period.title, "done": done, "total": len(mine)}
        found.append({"label": label, "url": f"#{period.key}", "state": state})
    return found


def shown(steps: list[Step], show: str, user) -> list[Step]:
    """All steps, mine, or those past their day."""
    if show == "mine":
        me = standing.of(user).person
        return [step for step in steps if step.owner_id == (me.pk if me else None)]
    if show == "late":
        return [step for step in steps if step.days_late(step.plan.today())]
    return steps


def sentence(arrival: Arrival, steps: list[Step]) -> SafeString:
    """Samir starts in 7 days. One thing is late."""
    plan = arrival.plan
    today, name = plan.today(), plan.person.display_name
    if plan.status == Plan.Status.CANCELLED:
        return format_html("{}", _("The arrival of %(name)s is cancelled.") % {"name": name})
    left = (plan.first_day - today).days
    if left > 0:
        opening = ngettext("%(name)s starts in %(n)s day.", "%(name)s starts in %(n)s days.", left) % {"name": name, "n": left}
    elif left == 0:
        opening = _("%(name)s starts today.") % {"name": name}
    else:
        opening = _("%(name)s started on %(day)s.") % {"name": name, "day": words.day_month(plan.first_day)}
    late = sum(step.days_late(today) > 0 for step in steps)
    if not late:
        return format_html('{} <span class="soft">{}</span>', opening, _("Nothing is late."))
    return format_html("{} <em>{}</em>", opening, ngettext("%(count)s thing is late.", "%(count)s things are late.", late) % {"count": words.number(late)})


HISTORY = {
    "opened": gettext_lazy("The plan was opened"),
    "postponed": gettext_lazy("The first day moved"),
    "buddy_named": gettext_lazy("A buddy was named"),
    "desk_named": gettext_lazy("The desk was named"),
    "brought_up_to_date": gettext_lazy("Brought up to date with its template"),
    "link_sent": gettext_lazy("A new private link was sent"),
}
MOVED = {
    Plan.Status.CANCELLED: gettext_lazy("Cancelled"),
    Plan.Status.DONE: gettext_lazy("Finished"),
    Plan.Status.RUNNING: gettext_lazy("Opened again"),
}


def history(arrival: Arrival) -> list[dict]:
    """What happened to the plan itself and to its private link, newest first; each step keeps its own."""
    of_plan = Q(content_type=ContentType.objects.get_for_model(Plan), object_id=arrival.plan_id)
    of_arrival = Q(content_type=ContentType.objects.get_for_model(Arrival), object_id=arrival.pk)
    rows = []
    for entry in TimelineEntry.objects.filter(of_plan | of_arrival).select_related("by__person")[:30]:
        text = MOVED.get(entry.after) if entry.verb == "moved" else HISTORY.get(entry.verb)
        if text:
            rows.append({"text": text, "at": entry.at, "by": getattr(entry.by, "person", None), "days": _days(entry) if entry.verb == "postponed" else ""})
    return rows


def _days(entry: TimelineEntry) -> str:
    before, after = (words.day_month(date.fromisoformat(day)) for day in (entry.before, entry.after))
    return _("%(before)s, now %(after)s") % {"before": before, "after": after}
