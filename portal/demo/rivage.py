"""The demo company: fills every app that has a room `rivage.py`, and hands each room what the floors below made."""

import random
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec
from zoneinfo import ZoneInfo

from django.apps import apps
from django.conf import settings
from django.db import transaction

from portal import clock
from portal.demo.cast import SLUGS
from portal.people.models import Assignment, Grant, JobDescription, Opening, Person, Site, Skill, Team, Trade

SEED = 1856
FACES = {  # more people whom rooms and pages know by name
    "claire": "claire-rousseau",
    "grace": "grace-whitcombe",
    "yann": "yann-le-goff",
    "malik": "malik-haddad",
    "joyce": "joyce-campbell",
    "solene": "solene-kerbrat",
    "paulo": "paulo-ferreira",
    "priti": "priti-desai",
    "mathilde": "mathilde-roy",
    "ingrid": "ingrid-hansen",
    "arthur": "arthur-jaouen",
}


class Rivage:
    """What a room may ask: chance, dates, and the rows that the floors below already made."""

    def __init__(self, today: date, seed: int = SEED, room: str = ""):
        self.today = today
        self.monday = today + timedelta(days=7 - today.weekday())
        self.rng = random.Random(f"{seed}:{room}")  # noqa: S311 - invented people, not secrets

    # --- chance ---
    def pick(self, among: Sequence):
        return self.rng.choice(among)

    def some(self, among: Sequence, number: int) -> list:
        """`number` of them, each once; fewer when there are fewer."""
        return self.rng.sample(list(among), min(number, len(among)))

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def weighted(self, weights: dict):
        """A key of `weights`, as often as its weight says."""
        return self.rng.choices(list(weights), list(weights.values()))[0]

    # --- dates ---
    def day(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def workday(self, days: int) -> date:
        """The day so many days from today, moved on to Monday when it falls on a week-end."""
        day = self.day(days)
        return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)

    def at(self, days: int, hour: str = "09:00", site: Site | None = None) -> datetime:
        """The moment so many days from today, at that hour of `site`."""
        zone = ZoneInfo(site.timezone if site else settings.TIME_ZONE)
        return datetime.combine(self.day(days), time.fromisoformat(hour), zone)

    def at_work(self, days: int, hour: str = "09:00", site: Site | None = None) -> datetime:
        """The same, moved on to Monday when it falls on a week-end."""
        return self.at((self.workday(days) - self.today).days, hour, site)

    # --- rows ---
    @cached_property
    def sites(self) -> dict[str, Site]:
        return {site.code: site for site in Site.objects.all()}

    @cached_property
    def teams(self) -> dict[str, Team]:
        return {team.slug: team for team in Team.objects.select_related("site", "head", "parent")}

    @cached_property
    def trades(self) -> dict[str, Trade]:
        return {trade.slug: trade for trade in Trade.objects.all()}

    @cached_property
    def jobs(self) -> dict[str, JobDescription]:
        return {job.slug: job for job in JobDescription.objects.select_related("trade")}

    @cached_property
    def skills(self) -> dict[str, Skill]:
        return {skill.slug: skill for skill in Skill.objects.all()}

    @cached_property
    def openings(self) -> list[Opening]:
        return list(Opening.objects.select_related("job", "team", "site", "hiring_manager").order_by("reference"))

    @property
    def open_openings(self) -> list[Opening]:
        return [opening for opening in self.openings if opening.status == Opening.Status.OPEN]

    @cached_property
    def _seats(self) -> dict[int, Assignment]:
        """The main seat of each person: the current one, else the coming one, else the last."""
        rank = {}
        seats = Assignment.objects.filter(main=True).select_related("employee__person__user", "team", "site", "job", "manager").order_by("started_on", "pk")
        for seat in seats:
            held = seat.started_on <= self.today and (seat.ended_on is None or seat.ended_on >= self.today)
            key = 2 if held else 1 if seat.started_on > self.today else 0
            person = seat.employee.person_id
            if person not in rank or key >= rank[person][0]:
                rank[person] = (key, seat)
        return {person: seat for person, (_key, seat) in sorted(rank.items())}

    def _of_rank(self, wanted) -> list[Assignment]:
        return [seat for seat in self._seats.values() if wanted(seat)]

    @cached_property
    def people(self) -> list[Person]:
        """Current colleagues."""
        held = self._of_rank(lambda seat: seat.started_on <= self.today and (seat.ended_on is None or seat.ended_on >= self.today))
        return [seat.employee.person for seat in held]

    @cached_property
    def coming(self) -> list[Person]:
        """People whose first day is ahead, soonest first."""
        seats = sorted(self._of_rank(lambda seat: seat.started_on > self.today), key=lambda seat: (seat.started_on, seat.pk))
        return [seat.employee.person for seat in seats]

    @cached_property
    def left(self) -> list[Person]:
        """People who left, latest first."""
        gone = self._of_rank(lambda seat: seat.ended_on is not None and seat.ended_on < self.today)
        return [seat.employee.person for seat in sorted(gone, key=lambda seat: (seat.ended_on, seat.pk), reverse=True)]

    @cached_property
    def cast(self) -> dict[str, Person]:
        slugs = SLUGS | FACES
        people = {person.slug: person for person in Person.objects.filter(slug__in=slugs.values()).select_related("user", "employee")}
        return {key: people[slug] for key, slug in slugs.items() if slug in people}

    @cached_property
    def _members(self) -> dict[int, list[Person]]:
        found = defaultdict(list)
        for person in self.people:
            found[self.seat(person).team_id].append(person)
        return found

    def seat(self, person: Person) -> Assignment | None:
        return self._seats.get(person.pk)

    def members(self, team: Team) -> list[Person]:
        """Who works today in `team` itself."""
        return self._members[team.pk]

    def desk(self, duty: str, site: Site | None = None) -> Person | None:
        """Who holds `duty` at `site`, else for all sites."""
        grants = Grant.objects.filter(duty=duty).select_related("person__user").order_by("pk")
        here = [grant for grant in grants if site is not None and grant.site_id == site.pk]
        return next((grant.person for grant in here or [grant for grant in grants if grant.site_id is None]), None)

    def language(self, person: Person) -> str:
        """The language that `person` writes in."""
        return person.language


def rooms() -> list[str]:
    """The installed apps that live in the demo company, in the order of the floors."""
    return [app.name for app in apps.get_app_configs() if find_spec(f"{app.name}.rivage") and app.name != "portal.demo"]


def live(room: str) -> None:
    """Let one app live in the demo company."""
    with transaction.atomic():
        import_module(f"{room}.rivage").live(Rivage(real_today(), room=room))


def real_today() -> date:
    """Today on the machine, whatever day the demo lives."""
    return clock.day(clock.machine_now())
