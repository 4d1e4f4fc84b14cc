"""Very many invented people, for measuring: the shape of a real company, nothing written by hand."""

import random
from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db import transaction

from portal import clock, roles
from portal.accounts.models import User
from portal.people.importing import skills
from portal.people.models import Assignment, Employee, Grant, JobDescription, JobSkill, Opening, Person, PersonSkill, Site, Skill, Team
from portal.people.models.person import stem_of
from portal.people.rivage import company
from portal.people.rivage.naming import Names
from portal.people.rivage.writing import WORDS

AT_ONCE = 5000
BATCH = 2000
A_TEAM = 12  # people
FANOUT = 6  # teams under a team
PLACES = [  # code, country, time zone, whose names are common there
    ("nantes", "FR", "Europe/Paris", "nantes"), ("lyon", "FR", "Europe/Paris", "lyon"), ("lille", "FR", "Europe/Paris", "lyon"),
    ("toulouse", "FR", "Europe/Paris", "nantes"), ("brest", "FR", "Europe/Paris", "nantes"), ("grenoble", "FR", "Europe/Paris", "lyon"),
    ("bristol", "GB", "Europe/London", "bristol"), ("cardiff", "GB", "Europe/London", "bristol"), ("leeds", "GB", "Europe/London", "bristol"),
    ("montreal", "CA", "America/Toronto", "lyon"), ("auckland", "NZ", "Pacific/Auckland", "bristol"),
]  # fmt: skip
LEVELS = ("me", "team", "alumni")
AN_ACCOUNT = 40  # one in so many has one
DUTIES = [(roles.HR, True), (roles.HR_ADMIN, True), (roles.HR, False), (roles.RECRUITER, True), (roles.RECRUITER, False), (roles.IT, True), (roles.IT, False)]


