"""Who owns a step: the holder of its role at the site, with a fallback when nobody holds it or they are gone."""

from datetime import date

from django.db.models import DateField, Exists, OuterRef, Q, Value
from django.db.models.functions import Greatest

from portal import clock
from portal.moves import remember
from portal.people.models import Assignment, Grant, Person
from portal.people.models.employment import current
from portal.plans.models.absence import Absence
from portal.plans.models.plan import Plan, Step
from portal.plans.models.words import DESKS, Owner


def away(people, day: date) -> dict[int, Absence]:
    """Who of `people` is away on `day`, each with the absence that ends last."""
    found = Absence.objects.filter(person__in=people, starts_on__lte=day, ends_on__gte=day).select_related("stand_in__user").order_by("ends_on", "pk")
    return {absence.person_id: absence for absence in found}


class Owners:
    """The owners of one plan's steps, role by role, asked once each."""

    def __init__(self, plan: Plan):
        self.plan = plan
        self._found: dict[tuple, Person | None] = {}
        self._away: list[Absence] | None = None
        self._desks: dict[str, list[Person]] | None = None

    def of(self, role: str, day: date | None = None) -> Person | None:
        """The person who owns what belongs to `role` on `day` (today when it is past); None when nobody is left to ask.

        Whoever is away that day is passed over for who stands in, then for the next in line; if all are away, the first is asked.
        """
        day = max(day or self.plan.today(), self.plan.today())
        if (role, day) not in self._found:
            line = [person for person in self._candidates(role) if person]
            self._found[role, day] = line[0] if role == Owner.NEWCOMER else self._present(line, day)
        return self._found[role, day]

    def _present(self, line: list[Person], day: date) -> Person | None:
        """The first of `line` who is there on `day`, or who stands in for them."""
        for person in line:
            absence = self._absence(person.pk, day)
            if absence is None:
                return person
            if absence.stand_in and absence.stand_in_id not in away([absence.stand_in_id], day):
                return absence.stand_in
        return line[0] if line else None

    def _absence(self, person_id: int, day: date) -> Absence | None:
        if self._away is None:
            everyone = {person.pk for people in self._all_desks().values() for person in people} | {self.plan.buddy_id, self.plan.manager_id} - {None}
            coming = Absence.objects.filter(person__in=everyone, ends_on__gte=self.plan.today()).select_related("stand_in__user").order_by("ends_on", "pk")
            self._away = list(coming)
        return next((each for each in self._away if each.person_id == person_id and each.starts_on <= day <= each.ends_on), None)

    def _candidates(self, role: str):
        """Best first: who holds the role, then the manager, then the People team."""
        if role == Owner.NEWCOMER:
            yield self.plan.person
            return
        if role == Owner.BUDDY:
            yield self.plan.buddy
        if role in DESKS:
            yield from self.desk(role)
        yield self.plan.manager
        yield from self.desk(Owner.HR)

    def desk(self, role: str) -> list[Person]:
        """Who sits at a desk for the plan's site today, those of this very site first."""
        return self._all_desks().get(role, [])

    def _all_desks(self) -> dict[str, list[Person]]:
        if self._desks is None:
            self._desks = {}
            here = Q(site=self.plan.site_id) | Q(site=None)
            working = Assignment.objects.filter(current(), employee__person__grants__in=Grant.objects.filter(here)).values("employee__person")
            for grant in Grant.objects.filter(here, person__in=working).select_related("person__user").order_by("site_id", "pk"):
                self._desks.setdefault(grant.duty, []).append(grant)
            for duty, grants in self._desks.items():
                self._desks[duty] = [grant.person for grant in sorted(grants, key=lambda grant: (grant.site_id is None, grant.pk))]
        return self._desks


def without_owner(day: date) -> Q:
    """Open steps due by `day` that nobody can do as they stand: no owner, one who left, or one who is away when it is due."""
    working = Assignment.objects.filter(current(), employee__person=OuterRef("owner"))
    due = Greatest(OuterRef("due_on"), Value(clock.today(), DateField()))
    gone = Absence.objects.filter(person=OuterRef("owner"), starts_on__lte=due, ends_on__gte=due)
    return Q(status="open", due_on__lte=day) & (Q(owner=None) | ~Exists(working) | Exists(gone))


def refresh(day: date) -> int:
    """Give the steps due by `day` that have no owner who works and is there to the next in line; how many changed hands."""
    orphans = Step.objects.waiting().filter(without_owner(day)).exclude(role=Owner.NEWCOMER)
    changed, owners = 0, {}
    for step in orphans.select_related("plan__site", "plan__manager", "plan__buddy").order_by("plan", "pk"):
        mine = owners.setdefault(step.plan_id, Owners(step.plan))
        due = max(step.due_on, step.plan.today())
        absence = away([step.owner_id], due).get(step.owner_id) if step.owner_id else None
        found = (absence.stand_in if absence else None) or mine.of(step.role, due)
        if found and found.pk != step.owner_id:
            before, step.owner = step.owner_id, found
            step.save(update_fields=["owner"])
            remember(step, "passed_on", by=None, before=str(before or ""), after=str(found.pk))
            changed += 1
    return changed


def holders(steps) -> dict[int, list[Person]]:
    """For each of `steps` of desks, the other people who sit at that desk for its site: two queries for all."""
    roles = {step.role for step in steps if step.of_a_desk}
    if not roles:
        return {}
    working = Assignment.objects.filter(current()).values("employee__person")
    grants = list(Grant.objects.filter(duty__in=roles, person__in=working).select_related("person").order_by("person__family_name", "pk"))
    return {
        step.pk: [
            grant.person for grant in grants if grant.duty == step.role and grant.site_id in (None, step.plan.site_id) and grant.person_id != step.owner_id
        ][:5]
        for step in steps
    }
