"""A step as a line of a list: how it stands today, in words."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal import clock
from portal.dates import date_format
from portal.plans.models import Step

SOON = 2  # days


def tight(text: str) -> str:
    """A number and its word stay on one line."""
    return re.sub(r"(\d) (?=\w)", "\\1\u00a0", text)


def day_month(day: date) -> str:
    """Such as "21 December"."""
    return date_format(day, "j F")


def short_day(day: date) -> str:
    """Such as "Mon 30 Nov"."""
    return date_format(day, _("D j M"))


def from_today(day: date, today: date) -> str:
    """How far a first day is: today, tomorrow, in 7 days, 3 days ago."""
    left = (day - today).days
    if left == 0:
        return _("today")
    if left == 1:
        return _("tomorrow")
    if left > 0:
        return ngettext("in %(n)s day", "in %(n)s days", left) % {"n": left}
    return ngettext("%(n)s day ago", "%(n)s days ago", -left) % {"n": -left}


@dataclass(frozen=True)
class Line:
    """One step as a row: how it stands ("", ok, warn, bad) and when it is due, in words."""

    step: Step
    level: str
    due: str


def line(step: Step, today: date) -> Line:
    """How a step stands today."""
    day = short_day(step.due_on)
    if step.status == Step.Status.DONE:
        return Line(step, "ok", _("done, %(day)s") % {"day": short_day(clock.day(step.done_at, step.plan.site.timezone)) if step.done_at else day})
    if step.status != Step.Status.OPEN:
        return Line(step, "", str(step.get_status_display()))
    late = step.days_late(today)
    if late:
        return Line(step, "bad", ngettext("due %(day)s, %(n)s day late", "due %(day)s, %(n)s days late", late) % {"day": day, "n": late})
    if (step.due_on - today).days <= SOON:
        return Line(step, "warn", _("due %(day)s, %(left)s") % {"day": day, "left": from_today(step.due_on, today)})
    return Line(step, "", _("due %(day)s") % {"day": day})
