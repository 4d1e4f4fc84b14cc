"""Brings skills in: our own first list, or an ESCO file; shows what would happen, and does it when told so."""

import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from portal.people.importing import skills


class Command(BaseCommand):
    help = "Bring skills in from FILE (ESCO's CSV with labels in English and French); without FILE, our own first list of 160."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, nargs="?", default=skills.OWN_LIST)
        parser.add_argument("--yes", action="store_true", help="write it; without it nothing is written")

    def handle(self, *args, file, yes, **options):
        started = time.monotonic()
        try:
            outcome = skills.import_file(file, write=yes)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from None
        except skills.Unreadable as error:
            raise CommandError(str(error)) from None
        for line, problem in outcome.problems:
            self.stdout.write(f"Row {line} left out: {problem}")
        self.stdout.write(
            f"{outcome.created} {'created' if yes else 'to create'}, {outcome.changed} {'changed' if yes else 'to change'}, "
            f"{outcome.unchanged} unchanged, {len(outcome.problems)} left out; {outcome.without_french} without a French label."
        )
        self.stdout.write(f"Written in {time.monotonic() - started:.1f} s." if yes else "Nothing was written. Run again with --yes to write it.")
