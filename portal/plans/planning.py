"""From templates and a first day to dated steps: pure thinking, in working days with the country's public holidays."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

# Countries whose public holidays differ by part; England's are taken where the site does not say.
DEFAULT_PART = {"GB": "ENG"}


class Anchor(TextChoices):
    FIRST_DAY = "first_day", _("First day")
    TRIAL_END = "trial_end", _("End of trial period")


class Span(TextChoices):
    DAYS = "days", _("Working days")
    WEEKS = "weeks", _("Weeks")
    MONTHS = "months", _("Months")


@dataclass(frozen=True)
class Moment:
    """When a step is due: `offset` spans before (negative) or after its anchor."""

    anchor: str
    offset: int
    span: str


@lru_cache(maxsize=64)
def _holidays(country: str, part: str | None) -> holidays.HolidayBase:
    """The public holidays of `country` (two letters) and its `part`; none for a country nobody listed."""
    try:
        return holidays.country_holidays(country, subdiv=part)
    except NotImplementedError:
        return holidays.HolidayBase()


@dataclass(frozen=True)
class WorkingDays:
    """The working week of a country: Monday to Friday without its public holidays."""

    country: str
    part: str | None = None

    def works(self, day: date) -> bool:
        return day.weekday() < 5 and day not in _holidays(self.country, self.part or DEFAULT_PART.get(self.country))

    def shift(self, day: date, count: int) -> date:
        """The working day `count` working days after `day` (before it when negative); `day` itself for 0."""
        step = timedelta(days=1 if count > 0 else -1)
        for _each in range(abs(count)):
            day += step
            while not self.works(day):
                day += step
        return day

    def onward(self, day: date) -> date:
        """`day` if people work on it, else the next day they do."""
        while not self.works(day):
            day += timedelta(days=1)
        return day

    def between(self, start: date, end: date) -> int:
        """How many working days lie after `start` up to and including `end`; negative when `end` comes first."""
        if end < start:
            return -self.between(end, start)
        return sum(self.works(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


def add_months(day: date, count: int) -> date:
    """The same day of the month `count` months on, or that month's last day."""
    month = day.month - 1 + count
    year, month = day.year + month // 12, month % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(day.day, last))


def due_on(moment: Moment, first_day: date, trial_ends_on: date | None, days: WorkingDays) -> date:
    """The day a step is due. A plan without a trial period counts from three months after the first day."""
    anchor = first_day if moment.anchor == Anchor.FIRST_DAY else (trial_ends_on or add_months(first_day, 3))
    if moment.offset == 0:
        return anchor
    if moment.span == Span.DAYS:
        return days.shift(anchor, moment.offset)
    if moment.span == Span.WEEKS:
        return days.onward(anchor + timedelta(weeks=moment.offset))
    return days.onward(add_months(anchor, moment.offset))


@dataclass(frozen=True)
class Traits:
    """What decides which templates a plan is copied from."""

    kind: str
    site: int | None = None
    trade: int | None = None
    contract: str = ""
    remote: bool = False
    manages: bool = False


def fits(template, traits: Traits) -> bool:
    """Whether `template` speaks of such a person: every condition it sets is met."""
    return (
        template.kind == traits.kind
        and template.site_id in (None, traits.site)
        and template.trade_id in (None, traits.trade)
        and template.contract in ("", traits.contract)
        and template.remote in (None, traits.remote)
        and template.manages in (None, traits.manages)
    )


def conditions(template) -> int:
    """How particular a template is: the base sets no condition."""
    return sum(
        [template.site_id is not None, template.trade_id is not None, template.contract != "", template.remote is not None, template.manages is not None]
    )


def combine(templates: Iterable, traits: Traits) -> list:
    """The template steps of a plan: the base and every addition that fits; of two with one key the more particular wins."""
    chosen = {}
    for template in sorted((each for each in templates if fits(each, traits)), key=lambda each: (conditions(each), each.pk)):
        for step in template.steps.all():
            chosen[step.key] = step
    return list(chosen.values())
