"""Brings people in from a CSV or XLSX file: shows what would happen, and does it when told so."""

import sys
import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from portal.people.importing import exporting, mapping, planning, sheets, writing

SHOWN = 20


class Command(BaseCommand):
    help = "Bring people in from FILE (CSV or XLSX). Without --yes nothing is written: it only says what would be."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--mapping", type=Path, metavar="M.toml", help="which column fills which field; without it, the columns that export_people writes")
        parser.add_argument("--yes", action="store_true", help="write it")

    def handle(self, *args, file, yes, **options):
        started = time.monotonic()
        try:
            chosen = mapping.from_toml(options["mapping"]) if options["mapping"] else None
            sheet = sheets.read(file.name, file.read_bytes())
            chosen = chosen or self._own(sheet)
            self.total = len(sheet.rows)
            plan = planning.make(sheet, chosen, self._progress("looked at"))
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from None
        except (mapping.Unusable, sheets.Unreadable) as error:
            raise CommandError(str(error)) from None
        self._show(plan)
        if not yes:
            self.stdout.write("Nothing was written. Run again with --yes to write it.")
            return
        writing.carry_out(plan, progress=self._progress("written"))
        self.stdout.write(f"Written in {time.monotonic() - started:.1f} s.")

    def _own(self, sheet):
        """The columns of our own files, as many as are there."""
        own = exporting.own_mapping()
        own.columns = {name: column for name, column in own.columns.items() if column.column in sheet.headings}
        return own if own.columns else mapping.proposed(sheet.headings)

    def _progress(self, verb):
        def say(done):
            if sys.stderr.isatty() or done == self.total or (done and done % 2000 == 0):
                self.stderr.write(f"{done} of {self.total} rows {verb}", ending="\r" if sys.stderr.isatty() else "\n")

        return say

    def _show(self, plan):
        counts = plan.counts()
        say = self.stdout.write
        if plan.never:
            say(f"Never taken, dropped: {', '.join(plan.never)}")
        if plan.unused:
            say(f"Not mapped, dropped: {', '.join(plan.unused)}")
        if plan.site_to_make:
            say(f"Site to be made: {plan.site_to_make}")
        for words, names in (("Teams", plan.teams_to_make), ("Skills", plan.skills_to_make)):
            if names:
                say(f"{words} to be made ({len(names)}): {', '.join(list(names.values())[:SHOWN])}{' …' if len(names) > SHOWN else ''}")
        for row in [row for row in plan.rows if row.kind == planning.CHANGE][:SHOWN]:
            changes = "; ".join(f"{planning.label(name)}: {before or 'empty'} → {after}" for name, before, after in row.changes)
            say(f"Row {row.line}, {row.number} {row.name}: {changes}")
        for row in plan.rows:
            for problem in row.problems:
                say(f"Row {row.line} left out: {problem}")
        say(f"{counts['create']} to create, {counts['change']} to change, {counts['same']} unchanged, {counts['refused']} left out.")
