"""What search does later: carry changes into the index, and see that there is one."""

from datetime import timedelta

from django.db import transaction

from portal import clock
from portal.search import backends, documents, outbox, rebuild
from portal.search.models import Calendar
from portal.tasks import scheduled


@scheduled("search.drain_outbox")
def drain_outbox():
    """Index what changed; how many changes."""
    return outbox.drain()


@scheduled("search.watch_index")
def watch_index():
    """Rebuild an index that is missing, damaged or of an older schema; index anew whom the calendar moved."""
    if not backends.current().check():
        try:
            return rebuild.reindex()
        except rebuild.Busy:
            return "a build is under way"
    return turn_days()


@scheduled("search.tidy_index")
def tidy_index():
    """Once a night: many small pieces become one."""
    return outbox.tidy() or "a drain or a build is at it"


def turn_days() -> int:
    """Once an hour, touch what changes because a day came: who arrived, who left. Somewhere it is already tomorrow."""
    now = clock.now()
    with transaction.atomic():
        known = Calendar.objects.select_for_update().first()
        if known is None:
            Calendar.objects.create(at=now)
            return 0
        if abs(now - known.at) < timedelta(hours=1):  # the demo may go back in time
            return 0
        touched = 0
        first, last = sorted((clock.day(now), clock.day(known.at)))
        for document in documents.every():
            keys = list(document.turning(first - timedelta(days=1), last + timedelta(days=1)))
            outbox.touch(document.kind, keys)
            touched += len(keys)
        known.at = now
        known.save()
    return touched
