"""Builds the index beside the live one, then swaps; what changed meanwhile waits in the outbox."""

import gc
from collections.abc import Callable, Iterator

from django.db import transaction

from portal import clock
from portal.search import backends, documents, outbox, rows
from portal.search.models import Build, Calendar, Change

CHUNK = 500


class Busy(Exception):
    """Another build is at it."""


def reindex(progress: Callable[[int, int], None] | None = None) -> int:
    """Build everything anew and swap; how many rows. Readers keep the old index until the new one is whole."""
    backend = backends.current()
    with backend.exclusive("build") as mine:
        if not mine:
            raise Busy
        total = sum(document.queryset().count() for document in documents.every())
        Build.objects.all().delete()
        build = Build.objects.create(total=total)
        try:
            gc.disable()  # millions of small things that all stay: looking for garbage among them costs a third
            count = backend.build(_everything(build, progress), _swapping(backend, build))
        finally:
            gc.enable()
            Build.objects.all().delete()
    Calendar.objects.all().delete()
    Calendar.objects.create(at=clock.now())
    outbox.drain()
    return count


def _swapping(backend, build: Build):
    """What is done around the swap itself: no drain writes meanwhile, and what it wrote during the build comes again."""

    def swap(put_live: Callable[[], None]) -> None:
        with backend.exclusive("writer", wait=True):
            put_live()
            with transaction.atomic():
                build.delete()
                Change.objects.filter(copied=True).update(copied=False)

    return swap


def _everything(build: Build, progress) -> Iterator[rows.Row]:
    for document in documents.every():
        keys = list(document.model._default_manager.order_by("pk").values_list("pk", flat=True))
        for at in range(0, len(keys), CHUNK):
            chunk = keys[at : at + CHUNK]
            for thing in document.queryset().filter(pk__in=chunk):
                yield from rows.of(document, thing)
            gc.collect(1)  # people and their seats know each other: only this frees them, and only they are looked at
            build.done += len(chunk)
            build.seen_at = clock.machine_now()
            Build.objects.filter(pk=build.pk).update(done=build.done, seen_at=build.seen_at)
            if progress:
                progress(build.done, build.total)