class Many:
    """Makes `number` people by `seed`, the heads of teams first so that everybody has a manager."""

    def __init__(self, number: int, seed: int, say: Callable[[str], None]):
        self.number, self.say = number, say
        self.rng = random.Random(seed)  # noqa: S311 - invented people, not secrets
        self.names = Names(self.rng)
        self.today = clock.today()
        self.slugs: dict[str, int] = defaultdict(int)
        self.heads: dict[int, Person] = {}

    def make(self) -> None:
        """All of it, in one transaction."""
        with transaction.atomic():
            self._places()
            for start in range(0, self.number, AT_ONCE):
                self._some(range(start, min(start + AT_ONCE, self.number)))
                self.say(f"{min(start + AT_ONCE, self.number)} of {self.number} people")
            Team.objects.bulk_update(self.teams, ["head"], batch_size=300)
            self._openings()

    def _places(self) -> None:
        self.sites = [Site(code=code, name=code.title(), city=code.title(), country=country, timezone=zone) for code, country, zone, _names in PLACES]
        Site.objects.bulk_create(self.sites)
        self.common = {site.pk: place[3] for site, place in zip(self.sites, PLACES, strict=True)}
        skills.import_file(skills.OWN_LIST, write=True)
        company.make_jobs()
        self.jobs = list(JobDescription.objects.all())
        self.every_skill = list(Skill.objects.all())
        self.needs = defaultdict(list)
        for need in JobSkill.objects.select_related("skill"):
            self.needs[need.job_id].append(need.skill)
        self._tree(max(1, self.number // A_TEAM))

    def _tree(self, number: int) -> None:
        """So many teams, level by level; a team knows its path once it has a key."""
        self.teams = [Team(slug="company", name_en="Company", name_fr="Entreprise", site=self.sites[0])]
        level = self.teams
        while level:
            Team.objects.bulk_create(level, batch_size=BATCH)
            for team in level:
                team.parent = team.parent  # takes the key its parent has by now
                team.path = f"{team.parent.path if team.parent else '/'}{team.pk}/"
                team.depth = team.path.count("/") - 2
            Team.objects.bulk_update(level, ["path", "depth"], batch_size=300)
            below = [
                Team(parent=parent, **self._words(len(self.teams) + index))
                for index, parent in enumerate(parent for parent in level for _each in range(FANOUT))
            ]
            level = below[: number - len(self.teams)]
            self.teams += level

    def _words(self, index: int) -> dict:
        job = self.jobs[index % len(self.jobs)]
        words = {"slug": f"team-{index}", "name_en": f"{job.title_en}s {index}", "name_fr": f"{job.title_fr}, équipe {index}"}
        return {**words, "mission_en": job.mission_en, "mission_fr": job.mission_fr, "site": self.sites[index % len(self.sites)]}

    def _some(self, indexes: range) -> None:
        drafts = [(index, self.teams[index % len(self.teams)], self.rng.choice(self.jobs)) for index in indexes]
        people = [self._person(index, team, job) for index, team, job in drafts]
        users = [person.user for person in people if person.user]
        User.objects.bulk_create(users, batch_size=BATCH)
        EmailAddress.objects.bulk_create([EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users], batch_size=BATCH)
        for person in people:
            person.user = person.user
        Person.objects.bulk_create(people, batch_size=BATCH)
        for (index, team, _job), person in zip(drafts, people, strict=True):
            if index < len(self.teams):
                team.head = self.heads[team.pk] = person
        employees = [self._employee(index, person) for (index, _team, _job), person in zip(drafts, people, strict=True)]
        Employee.objects.bulk_create(employees, batch_size=BATCH)
        seats = [seat for draft, employee in zip(drafts, employees, strict=True) for seat in self._seats(draft, employee)]
        Assignment.objects.bulk_create(seats, batch_size=BATCH)
        holdings = [holding for (_index, _team, job), person in zip(drafts, people, strict=True) for holding in self._holdings(person, job)]
        PersonSkill.objects.bulk_create(holdings, batch_size=BATCH)
        for index, person in zip(indexes, people, strict=True):
            if person.user and index // AN_ACCOUNT < len(DUTIES) * 2 and index // AN_ACCOUNT % 2:
                duty, everywhere = DUTIES[index // AN_ACCOUNT // 2]
                Grant.objects.create(person=person, duty=duty, site=None if everywhere else self.sites[0])

    def _person(self, index: int, team: Team, job: JobDescription) -> Person:
        rng = self.rng
        name = self.names.any(self.common[team.site_id])
        stem = stem_of(f"{name.given} {name.family}")
        self.slugs[stem] += 1
        slug = stem if self.slugs[stem] == 1 else f"{stem}-{self.slugs[stem]}"
        person = Person(slug=slug, given_name=name.given, family_name=name.family, language=name.lang, work_email=f"{slug}@company.example")
        person.spoken_languages = [name.lang, *rng.sample(["en", "es", "ar", "de"], rng.choice((0, 1, 2)))]
        person.phone = f"+33 1 99 00 {index % 100:02} {index // 100 % 100:02}"
        person.can_help, person.can_mentor = rng.random() < 0.4, rng.random() < 0.1
        if rng.random() < 0.6:
            person.ask_me_about = rng.choice(WORDS["ask"][name.lang]["anyone"])
        if rng.random() < 0.2:
            person.visibility = {rng.choice(("skills", "phone", "ask_me_about", "working_pattern")): rng.choice(LEVELS)}
        if index % AN_ACCOUNT == 0:
            person.user = User(email=person.work_email, language=name.lang, password="!")  # noqa: S106 - no password opens it
        return person

    def _employee(self, index: int, person: Person) -> Employee:
        fate = self.rng.random()
        joined = self.today - timedelta(days=self.rng.randint(30, 9000))
        employee = Employee(person=person, number=f"E{index:07}", joined_on=joined)
        if index < len(self.teams) or person.user:
            return employee
        if fate < 0.02:
            employee.left_on = max(joined, self.today - timedelta(days=self.rng.randint(1, 80)))
        elif fate < 0.06:
            employee.left_on = max(joined, self.today - timedelta(days=self.rng.randint(100, 1500)))
        elif fate < 0.065:
            employee.joined_on = self.today + timedelta(days=self.rng.randint(3, 60))
        return employee

    def _seats(self, draft, employee: Employee) -> list[Assignment]:
        index, team, job = draft
        boss = self.heads.get(team.parent_id if index < len(self.teams) else team.pk)
        start, seats = employee.joined_on, []
        if self.rng.random() < 0.2 and (self.today - start).days > 1500 and employee.left_on is None:
            moved = start + timedelta(days=700)
            before = self.rng.choice(self.jobs)
            elsewhere = self.rng.choice(self.teams)
            first = Assignment(employee=employee, team=elsewhere, site=elsewhere.site, job=before, title_en=before.title_en, title_fr=before.title_fr)
            first.started_on, first.ended_on = start, moved - timedelta(days=1)
            seats.append(first)
            start = moved
        seat = Assignment(employee=employee, team=team, site=team.site, job=job, title_en=job.title_en, title_fr=job.title_fr, manager=boss)
        seat.started_on, seat.ended_on = start, employee.left_on
        return [*seats, seat]

    def _holdings(self, person: Person, job: JobDescription) -> list[PersonSkill]:
        wanted = dict.fromkeys([*self.needs[job.pk], *self.rng.sample(self.every_skill, 3)])
        found = []
        for skill in wanted:
            if self.rng.random() < 0.7:
                hidden = self.rng.choice(LEVELS) if self.rng.random() < 0.05 else ""
                confirmed = self.today - timedelta(days=self.rng.randint(1, 1100))
                found.append(PersonSkill(tag=skill, content_object=person, level=self.rng.randint(1, 4), visibility=hidden, confirmed_on=confirmed))
        return found

    def _openings(self) -> None:
        rows = []
        for index in range(max(1, self.number // 100)):
            team, job = self.rng.choice(self.teams), self.rng.choice(self.jobs)
            status = self.rng.choice(("open", "open", "open", "closed", "draft"))
            rows.append(
                Opening(
                    slug=f"{job.slug}-{index}", reference=f"O-{index}", job=job, team=team, site=team.site, hiring_manager=team.head or self.teams[0].head,
                    status=status, opened_at=None if status == "draft" else clock.now(), closes_on=self.today + timedelta(days=30),
                )
            )  # fmt: skip
        Opening.objects.bulk_create(rows, batch_size=BATCH)
