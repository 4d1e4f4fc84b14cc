"""Steps of the kind “automatic check”: done when their check answers yes, to do again when it answers no."""

from django.db import transaction

from onboarding.models import Result
from portal import readiness
from portal.plans import transitions
from portal.plans.models import Plan, Step, StepKind


def follow(arrivals: list[int], code: str = "") -> int:
    """Bring the automatic steps of these arrivals in line with the answers (of the check `code`, or of all); how many moved."""
    steps = Step.objects.filter(plan__arrival__in=arrivals, kind=StepKind.CHECK, plan__status=Plan.Status.RUNNING).exclude(asks="")
    steps = steps.filter(asks=code) if code else steps
    waiting = list(steps.values_list("pk", "asks", "status", "plan__arrival"))
    if not waiting:
        return 0
    found = Result.objects.filter(arrival__in={row[3] for row in waiting}, code__in={row[1] for row in waiting})
    states = {(result.arrival_id, result.code): result.state for result in found}
    moved = 0
    for pk, asks, status, arrival in waiting:
        state = states.get((arrival, asks))
        if (status, state) in ((Step.Status.OPEN, readiness.READY), (Step.Status.DONE, readiness.NOT_READY)):
            moved += _move(pk, status, state)
    return moved


def _move(pk: int, status: str, state: str) -> bool:
    """Look again under the lock: somebody may have said that it is not needed meanwhile."""
    with transaction.atomic():
        step = Step.objects.select_for_update(of=("self",)).select_related("plan__site", "plan__person").get(pk=pk)
        if step.status != status:
            return False
        if state == readiness.READY:
            transitions.finish_by_fact(step, by=None, note="check")
        else:
            transitions.reopen_by_fact(step, note="check")
    return True
