"""Writes everybody who works or worked here, in the columns that import_people reads."""

from pathlib import Path

from django.core.management.base import BaseCommand

from portal import audit
from portal.people.importing import exporting, sheets


class Command(BaseCommand):
    help = "Write people to FILE (.csv or .xlsx), in the columns that import_people reads. It holds personal data: keep it as such."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *args, file, **options):
        rows = list(exporting.rows())
        file.write_bytes(sheets.written(file.name, exporting.headings(), rows))
        audit.record("people.exported", on="people.person", rows=len(rows))
        self.stdout.write(f"{len(rows)} people written to {file}.")
