"""Who owns a step: the holder of its role at the site, with a fallback when nobody holds it or they are gone."""

from collections import Counter
from datetime import date

from django.db.models import Q

from portal.people.models import Assignment, Grant, Person
from portal.people.models.employment import current
from portal.plans.models.plan import Plan
from portal.plans.models.words import DESKS, Owner


def works_on(person_id: int | None, day: date) -> bool:
    """Whether this person holds a seat on `day`."""
    if person_id is None:
        return False
    held = Q(started_on__lte=day) & (Q(ended_on=None) | Q(ended_on__gte=day))
    return Assignment.objects.filter(held, employee__person=person_id).exists()


class Owners:
    """The owners of one plan's steps, role by role, asked once each."""

    def __init__(self, plan: Plan):
        self.plan = plan
        self._found: dict[str, Person | None] = {}
        self._desks: dict[str, list[Person]] | None = None

    def of(self, role: str) -> Person | None:
        """The person who owns what belongs to `role`; None when nobody is left to ask."""
        if role not in self._found:
            self._found[role] = next((person for person in self._candidates(role) if person), None)
        return self._found[role]

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
        if self._desks is None:
            self._desks = {}
            here = Q(site=self.plan.site_id) | Q(site=None)
            working = Assignment.objects.filter(current(), employee__person__grants__in=Grant.objects.filter(here)).values("employee__person")
            for grant in Grant.objects.filter(here, person__in=working).select_related("person__user").order_by("site_id", "pk"):
                self._desks.setdefault(grant.duty, []).append(grant)
            for duty, grants in self._desks.items():
                self._desks[duty] = [grant.person for grant in sorted(grants, key=lambda grant: (grant.site_id is None, grant.pk))]
        return self._desks.get(role, [])


def refresh(plans) -> int:
    """Give the open steps whose owner left, or that have none, to the next in line; how many changed hands."""
    changed = Counter()
    gone = ~Q(owner__employee__assignments__in=Assignment.objects.filter(current()))
    for plan in plans:
        owners = Owners(plan)
        for step in plan.steps.filter(gone, status="open").exclude(role=Owner.NEWCOMER).distinct():
            found = owners.of(step.role)
            if found and found.pk != step.owner_id:
                step.owner = found
                step.save(update_fields=["owner"])
                changed[plan.pk] += 1
    return sum(changed.values())


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
