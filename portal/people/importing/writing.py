"""Carries out a plan in one transaction: places first, then people, then what ties them together."""

from collections.abc import Callable, Iterable

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify

from portal import audit, clock
from portal.people import skills as directory
from portal.people.importing.known import BETWEEN
from portal.people.importing.planning import CHANGE, CREATE, Plan, Planned
from portal.people.models import Assignment, Employee, Person, PersonSkill, Site, Team
from portal.people.models.person import TAKEN, stem_of
from portal.people.models.skill import fold
from portal.search import documents, outbox

BATCH = 500
OF_PERSON = ("given_name", "family_name", "usual_name", "work_email", "phone", "language")
OF_EMPLOYEE = ("contract", "joined_on", "left_on")
OF_SEAT = ("title_en", "title_fr")
LEVEL = PersonSkill.Level.PRACTISED  # what a file says of a skill is that somebody has it


def carry_out(plan: Plan, *, by=None, progress: Callable[[int], None] = lambda done: None) -> None:
    """Write every row that was not refused; all of them or none."""
    with transaction.atomic():
        work = _Work(plan)
        work.places()
        created = work.create([row for row in plan.rows if row.kind == CREATE])
        progress(len(created))
        changed = work.change([row for row in plan.rows if row.kind == CHANGE])
        progress(len(created) + len(changed))
        work.skills([*created, *changed])
        audit.record("people.imported", by=by, on="people.person", **plan.counts())
        touch("person", [row.employee.person_id for row in (*created, *changed)])


def touch(kind: str, keys: Iterable[int]) -> None:
    """Ask the index for these again, where somebody declared such documents."""
    if any(document.kind == kind for document in documents.every()):
        outbox.touch(kind, keys)


