"""The day the demo lives: so many days from today, in a small file that every process reads."""

import os
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from celery.schedules import crontab
from django.conf import settings

from portal import bell, clock

FARTHEST = timedelta(days=3 * 365)


def path() -> Path:
    return settings.DATA_DIR / "demo-day"


def shift() -> timedelta:
    """How far the demo lives from the real hour; asked at every look at the clock, so one `stat` and no more."""
    try:
        seen = os.stat(path())
    except FileNotFoundError:
        return timedelta()
    return _read(path(), seen.st_mtime_ns, seen.st_ino)


@lru_cache(maxsize=1)
def _read(file: Path, *version) -> timedelta:
    try:
        return timedelta(days=int(file.read_text()))
    except (OSError, ValueError):
        return timedelta()


def catch_up() -> None:
    """What runs at least once an hour runs now: days went by. What erases in time waits for its own night."""
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        if isinstance(entry["schedule"], crontab) and len(entry["schedule"].hour) == 24:
            bell.ring(entry["task"])


def live_on(day: date | None) -> None:
    """Let the demo live on `day`, at the present hour; None brings it back to the real day.

    Raises ValueError for a day more than FARTHEST away.
    """
    real = clock.day(clock.machine_now())
    distance = day - real if day else timedelta()
    if abs(distance) > FARTHEST:
        raise ValueError(f"{day} is too far away")
    if not distance:
        path().unlink(missing_ok=True)
        return
    fresh = path().with_suffix(".new")
    fresh.write_text(str(distance.days))
    fresh.replace(path())  # at once for every reader
