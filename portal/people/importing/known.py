"""What the database already knows about the people of a file, in the words an export writes."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from portal import clock
from portal.people.models import Assignment, Employee, JobDescription, PersonSkill, Site, Skill, Team
from portal.people.models.skill import fold

CHUNK = 900  # SQLite takes so many keys at a time
BETWEEN = " / "  # between the teams of a branch


def chunks(things: Iterable, size: int = CHUNK):
    things = list(things)
    for start in range(0, len(things), size):
        yield things[start : start + size]


class Known:
    """Places, jobs and skills by their words; employees by number."""

    @cached_property
    def sites(self) -> dict[str, Site]:
        """By code, name and town, in small letters."""
        found = {}
        for site in Site.objects.order_by("-pk"):
            for word in (site.city, site.name, site.code):
                found[word.casefold()] = site
        return found

    @cached_property
    def branches(self) -> dict[int, str]:
        """Each team with those above it: "Rivage / Data and forecasting / River data"."""
        teams = {team.pk: team for team in Team.objects.all()}
        return {pk: BETWEEN.join(teams[int(key)].name_en for key in team.path.strip("/").split("/")) for pk, team in teams.items()}

    @cached_property
    def teams(self) -> dict[str, Team]:
        """By whole branch and by slug; by name alone only where one team bears it."""
        found, by_name = {}, defaultdict(list)
        for team in Team.objects.all():
            for name in {team.name_en.casefold(), team.name_fr.casefold()} - {""}:
                by_name[name].append(team)
        for name, teams in by_name.items():
            if len(teams) == 1:
                found[name] = teams[0]
        every = {team.pk: team for team in Team.objects.all()}
        for pk, branch in self.branches.items():
            found[every[pk].slug] = every[pk]
            found[branch.casefold()] = every[pk]
        return found

    @cached_property
    def jobs(self) -> dict[str, JobDescription]:
        """By slug and by title."""
        found = {}
        for job in JobDescription.objects.order_by("-pk"):
            for word in (job.title_fr_f, job.title_fr, job.title_en, job.slug):
                if word:
                    found[word.casefold()] = job
        return found

    @cached_property
    def skills(self) -> dict[str, Skill]:
        """By label and alias of both languages; what was merged leads to what it was merged into."""
        every = {skill.pk: skill for skill in Skill.objects.all()}
        found = {}
        for skill in every.values():
            kept = skill
            for _step in range(5):
                kept = every.get(kept.merged_into_id, kept)
            for word in skill.folded.split("\n"):
                if word:
                    found.setdefault(word, kept)
        for skill in every.values():  # a label goes before the alias of another
            if skill.merged_into_id is None:
                found[fold(skill.name)] = skill
        return found

    def employees(self, numbers: Iterable[str]) -> dict[str, Employee]:
        """With person, main seat (`seat`) and names of skills (`skills`) on each."""
        found = {}
        for some in chunks(numbers):
            for employee in Employee.objects.filter(number__in=some).select_related("person"):
                found[employee.number] = employee
        dress(found.values())
        return found


def dress(employees: Iterable[Employee]) -> None:
    """Put on each employee its main seat (held, else coming, else last) and the labels of its person's skills."""
    by_key = {employee.pk: employee for employee in employees}
    by_person = {employee.person_id: employee for employee in by_key.values()}
    for employee in by_key.values():
        employee.seat, employee.skills = None, []
    today = clock.today()
    for some in chunks(by_key):
        seats = Assignment.objects.filter(employee__in=some, main=True).select_related("site", "job", "manager__employee").order_by("started_on", "pk")
        for seat in seats:
            employee = by_key[seat.employee_id]
            if employee.seat is None or _rank(seat, today) >= _rank(employee.seat, today):
                employee.seat = seat
    for some in chunks(by_person):
        for person, name in PersonSkill.objects.filter(content_object__in=some).order_by("pk").values_list("content_object", "tag__name"):
            by_person[person].skills.append(name)


def _rank(seat: Assignment, today) -> int:
    if seat.started_on > today:
        return 1
    return 2 if seat.ended_on is None or seat.ended_on >= today else 0


def as_written(employee: Employee, branches: dict[int, str]) -> dict[str, str]:
    """What an export writes about a dressed employee, by field."""
    person, seat = employee.person, employee.seat
    manager = getattr(seat.manager, "employee", None) if seat and seat.manager else None
    return {
        "number": employee.number,
        "given_name": person.given_name,
        "family_name": person.family_name,
        "usual_name": person.usual_name,
        "work_email": person.work_email,
        "phone": person.phone,
        "language": person.language,
        "site": seat.site.code if seat else "",
        "team": branches[seat.team_id] if seat else "",
        "job": seat.job.slug if seat and seat.job else "",
        "title_en": seat.title_en if seat else "",
        "title_fr": seat.title_fr if seat else "",
        "manager": manager.number if manager else "",
        "contract": employee.contract,
        "joined_on": employee.joined_on.isoformat(),
        "left_on": employee.left_on.isoformat() if employee.left_on else "",
        "skills": ";".join(employee.skills),
    }
