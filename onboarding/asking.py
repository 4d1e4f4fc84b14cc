"""Asks the checks of all coming arrivals: writes only what changed, one run at a time, and never goes green by silence."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import Prefetch, Q

from onboarding import settling
from onboarding.models import Arrival, Lease, Result
from portal import bell, clock, readiness
from portal.people.models import Assignment
from portal.people.models.employment import ToldTo
from portal.plans import probes
from portal.plans.models import Absence, Access, Plan, PlanKind, Step, Unit

AHEAD = timedelta(days=35)  # arrivals further off are not asked about yet
NEAR = timedelta(days=7)  # from here on every run asks, before that once an hour
AFTER = timedelta(days=7)  # what is missing on day one is still asked about for a week
FAR_EVERY = timedelta(minutes=55)
CHUNK = 100
LEASE = timedelta(minutes=2)
# Other systems: how many questions at once, and after how many silences in a row the rest of the run is spared.
THREADS = 8
GIVEN_UP_AFTER = 4
FRESH = timedelta(minutes=14)
MOST_BACK_OFF = timedelta(hours=2)


# --- one run at a time --------------------------------------------------------------------------------
def take(name: str) -> str | None:
    """Take the lease `name` for LEASE; its token, or None while another run holds it."""
    Lease.objects.get_or_create(name=name)
    token, now = secrets.token_hex(8), clock.now()
    # Nobody takes it for longer than LEASE: what ends far beyond that was written by a clock put back since. "Far", because
    # another run may have read its clock a moment after us and taken the lease a moment before.
    over = Q(until__lte=now) | Q(until__gt=now + 2 * LEASE)
    taken = Lease.objects.filter(over, name=name).update(holder=token, until=now + LEASE)
    return token if taken else None


def renew(name: str, token: str) -> bool:
    """Hold the lease for LEASE more; False when it was lost meanwhile."""
    return bool(Lease.objects.filter(name=name, holder=token).update(until=clock.now() + LEASE))


def give_back(name: str, token: str) -> None:
    Lease.objects.filter(name=name, holder=token).update(until=clock.now(), holder="")


# --- whom to ask about --------------------------------------------------------------------------------
def due(now=None, *, all_of_them: bool = False):
    """The arrivals to ask about now: those near each time, those further off once an hour."""
    now = now or clock.now()
    day = clock.day(now)
    coming = Arrival.objects.filter(
        plan__kind=PlanKind.ARRIVAL, plan__status=Plan.Status.RUNNING, plan__first_day__gte=day - AFTER, plan__first_day__lte=day + AHEAD
    )
    if all_of_them:
        return coming
    return coming.filter(Q(plan__first_day__lte=day + NEAR) | Q(asked_at=None) | Q(asked_at__lt=now - FAR_EVERY) | Q(asked_at__gt=now))


def loaded(arrivals) -> list[Arrival]:
    """The arrivals with all a check may look at, in a fixed number of queries."""
    found = list(
        arrivals.select_related("plan__person", "plan__site", "plan__manager", "plan__buddy").prefetch_related(
            Prefetch("plan__steps", Step.objects.only("plan_id", "key", "status", "equipment", "due_on", "mandatory", "family")),
            Prefetch("plan__accesses", Access.objects.all()),
            Prefetch("plan__units", Unit.objects.select_related("model")),
            "results",
        )
    )
    people = {pk for arrival in found for pk in (arrival.plan.buddy_id, arrival.plan.manager_id) if pk}
    seats: dict[int, list] = {}
    held = Assignment.objects.filter(employee__person__in=people).values_list("employee__person", "started_on", "ended_on", "employee__end_told_to")
    for person, start, end, told_to in held:
        known = end if told_to == ToldTo.COLLEAGUES or (end and end < clock.today()) else None  # a check tells nobody's secret
        seats.setdefault(person, []).append((start, known))
    absences = list(Absence.objects.filter(person__in=people, ends_on__gte=clock.today() - AFTER).values_list("person", "starts_on", "ends_on"))
    for arrival in found:
        day = arrival.plan.first_day
        away = {person for person, start, end in absences if start <= day <= end}
        arrival.present = {
            pk: pk not in away and any(start <= day and (end is None or end >= day) for start, end in seats.get(pk, []))
            for pk in (arrival.plan.buddy_id, arrival.plan.manager_id)
            if pk
        }
    return found


# --- asking -------------------------------------------------------------------------------------------
def run(*, all_of_them: bool = False, now=None) -> int | None:
    """Ask about every arrival that is due; how many, or None when another run is at it."""
    token = take("arrivals")
    if token is None:
        return None
    try:
        keys, asked = list(due(now, all_of_them=all_of_them).values_list("pk", flat=True)), 0
        for start in range(0, len(keys), CHUNK):
            if not renew("arrivals", token):
                return asked  # this run was taken for dead, and another one goes on
            asked += ask_about(keys[start : start + CHUNK])
        for code in Result.objects.filter(_waits(), remote=True).values_list("code", flat=True).distinct().order_by("code"):
            bell.ring("onboarding.ask_system", args=[code])
        return asked
    finally:
        give_back("arrivals", token)


def ask_about(keys: list[int]) -> int:
    """Ask every check about these arrivals and write what changed."""
    arrivals = loaded(Arrival.objects.filter(pk__in=keys))
    now, fresh, changed, gone = clock.now(), [], [], []
    for arrival in arrivals:
        known = {result.code: result for result in arrival.results.all()}
        for check in readiness.every():
            answer = readiness.ask(check, arrival)
            before = known.pop(check.code, None)
            if answer is None:
                gone += [before.pk] if before else []
            elif callable(answer):
                _plan_to_ask(arrival, check, before, now, fresh, changed)
            else:
                _keep(arrival, check, answer, before, now, fresh, changed)
        gone += [result.pk for result in known.values()]
    with transaction.atomic():
        Result.objects.filter(pk__in=gone).delete()
        Result.objects.bulk_create(fresh, ignore_conflicts=True)
        Result.objects.bulk_update(changed, ["state", "reason", "words", "changed_at", "remote", "ask_at", "silent", "asked_at"])
        Arrival.objects.filter(pk__in=[arrival.pk for arrival in arrivals]).update(asked_at=now)
    settling.follow(keys)
    return len(arrivals)


def _keep(arrival, check, answer, before, now, fresh, changed) -> None:
    """Note an answer on our own data, if it differs from the one before."""
    values = {"state": answer.state, "reason": answer.reason, "words": answer.words, "remote": False, "ask_at": None, "silent": 0, "asked_at": None}
    if before is None:
        fresh.append(Result(arrival=arrival, code=check.code, family=check.family, changed_at=now, **values))
    elif any(getattr(before, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(before, name, value)
        before.changed_at = now
        changed.append(before)


def _plan_to_ask(arrival, check, before, now, fresh, changed) -> None:
    """Another system is to be asked: at once when it never was; until it answered, nobody can tell."""
    if before is None:
        fresh.append(Result(arrival=arrival, code=check.code, family=check.family, state=readiness.CANNOT_TELL, changed_at=now, remote=True, ask_at=now))
    elif not before.remote:
        before.remote, before.ask_at, before.state, before.reason, before.words, before.changed_at = True, now, readiness.CANNOT_TELL, "", {}, now
        changed.append(before)


# --- other systems ------------------------------------------------------------------------------------
def ask_system(code: str) -> int | None:
    """Ask one other system all that is due; how many answers, or None when a run of this system is at it already."""
    check = readiness.get(code)
    name = f"system {code}"[:40]
    token = take(name) if check else None
    if token is None:
        return None
    try:
        answered, silences = 0, 0
        while renew(name, token) and (rows := _due_rows(code)):
            answers, silences = _ask_all(check, rows, silences)
            _note(rows, answers)
            settling.follow([row.arrival_id for row in rows], code)
            answered += len(rows)
        return answered
    finally:
        give_back(name, token)


def _waits() -> Q:
    """What is to be asked now; further off than anybody is ever put off means that the clock was put back."""
    now = clock.now()
    return Q(ask_at__lte=now) | Q(ask_at__gt=now + MOST_BACK_OFF)


def _due_rows(code: str) -> list[Result]:
    rows = Result.objects.filter(_waits(), code=code, remote=True).order_by("ask_at").select_related("arrival__plan")
    return list(rows[: THREADS * 3])


def _ask_all(check, rows, silences: int):
    """The answers to `rows` in their order. After GIVEN_UP_AFTER silences in a row the rest is not asked: it would wait as long."""
    arrivals = {arrival.pk: arrival for arrival in loaded(Arrival.objects.filter(pk__in=[row.arrival_id for row in rows]))}
    questions = [readiness.ask(check, arrivals[row.arrival_id]) for row in rows]
    answers = []
    for start in range(0, len(rows), THREADS):
        part = questions[start : start + THREADS]
        if silences >= GIVEN_UP_AFTER:
            answers += [None] * len(part)
            continue
        for answer in probes.together(part):
            silences = silences + 1 if answer is not None and answer.state == readiness.CANNOT_TELL else 0
            answers.append(answer)
    return answers, silences


def _note(rows: list[Result], answers: list) -> None:
    """Keep the answers; whoever stayed silent is asked again later and later, at most every two hours."""
    now = clock.now()
    for row, answer in zip(rows, answers, strict=True):
        could_tell = answer is not None and answer.state != readiness.CANNOT_TELL
        row.silent = 0 if could_tell else row.silent + 1
        again = FRESH if row.arrival.plan.first_day <= clock.day(now) + NEAR else FAR_EVERY
        row.ask_at = now + (again if could_tell else min(timedelta(minutes=2 ** min(row.silent, 8)), MOST_BACK_OFF))
        row.asked_at = now
        state = answer.state if answer else readiness.CANNOT_TELL
        reason, words = (answer.reason, answer.words) if answer else (row.reason if row.state == state else "", row.words if row.state == state else {})
        if (row.state, row.reason, row.words) != (state, reason, words):
            row.state, row.reason, row.words, row.changed_at = state, reason, words, now
    Result.objects.bulk_update(rows, ["state", "reason", "words", "changed_at", "ask_at", "asked_at", "silent"])


def demand_fresh(arrival: Arrival) -> None:
    """Somebody asks now: the other systems are asked again at once."""
    Result.objects.filter(arrival=arrival, remote=True).update(ask_at=clock.now())
    ask_about([arrival.pk])
    for code in Result.objects.filter(arrival=arrival, remote=True).values_list("code", flat=True):
        bell.ring("onboarding.ask_system", args=[code])
