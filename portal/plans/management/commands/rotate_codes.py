"""Encrypts every access code with the newest key."""

from django.core.management.base import BaseCommand

from portal.plans import vault


class Command(BaseCommand):
    help = "Encrypt every access code with the first key of FIELD_ENCRYPTION_KEYS; keep the older keys listed until this ran."

    def handle(self, **options):
        rotated, gone = vault.rotate()
        self.stdout.write(f"{rotated} codes rotated, {gone} whose key is lost.")
        for code in vault.lost():
            self.stdout.write(f"To issue again: access {code.access_id}")
