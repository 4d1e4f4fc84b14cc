"""The outbox: a change writes a row in its own transaction, one drain at a time carries the rows into the index."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

from django.db import connection, transaction

from portal import bell, clock
from portal.search import documents, rows
from portal.search.models import Build, Change

BATCH = 300
BUILD_DEAD_AFTER = timedelta(seconds=60)
TASK = "search.drain_outbox"


def touch(kind: str, keys: Iterable) -> None:
    """Note that these things of `kind` are to be indexed anew; call it after bulk_create and update()."""
    changes = [Change(kind=kind, key=str(key)) for key in keys if key is not None]
    if not changes:
        return
    Change.objects.bulk_create(changes, batch_size=1000)
    waiting = [entry[1] for entry in connection.run_on_commit]
    if _ring not in waiting:  # one ring a transaction is enough
        transaction.on_commit(_ring, robust=True)


def _ring() -> None:
    bell.ring(TASK)


def drain(limit: int | None = None) -> int:
    """Carry waiting changes into the live index; how many. Nothing is taken from the outbox before the index holds it."""
    from portal.search import backends

    backend = backends.current()
    drained = 0
    with backend.exclusive("writer") as mine:
        if not mine or not backend.is_ready():  # another drain is at it, or a rebuild must come first
            return 0
        while limit is None or drained < limit:
            done = _drain_batch(backend)
            drained += done
            if done < BATCH:
                break
    return drained


def _drain_batch(backend) -> int:
    building = build_under_way() is not None
    if not building:
        Change.objects.filter(copied=True).update(copied=False)
    batch = list(Change.objects.filter(copied=False).order_by("pk")[:BATCH])
    if not batch:
        return 0
    by_kind = defaultdict(dict)
    for change in batch:
        by_kind[change.kind][change.key] = None
    gone, fresh = [], []
    for kind, keys in by_kind.items():
        gone.extend((kind, key) for key in keys)
        fresh.extend(fresh_rows(kind, list(keys)))
    backend.replace(gone, fresh)
    settled = Change.objects.filter(pk__in=[change.pk for change in batch])
    if building:
        settled.update(copied=True)
    else:
        settled.delete()
    return len(batch)


def tidy() -> bool:
    """Merge what the drains wrote, between two of them; whether it was done."""
    from portal.search import backends

    backend = backends.current()
    with backend.exclusive("writer") as mine:
        if mine and backend.is_ready() and build_under_way() is None:
            backend.tidy()
            return True
    return False


def fresh_rows(kind: str, keys: list) -> list[rows.Row]:
    """The rows of these things as the database knows them now; none for those that are gone."""
    try:
        document = documents.get(kind)
    except KeyError:  # the app that declared this kind is no longer installed
        return []
    return [row for thing in document.queryset().filter(pk__in=keys) for row in rows.of(document, thing)]


def build_under_way() -> Build | None:
    """The build that lives, if one does."""
    return Build.objects.filter(seen_at__gt=clock.machine_now() - BUILD_DEAD_AFTER).first()
