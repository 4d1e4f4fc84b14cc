"""Asks the systems themselves whether an account that is asked back still answers; a silence proves nothing."""

from collections import Counter
from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q

from portal import clock
from portal.plans import probes, returns
from portal.plans.models import AskedBack, Plan, PlanKind
from portal.readiness import CANNOT_TELL, NOT_READY, READY

AGAIN = timedelta(minutes=25)
AT_ONCE = 8  # accounts asked together
MOST = 80  # accounts of one run
GIVEN_UP_AFTER = 4  # silences of one system, after which this run asks it no more


def due() -> list[AskedBack]:
    """What is to be asked now, the longest unasked first: accounts past their day, and those a desk closed until the system agrees."""
    now = clock.now()
    open_or_unproved = Q(how="", step__due_on__lte=clock.today()) | (Q(how=AskedBack.How.CLOSED) & ~Q(heard=NOT_READY))
    time = Q(asked_at=None) | Q(asked_at__lte=now - AGAIN) | Q(asked_at__gt=now)  # asked later than now: the clock was put back since
    # A system speaks for the first account of its kind, as it did on arrival: its no says nothing of a second one elsewhere.
    older = AskedBack.objects.filter(plan=OuterRef("plan"), access__thing=OuterRef("access__thing"), access__lt=OuterRef("access"))
    rows = AskedBack.objects.filter(open_or_unproved, time, ~Exists(older), plan__kind=PlanKind.DEPARTURE, plan__status=Plan.Status.RUNNING)
    rows = rows.filter(access__thing__in=probes.things()).exclude(access__address="").select_related("access", "plan__site", "step")
    rows = rows.order_by(F("asked_at").asc(nulls_first=True), "pk")[:MOST]
    return [row for row in rows if row.how or row.step.due_on <= row.plan.today()]


def contradicted(plan: Plan) -> list[AskedBack]:
    """The accounts that a desk closed and that the system itself still answers for."""
    return list(plan.asked_back.filter(how=AskedBack.How.CLOSED, heard=READY).select_related("access", "step"))


def ask() -> int:
    """Ask about each account that is due and keep what was said; how many could be told."""
    told, silences = 0, Counter()
    rows = [(row, probes.of(row.access.thing, row.access.address)) for row in due()]
    for start in range(0, len(rows), AT_ONCE):
        part = rows[start : start + AT_ONCE]
        asked = [(row, name, probe) for row, questions in part for name, probe in questions.items() if silences[name] < GIVEN_UP_AFTER]
        answers = probes.together([probe for _row, _name, probe in asked])
        heard: dict[int, dict[str, str]] = {}
        for (row, name, _probe), answer in zip(asked, answers, strict=True):
            silences[name] = silences[name] + 1 if answer.state == CANNOT_TELL else 0
            heard.setdefault(row.pk, {})[name] = answer.state
        for row, questions in part:
            told += _keep(row, in_one([heard.get(row.pk, {}).get(name, CANNOT_TELL) for name in questions]))
    return told


def in_one(states: list[str]) -> str:
    """What several systems say together: any yes is a yes, and a no is a no of each."""
    if READY in states:
        return READY
    return NOT_READY if states and set(states) == {NOT_READY} else CANNOT_TELL


def _keep(row: AskedBack, state: str) -> bool:
    """Note what was heard; an account that no longer answers is proved closed. Whether anybody could tell."""
    AskedBack.objects.filter(pk=row.pk, how=row.how).update(heard=state, asked_at=clock.now())
    if state == NOT_READY:
        returns.no_longer_answers(row)
    return state != CANNOT_TELL
