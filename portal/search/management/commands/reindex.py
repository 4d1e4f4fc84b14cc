"""Builds the search index anew beside the live one, shows progress, swaps."""

import time

from django.core.management.base import BaseCommand, CommandError

from portal.search import backends, rebuild


class Command(BaseCommand):
    help = "Build the search index anew beside the live one, and swap."

    def add_arguments(self, parser):
        parser.add_argument("--quiet", action="store_true", help="say nothing but errors")

    def handle(self, *args, quiet, **options):
        began = time.monotonic()
        last = 0.0

        def progress(done, total):
            nonlocal last
            if not quiet and (time.monotonic() - last > 0.5 or done == total):
                last = time.monotonic()
                self.stdout.write(f"\r{done} of {total}", ending="")
                self.stdout.flush()

        try:
            count = rebuild.reindex(progress)
        except rebuild.Busy as busy:
            raise CommandError("Another build is under way.") from busy
        if not quiet:
            rows, size = backends.current().size()
            self.stdout.write(f"\n{count} rows ({rows} with the vocabulary, {size / 1e6:.1f} MB) in {time.monotonic() - began:.1f} s")
