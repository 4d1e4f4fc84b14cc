"""Walks the audit log and says whether its chain and its seals hold."""

from django.core.management.base import BaseCommand, CommandError

from portal import audit
from portal.models import AuditEntry


class Command(BaseCommand):
    help = "Verify the chain of the audit log. Exit code 1 when a row was changed, removed or put in."

    def handle(self, **options):
        if fault := audit.verify():
            raise CommandError(f"The audit log does not hold: {fault}.")
        self.stdout.write(f"The audit log holds: {AuditEntry.objects.count()} rows, head {audit.head()}")
