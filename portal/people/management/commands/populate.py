"""Fills an empty database with very many invented people, for measuring."""

import time

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from portal.people.models import Person
from portal.people.rivage.filling import Filler, rooms
from portal.people.rivage.many import Many


class Command(BaseCommand):
    help = "Fill an empty database with N invented people, for measuring; the same seed makes the same people. Run reindex afterwards to search them."

    def add_arguments(self, parser):
        parser.add_argument("--people", type=int, required=True, metavar="N")
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args, people, seed, **options):
        if Person.objects.exists():
            raise CommandError("There are people here already. Measuring data goes into an empty database.")
        started = time.monotonic()
        many = Many(people, seed, self.stdout.write)
        many.make()
        filler = Filler(people, many.rng)
        for room in rooms():
            for rows in room:
                self.stdout.write(f"{filler.fill(rows)} of {rows.model._meta.label}")
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # so that the planner knows how many there are of what
        self.stdout.write(f"{people} people in {time.monotonic() - started:.1f} s")
