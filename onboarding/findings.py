"""What the checks found that no open step would tell: said to be done, and not there."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse

from onboarding.models import Result
from portal import clock, readiness
from portal.people.models import Person, Site
from portal.plans.models import Plan, PlanKind, Step
from portal.plans.owners import Owners

AHEAD = timedelta(days=21)  # days; no check asks earlier than ten working days before


@dataclass(frozen=True)
class Finding:
    """One answer that is not yes though its day has come, and who sees to it."""

    result: Result
    plan: Plan
    owner: Person | None
    left: int  # working days to the first day

    @property
    def owner_id(self) -> int | None:
        return self.owner.pk if self.owner else None

    @property
    def url(self) -> str:
        return reverse("onboarding:arrival_readiness", args=[self.result.arrival_id])


def found(now: datetime, sites: list[Site]) -> list[Finding]:
    """What is due, not ready or not to be told, and hidden behind no open step of the same desk and family."""
    results = (
        Result.objects.exclude(state=readiness.READY)
        .filter(arrival__plan__kind=PlanKind.ARRIVAL, arrival__plan__status=Plan.Status.RUNNING, arrival__plan__site__in=sites)
        .filter(arrival__plan__first_day__gte=clock.day(now), arrival__plan__first_day__lte=clock.day(now) + AHEAD)
        .prefetch_related("arrival__plan__site", "arrival__plan__person", "arrival__plan__manager__user", "arrival__plan__buddy__user")
        .order_by("arrival__plan__first_day", "pk")
    )
    results = [result for result in results if result.question]
    plans = {result.arrival.plan_id for result in results}
    # Of these plans alone, without a join: they run, and nothing of an arrival is quiet.
    open_steps = Step.objects.filter(plan__in=plans, status=Step.Status.OPEN, mandatory=True).order_by()
    days = {result.arrival.plan_id: result.arrival.plan.first_day for result in results}
    told = {(plan, role, family) for plan, role, family, due_on in open_steps.values_list("plan", "role", "family", "due_on") if due_on <= days[plan]}
    lefts: dict[int, int] = {}
    owners: dict[tuple, Person | None] = {}
    rows = []
    for result in results:
        plan, check = result.arrival.plan, result.question
        if plan.pk not in lefts:
            lefts[plan.pk] = plan.days.between(clock.day(now, plan.site.timezone), plan.first_day)
        if lefts[plan.pk] > check.days_before or (plan.pk, check.role, check.family) in told:
            continue
        key = (plan.site_id, plan.manager_id, plan.buddy_id, check.role)
        if key not in owners:
            owners[key] = Owners(plan).of(check.role)
        rows.append(Finding(result, plan, owners[key], lefts[plan.pk]))
    return rows