class _Work:
    """What the steps of one import hand to each other."""

    def __init__(self, plan: Plan):
        self.plan = plan
        self.knows = plan.knows
        self.made: dict[str, Team] = {}  # teams by what the file calls them

    # --- places ---
    def places(self) -> None:
        if self.plan.site_to_make:
            name = self.plan.site_to_make
            Site.objects.create(code=stem_of(name)[:50], name=name, city=name, country="FR", timezone=settings.TIME_ZONE)
        every = list(Team.objects.all()) if self.plan.teams_to_make else []
        under = {(team.parent_id, team.name_en.casefold()): team for team in every}
        slugs = {team.slug for team in every}
        for branch in self.plan.teams_to_make.values():
            self._team(branch, under, slugs)
        for cached in ("sites", "branches", "teams"):
            self.knows.__dict__.pop(cached, None)  # ask again: they are there now
        self.only_site = next(iter(self.knows.sites.values()), None)

    def _team(self, branch: str, under: dict[tuple, Team], slugs: set[str]) -> None:
        """Make a team and those above it; a single name is a company of its own name, else stands under the company.

        `under` finds a team by its parent's key and its name; `slugs` are those taken.
        """
        words = branch.split(BETWEEN)
        company = settings.ORGANISATION.casefold()
        above = under.get((None, company)) if len(words) == 1 and words[0].casefold() != company else None
        for name in words:
            place = (above.pk if above else None, name.casefold())
            if place not in under:
                under[place] = Team.objects.create(parent=above, name_en=name[:120], slug=_free(slugify(name)[:70] or "team", slugs))
            above = under[place]
        self.made[branch.casefold()] = above

    def team(self, row: Planned) -> Team:
        words = row.values["team"].casefold()
        return self.made.get(words) or self.knows.teams[words]

    # --- people ---
    def create(self, rows: list[Planned]) -> list[Planned]:
        slugs = set(TAKEN) | set(Person.objects.values_list("slug", flat=True))
        people, employees, seats = [], [], []
        for row in rows:
            said = {name: row.values[name] for name in OF_PERSON if name in row.values}
            if not said.get("given_name") and not said.get("family_name"):
                said["family_name"] = row.number  # nobody's name is invented
            said.setdefault("family_name", "")
            person = Person(**said)
            person.slug = _free(stem_of(person.display_name), slugs)
            people.append(person)
        Person.objects.bulk_create(people, batch_size=BATCH)
        for row, person in zip(rows, people, strict=True):
            mine = {name: row.values[name] for name in OF_EMPLOYEE if name in row.values}
            row.employee = Employee(person=person, number=row.number, **{"joined_on": clock.today(), **mine})
            employees.append(row.employee)
        Employee.objects.bulk_create(employees, batch_size=BATCH)
        managers = self._managers(rows)
        for row in rows:
            seats.append(self._seat(row, managers))
        Assignment.objects.bulk_create(seats, batch_size=BATCH)
        return rows

    def _seat(self, row: Planned, managers: dict[str, int]) -> Assignment:
        values, employee = row.values, row.employee
        job = self.knows.jobs.get(values.get("job", ""))
        titles = {name: values[name] for name in OF_SEAT if name in values}
        if not titles:
            titles = {"title_en": job.title_en, "title_fr": job.title_fr} if job else {"title_en": "Employee", "title_fr": "Collaborateur"}
        titles.setdefault("title_en", titles.get("title_fr", ""))
        employee.seat = Assignment(
            employee=employee,
            team=self.team(row),
            site=self.knows.sites[values["site"].casefold()] if "site" in values else self.only_site,
            job=job,
            manager_id=managers.get(values.get("manager", "")),
            started_on=employee.joined_on,
            ended_on=employee.left_on,
            **titles,
        )
        return employee.seat

    def _managers(self, rows: list[Planned]) -> dict[str, int]:
        """Employee number → key of the person, for those whom rows name."""
        named = sorted({row.values["manager"] for row in rows if "manager" in row.values})
        found = {}
        for start in range(0, len(named), 900):
            found.update(Employee.objects.filter(number__in=named[start : start + 900]).values_list("number", "person"))
        return found

    def change(self, rows: list[Planned]) -> list[Planned]:
        managers = self._managers(rows)
        seats, joined = [], []
        for row in rows:
            employee, seat = row.employee, row.employee.seat
            for name, _before, _after in row.changes:
                value = row.values[name]
                if name in OF_PERSON:
                    setattr(employee.person, name, value)
                elif name in OF_EMPLOYEE:
                    setattr(employee, name, value)
                elif seat and name in OF_SEAT:
                    setattr(seat, name, value)
                elif seat and name == "team":
                    seat.team = self.team(row)
                elif seat and name == "site":
                    seat.site = self.knows.sites[value.casefold()]
                elif seat and name == "job":
                    seat.job = self.knows.jobs[value]
                elif seat and name == "manager":
                    seat.manager_id = managers[value]
                if name == "joined_on":
                    joined.append(employee)
                if name == "left_on" and seat:
                    seat.ended_on = max(value, seat.started_on)
            if seat:
                seats.append(seat)
        Person.objects.bulk_update([row.employee.person for row in rows], OF_PERSON, batch_size=100)
        Employee.objects.bulk_update([row.employee for row in rows], OF_EMPLOYEE, batch_size=100)
        Assignment.objects.bulk_update(seats, ["team", "site", "job", "manager", *OF_SEAT, "ended_on"], batch_size=100)
        _first_seats(joined)
        return rows

    # --- skills ---
    def skills(self, rows: list[Planned]) -> None:
        for words in self.plan.skills_to_make.values():
            self.knows.skills[fold(words)] = directory.create(words)
        holdings = []
        for row in rows:
            have = set(getattr(row.employee, "skills", ()))
            for label in row.values.get("skills", ()):
                if label not in have:
                    holdings.append(PersonSkill(tag=self.knows.skills[fold(label)], content_object=row.employee.person, level=LEVEL))
        PersonSkill.objects.bulk_create(holdings, batch_size=BATCH, ignore_conflicts=True)


def _first_seats(employees: list[Employee]) -> None:
    """A corrected first day is also the first day of the first seat, where that was the same seat all along."""
    for employee in employees:
        first = employee.assignments.order_by("started_on", "pk").first()
        if first and (first.ended_on is None or first.ended_on >= employee.joined_on):
            first.started_on = employee.joined_on
            first.save(update_fields=["started_on"])


def _free(stem: str, taken: set[str]) -> str:
    free, number = stem, 1
    while free in taken:
        number += 1
        free = f"{stem}-{number}"
    taken.add(free)
    return free
