"""Encrypts every secret kept here with the newest key: access codes, webhooks, keys of desks, authenticator apps."""

from django.core.management.base import BaseCommand

from portal.plans import vault


class Command(BaseCommand):
    help = "Encrypt access codes and the secrets of webhooks, desks and second factors with the first of FIELD_ENCRYPTION_KEYS; keep older keys until it ran."

    def handle(self, **options):
        rotated, gone = vault.rotate()
        self.stdout.write(f"{rotated} secrets rotated, {gone} whose key is lost.")
        for code in vault.lost():
            self.stdout.write(f"To issue again: access {code.access_id}")
