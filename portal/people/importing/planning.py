"""What an import would do: each row created, changed, left alone or refused, with the reason; nothing is written here."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from portal.people.importing import known, values
from portal.people.importing.fields import FIELDS
from portal.people.importing.mapping import Mapping, check
from portal.people.importing.sheets import Sheet
from portal.people.models import Employee
from portal.people.models.person import stem_of
from portal.people.models.skill import fold

CREATE, CHANGE, SAME, REFUSED = "create", "change", "same", "refused"
EVERY = 500  # rows between two words on how far it is


@dataclass
class Planned:
    """One row: what would happen, which fields would change from what to what, or what is wrong."""

    line: int
    number: str
    name: str
    kind: str
    values: dict = field(default_factory=dict)
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    employee: Employee | None = None


@dataclass
class Plan:
    """The rows, what has to be made for them, and the columns that are dropped."""

    rows: list[Planned]
    never: list[str]
    unused: list[str]
    site_to_make: str = ""
    teams_to_make: dict[str, str] = field(default_factory=dict)  # small letters → as written, in the order of the file
    skills_to_make: dict[str, str] = field(default_factory=dict)  # folded → as written
    knows: known.Known = field(default_factory=known.Known, repr=False)

    def counts(self) -> dict[str, int]:
        found = dict.fromkeys((CREATE, CHANGE, SAME, REFUSED), 0)
        for row in self.rows:
            found[row.kind] += 1
        return found


def make(sheet: Sheet, mapping: Mapping, progress: Callable[[int], None] = lambda done: None) -> Plan:
    """Look at every row of `sheet`. `progress` hears how many rows were looked at. Raises mapping.Unusable."""
    check(mapping, sheet.headings)
    never, unused = mapping.dropped(sheet.headings)
    plan = Plan([], never, unused)
    read = [values.of_row(dict(zip(sheet.headings, cells, strict=True)), mapping) if any(cells) else None for cells in sheet.rows]
    numbers = [row[0].get("number", "") if row else "" for row in read]
    there = plan.knows.employees({number for number in numbers if number})
    managers = _managers(read, there)
    seen: dict[str, int] = {}
    for index, row in enumerate(read):
        if row is not None:  # empty lines say nothing
            plan.rows.append(_look(plan, index + 2, *row, there, managers, seen, mapping))
        if index % EVERY == 0:
            progress(index)
    progress(len(read))
    return plan


def _managers(read, there) -> set[str]:
    """The employee numbers that a row may name as manager: of this file, or known."""
    named = {row[0]["manager"] for row in read if row and "manager" in row[0]}
    here = {row[0]["number"] for row in read if row and "number" in row[0] and not row[1]}
    others = named - here - set(there)
    found = set()
    for some in known.chunks(sorted(others)):
        found |= set(Employee.objects.filter(number__in=some).values_list("number", flat=True))
    return here | set(there) | found


def _look(plan: Plan, line: int, row: dict, problems: list[str], there, managers, seen, mapping) -> Planned:
    number = row.get("number", "")
    planned = Planned(line, number, _name(row), SAME, row, problems=list(problems), employee=there.get(number))
    if number and number in seen:
        planned.problems.append(_("Employee number %(number)s stands in row %(line)d already.") % {"number": number, "line": seen[number]})
    seen.setdefault(number, line)
    _place(plan, planned)
    if row.get("manager") and row["manager"] not in managers:
        planned.problems.append(_("Manager: nobody has the employee number %(number)s.") % {"number": row["manager"]})
    if row.get("manager") and row["manager"] == number:
        planned.problems.append(_("Manager: nobody is their own manager."))
    if planned.problems:
        planned.kind = REFUSED
        return planned
    _skills(plan, planned)
    if planned.employee is None:
        planned.kind = CREATE
        return planned
    _compare(plan, planned)
    return planned


def _name(row: dict) -> str:
    return f"{row.get('usual_name') or row.get('given_name', '')} {row.get('family_name', '')}".strip() or row.get("number", "")


def _place(plan: Plan, planned: Planned) -> None:
    """Find site, team and job of a row; note what has to be made."""
    row, knows = planned.values, plan.knows
    if "site" in row:
        site = knows.sites.get(row["site"].casefold())
        if site:
            row["site"] = site.code
        elif knows.sites:
            planned.problems.append(_("Site: there is none called “%(name)s”.") % {"name": row["site"]})
        else:
            plan.site_to_make = plan.site_to_make or row["site"]
            if stem_of(row["site"]) != stem_of(plan.site_to_make):
                planned.problems.append(_("Site: make the site “%(name)s” first, with its time zone.") % {"name": row["site"]})
    elif planned.employee is None:
        if not knows.sites:
            plan.site_to_make = plan.site_to_make or settings.ORGANISATION
        elif len({site.pk for site in knows.sites.values()}) > 1:
            planned.problems.append(_("Site: say which one, there are several."))
    if "team" in row:
        _team(plan, row)
    elif planned.employee is None:
        row["team"] = settings.ORGANISATION
        _team(plan, row)
    if "job" in row:
        job = knows.jobs.get(row["job"].casefold())
        if job:
            row["job"] = job.slug
        else:
            planned.problems.append(_("Job description: there is none called “%(name)s”.") % {"name": row["job"]})
    joined = row.get("joined_on") or (planned.employee.joined_on if planned.employee else None)
    if "left_on" in row and joined and row["left_on"] < joined:
        sentence = _("The last day is before the first day.")
        if sentence not in planned.problems:
            planned.problems.append(sentence)


def _team(plan: Plan, row: dict) -> None:
    """Write the team as its whole branch; one that nobody knows is made, with those above it."""
    knows = plan.knows
    words = [part.strip() for part in row["team"].split("/") if part.strip()]
    row["team"] = known.BETWEEN.join(words)
    team = knows.teams.get(row["team"].casefold())
    if team:
        row["team"] = knows.branches[team.pk]
    else:
        row["team"] = plan.teams_to_make.setdefault(row["team"].casefold(), row["team"])


def _skills(plan: Plan, planned: Planned) -> None:
    """Write each skill as its label; words that nobody knows become skills."""
    wanted = []
    for word in planned.values.get("skills", ()):
        skill = plan.knows.skills.get(fold(word))
        wanted.append(skill.name if skill else plan.skills_to_make.setdefault(fold(word), word))
    if "skills" in planned.values:
        planned.values["skills"] = list(dict.fromkeys(wanted))


def _compare(plan: Plan, planned: Planned) -> None:
    """Which fields of somebody already here would change; skills are added, never taken away."""
    before = known.as_written(planned.employee, plan.knows.branches)
    for name, value in planned.values.items():
        if name == "skills":
            new = [label for label in value if label not in planned.employee.skills]
            if new:
                planned.changes.append((name, ";".join(planned.employee.skills), ";".join([*planned.employee.skills, *new])))
            continue
        after = value.isoformat() if isinstance(value, date) else str(value)
        if after != before[name]:
            planned.changes.append((name, before[name], after))
    planned.kind = CHANGE if planned.changes else SAME


def label(name: str) -> str:
    """The words of one of our fields."""
    return str(FIELDS[name].label)
