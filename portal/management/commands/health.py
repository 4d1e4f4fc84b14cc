"""Says in a terminal how every part of the portal is; ends non-zero when one is not well."""

from django.core.management.base import BaseCommand

from portal import health


class Command(BaseCommand):
    help = "How the parts of the portal are: database, message server, worker, timekeeper, index, disk."
    requires_system_checks = []

    def handle(self, *args, **options):
        parts = health.parts()
        for part in parts:
            self.stdout.write(f"{'well' if part.ok else 'NOT WELL':9} {part.name}: {part.words}")
        if not all(part.ok for part in parts):
            raise SystemExit(1)
