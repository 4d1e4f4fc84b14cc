"""The house's clock: every part asks it, so that the demo and the tests can live another day."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

_shift: Callable[[], timedelta] | None = None


def shift_by(source: Callable[[], timedelta]) -> None:
    """Let `source` say how far the house lives from the real hour; only the demo calls this."""
    global _shift
    _shift = source


def now() -> datetime:
    """The present moment, aware, in UTC."""
    moment = timezone.now()
    return moment + _shift() if _shift else moment


def machine_now() -> datetime:
    """The hour of the machine, whatever day the demo lives: for heartbeats alone."""
    return timezone.now()


def today(zone: str | None = None) -> date:
    """The present day in the time zone `zone` (IANA name), the organisation's own when not given."""
    return day(now(), zone)


def day(moment: datetime, zone: str | None = None) -> date:
    """The day it was at `moment` in the time zone `zone`, the organisation's own when not given."""
    return moment.astimezone(ZoneInfo(zone or settings.TIME_ZONE)).date()
