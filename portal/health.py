"""Whether the parts the house leans on answer: database, broker, worker, beat, index, disk."""

from datetime import timedelta

from django.utils.translation import gettext as _

from portal import clock
from portal.models import TaskRun

SILENT_AFTER = timedelta(seconds=90)


def beat_seen() -> TaskRun | None:
    """The last heartbeat that went from beat through the broker to a worker."""
    return TaskRun.objects.filter(name="portal.beat").first()


def worker_is_silent() -> bool:
    """Whether no heartbeat came through for longer than SILENT_AFTER."""
    seen = beat_seen()
    return seen is None or clock.now() - seen.started_at > SILENT_AFTER


def away() -> str | None:
    """One sentence for people when background work stands still, else None."""
    if worker_is_silent():
        return _("Background work is standing still: mails and search updates wait, and nothing is lost.")
    return None
