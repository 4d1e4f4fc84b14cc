"""The org chart, a branch at a time, and what a team can do: columns of teams, needs of its jobs, gaps."""

from dataclasses import dataclass, field

from django.db.models import Prefetch

from portal.people.models import Assignment, JobSkill, Person, PersonSkill, Skill, Team
from portal.people.models.employment import current
from portal.people.skills import is_fading
from portal.people.visibility import Reader, readable_skills


@dataclass(frozen=True)
class Column:
    """One level of the chart: the team above (None for the top), its sub-teams, and which of them is followed."""

    above: Team | None
    teams: list[Team]
    followed: int | None


def columns(teams, chosen: Team | None) -> list[Column]:
    """The columns from the top down to the sub-teams of `chosen`, in one query (and one for their heads)."""
    line = [int(key) for key in chosen.path.strip("/").split("/")] if chosen else []
    shown = teams.filter(parent__in=line) | teams.filter(parent=None)
    by_parent: dict[int | None, list[Team]] = {}
    for team in shown.select_related("head"):
        by_parent.setdefault(team.parent_id, []).append(team)
    known = {team.pk: team for group in by_parent.values() for team in group}
    parents = [None, *line]
    return [
        Column(known.get(parent), sorted(by_parent.get(parent, []), key=lambda team: str(team.name).casefold()), line[depth] if depth < len(line) else None)
        for depth, parent in enumerate(parents)
        if by_parent.get(parent)
    ]


def members(team: Team):
    """The people who hold a seat in this very team today, by name."""
    seats = Assignment.objects.filter(current(), team=team).values("employee__person")
    return Person.objects.filter(pk__in=seats).order_by("family_name", "given_name", "pk")


def known_skills(team: Team, reader: Reader, most: int = 16) -> list[Skill]:
    """Skills that people of this team show to the reader, the best known first."""
    people = members(team).order_by().values("pk")
    rows = (
        PersonSkill.objects.filter(readable_skills(reader), content_object__in=people, tag__merged_into=None)
        .select_related("tag")
        .order_by("-level", "tag__name")
    )
    found: dict[int, Skill] = {}
    for holding in rows[:400]:
        found.setdefault(holding.tag_id, holding.tag)
        if len(found) == most:
            break
    return list(found.values())


@dataclass
class Need:
    """A skill that the jobs of a team ask for, and who in the team has it."""

    skill: Skill
    level: int
    learnt: bool
    have: list[PersonSkill] = field(default_factory=list)
    fading: list[PersonSkill] = field(default_factory=list)
    learning: list[PersonSkill] = field(default_factory=list)

    @property
    def state(self) -> str:
        """missing, fading, one (a single person has it), covered."""
        if not self.have:
            return "fading" if self.fading else "missing"
        return "one" if len(self.have) == 1 else "covered"


def needs(team: Team, reader: Reader) -> list[Need]:
    """What the job descriptions held in `team` need, gaps first; three queries."""
    jobs = Assignment.objects.filter(current(), team=team, job__isnull=False).values("job")
    found: dict[int, Need] = {}
    for row in JobSkill.objects.filter(job__in=jobs, skill__merged_into=None).select_related("skill"):
        need = found.setdefault(row.skill_id, Need(row.skill, row.level, row.learnt))
        need.level, need.learnt = max(need.level, row.level), need.learnt and row.learnt
    people = members(team).order_by().values("pk")
    rows = PersonSkill.objects.filter(readable_skills(reader), content_object__in=people, tag__in=list(found)).select_related("content_object", "tag")
    for holding in rows.order_by("-level", "content_object__family_name"):
        need = found[holding.tag_id]
        if holding.level < need.level:
            need.learning.append(holding)
        elif is_fading(holding):
            need.fading.append(holding)
        else:
            need.have.append(holding)
    order = ("missing", "fading", "one", "covered")
    return sorted(found.values(), key=lambda need: (order.index(need.state), str(need.skill.label).casefold()))


def with_heads(teams):
    """`teams` with their heads and sites."""
    return teams.select_related("head", "site", "parent").prefetch_related(Prefetch("children", queryset=Team.objects.select_related("head")))
