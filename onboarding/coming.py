"""Everyone who comes, in one light look: what the sentence, the weeks, the filters and the page of the board are made from."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q

from onboarding.models import Arrival
from portal.people.models import Person
from portal.plans.models import Plan, PlanKind, Step
from portal.search.names import fold


@dataclass(frozen=True)
class Comer:
    """One arrival as the board counts and sorts it."""

    pk: int
    plan: int
    first_day: date
    site: int
    person: Person
    late: frozenset[str]  # the families something of is past its day

    def get_absolute_url(self) -> str:
        return Arrival(pk=self.pk).get_absolute_url()


def running(user):
    """The arrivals `user` may see whose plan runs."""
    return Arrival.objects.visible_to(user).filter(plan__kind=PlanKind.ARRIVAL, plan__status=Plan.Status.RUNNING)


NAMES = ("given_name", "family_name", "usual_name")


def late_steps(today: date) -> Q:
    """Steps that make a first morning and are past their day."""
    return Q(status=Step.Status.OPEN, mandatory=True, due_on__lt=today, due_on__lte=F("plan__first_day"))


def everyone(user, today: date) -> list[Comer]:
    """Those who start, or started less than a week ago, by day; in two queries."""
    coming = running(user).filter(plan__first_day__gte=today - timedelta(days=7))
    names = [f"plan__person__{name}" for name in NAMES]
    rows = list(coming.order_by("plan__first_day", "pk").values_list("pk", "plan", "plan__first_day", "plan__site", "plan__person", *names))
    late: dict[int, set[str]] = {}
    steps = Step.objects.filter(late_steps(today), plan__in=coming.values("plan")).order_by()  # 25 times quicker than through the arrival
    for plan, family in steps.values_list("plan", "family").distinct() if rows else ():
        late.setdefault(plan, set()).add(family)
    return [
        Comer(pk, plan, day, site, Person(pk=person, **dict(zip(NAMES, called, strict=True))), frozenset(late.get(plan, ())))
        for pk, plan, day, site, person, *called in rows
    ]


def narrowed(comers: list[Comer], asked: dict) -> list[Comer]:
    """Those whom the filters leave: a site, a week, a family that is late, words of a name."""
    if site := asked.get("site"):
        comers = [each for each in comers if each.site == site.pk]
    if week := asked.get("week"):
        monday = week - timedelta(days=week.weekday())
        comers = [each for each in comers if monday <= each.first_day < monday + timedelta(days=7)]
    if late := asked.get("late"):
        comers = [each for each in comers if (each.late if late == "any" else late in each.late)]
    if words := fold(asked.get("q", "")).split():
        comers = [each for each in comers if all(word in fold(" ".join(getattr(each.person, name) for name in NAMES)) for word in words)]
    return comers


def in_order(comers: list[Comer], sort: str) -> list[Comer]:
    """By first day or by family name, from either end."""
    by_name = sort.lstrip("-") == "name"
    return sorted(comers, key=lambda each: (fold(each.person.family_name) if by_name else each.first_day, each.pk), reverse=sort.startswith("-"))
