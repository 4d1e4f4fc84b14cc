"""Fills the demo company, or brings its life back to today."""

import time
from datetime import date

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from portal import bell, clock
from portal.demo import redate, rivage
from portal.models import TaskRun
from portal.people.models import Person

FILLED = "demo.rivage"


class Command(BaseCommand):
    help = "Fill an empty database with Rivage, the invented company of the demo, as of today."

    def add_arguments(self, parser):
        parser.add_argument("--if-needed", action="store_true", help="do nothing when it is filled; move its dates on when it was filled in an earlier week")
        parser.add_argument("--room", metavar="APP", help="let one app alone live, in a company that is already there")

    def handle(self, *args, if_needed, room, **options):
        started = time.monotonic()
        filled = TaskRun.objects.filter(name=FILLED).first()
        if room:
            rivage.live(self._named(room))
        elif filled and if_needed:
            weeks = redate.weeks_since(date.fromisoformat(filled.outcome), rivage.real_today())
            if weeks <= 0:
                return
            self._move_on(filled, weeks)
        elif filled or Person.objects.exists():
            if if_needed and not filled:
                return  # somebody's own people: the demo company stays away
            raise CommandError("There are people here already. Rivage is made in an empty database: remove the data folder, or name another with DATA_DIR.")
        else:
            self._fill()
        self._say(f"{Person.objects.count()} people, {time.monotonic() - started:.1f} s")

    def _fill(self):
        with bell.hushed(), transaction.atomic():
            for room in rivage.rooms():
                self._say(f"Rivage comes to life: {room}")
                rivage.live(room)
            now = clock.machine_now()
            TaskRun.objects.update_or_create(name=FILLED, defaults={"started_at": now, "finished_at": now, "outcome": str(rivage.real_today())})
        if "reindex" in get_commands():
            self._say("Indexing")
            call_command("reindex", verbosity=0)

    def _move_on(self, filled, weeks):
        with transaction.atomic():
            rows = redate.move_on(weeks)
            filled.started_at = clock.machine_now()
            filled.outcome = str(rivage.real_today())
            filled.save(update_fields=["started_at", "outcome"])
        self._say(f"Rivage lives {weeks} weeks later: {rows} rows moved on")

    def _named(self, room):
        found = [name for name in rivage.rooms() if name == room or name.split(".")[-1] == room]
        if not found:
            raise CommandError(f"No room of that name. There are: {', '.join(rivage.rooms())}")
        return found[0]

    def _say(self, text):
        self.stdout.write(text)
        self.stdout.flush()
