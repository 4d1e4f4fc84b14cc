"""One letter a morning to whoever has something to do, and the louder ones when a first day comes near; each once."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q

from onboarding.findings import Finding, found
from onboarding.models import Result
from portal import clock, post, readiness
from portal.models import Mail
from portal.people.models import Assignment, Person, Site
from portal.people.models.employment import current
from portal.plans.links import link_to
from portal.plans.models import Desk, Owner, Plan, PlanKind, Step
from portal.plans.owners import Owners, refresh
from portal.plans.planning import WorkingDays

FIRST_HOUR, LAST_HOUR = 7, 19  # by the site's own clock: quiet before and after
SOON = timedelta(days=2)
MOST_LINES = 40  # of one letter; the rest is on their page
# (level, working days before the first day, who is written to)
LEVELS = [(3, 1, "hr"), (2, 3, "manager"), (1, 5, "owner")]


def is_morning(zone: str, days, now: datetime) -> bool:
    """Whether letters may leave now at a site: a working day, outside the quiet hours."""
    local = now.astimezone(ZoneInfo(zone))
    return FIRST_HOUR <= local.hour < LAST_HOUR and days.works(local.date())


def awake(now: datetime) -> list[Site]:
    """The sites where letters may leave now."""
    return [site for site in Site.objects.all() if is_morning(site.timezone, WorkingDays(site.country), now)]


def _to_do(now: datetime, **which):
    """The steps late or due within SOON, at the sites where it is morning."""
    steps = Step.objects.waiting().filter(due_on__lte=clock.day(now) + SOON, plan__site__in=awake(now), **which).exclude(role=Owner.NEWCOMER)
    return steps.defer("answers").prefetch_related("plan__site", "plan__person", "owner__user").order_by("due_on", "pk")  # few plans, many steps


def write(now: datetime | None = None) -> int:
    """Write the digests of this morning; how many. Run as often as you like: each has a key of its own."""
    now = now or clock.now()
    refresh(clock.day(now) + SOON)
    told = set(_told(now))
    mine: dict[Person, tuple[list[Step], list[Finding]]] = defaultdict(lambda: ([], []))
    for step in _to_do(now, owner__user__isnull=False).exclude(owner__in=told):
        if step.owner.user:
            mine[step.owner][0].append(step)
    for finding in found(now, awake(now)):
        if finding.owner and finding.owner.user and finding.owner_id not in told:
            mine[finding.owner][1].append(finding)
    written = sum(_to_person(person, steps, findings, now) for person, (steps, findings) in mine.items())
    return written + _to_desks(now)


def _told(now: datetime) -> list[int]:
    """Who had their letter today already, so that a quarter of an hour later nothing is read again."""
    keys = Mail.objects.filter(key__startswith=f"digest:{clock.day(now)}:").values_list("key", flat=True)
    return [int(key.rpartition(":")[2]) for key in keys]


def _lines(steps: list[Step], findings: list[Finding]) -> dict:
    """The steps and findings a letter names, and how many more there are."""
    return {
        "shown": steps[:MOST_LINES],
        "more": max(0, len(steps) - MOST_LINES),
        "findings": findings[:MOST_LINES],
        "more_findings": max(0, len(findings) - MOST_LINES),
    }


def _to_person(person: Person, steps: list[Step], findings: list[Finding], now: datetime) -> bool:
    day = clock.day(now, (steps or findings)[0].plan.site.timezone)
    context = {"person": person, "steps": steps, **_lines(steps, findings), "day": day, "late": sum(step.due_on < day for step in steps)}
    key = f"digest:{day}:{person.pk}"
    if Mail.objects.filter(key=key).exists():  # asked every quarter of an hour: nothing is drawn twice
        return False
    user = person.user
    return post.write_from("onboarding/mail/digest.txt", to=user.email, context=context, language=user.language, kind="onboarding.digest", key=key) is not None


def _to_desks(now: datetime) -> int:
    """The desks that never sign in: one letter a day with every step and a link to say it is done."""
    written = 0
    for desk in Desk.objects.select_related("site"):
        steps = list(_to_do(now, role=desk.role, **({"plan__site": desk.site_id} if desk.site_id else {})))
        if not steps:
            continue
        day = clock.day(now, steps[0].plan.site.timezone)
        rows = [(step, link_to(step)) for step in steps]
        context = {"desk": desk, "rows": rows, "day": day}
        key = f"desk:{day}:{desk.pk}"
        written += (
            post.write_from("onboarding/mail/desk.txt", to=desk.email, context=context, language=desk.language, kind="onboarding.desk", key=key) is not None
        )
    return written


def escalate(now: datetime | None = None) -> int:
    """What must be there on day one and is not: to its owner at D-5, to their manager at D-3, to the People team at D-1.

    The level is kept on the step in the transaction that writes the letter, so it is told once whoever dies meanwhile.
    """
    now = now or clock.now()
    near = clock.day(now) + timedelta(days=12)
    steps = (
        Step.objects.waiting()
        .before_nine()
        .exclude(role=Owner.NEWCOMER)
        .exclude(plan__kind=PlanKind.DEPARTURE)
        .filter(escalated__lt=LEVELS[0][0])
        .filter(plan__first_day__gte=clock.day(now), plan__first_day__lte=near, due_on__lte=clock.day(now), plan__site__in=awake(now))
    )
    rows: list[tuple[int, str, Step | Finding]] = []
    levels: dict[int, tuple[int, str]] = {}  # of each plan: all its steps are as far from the first day
    for step in (
        steps.defer("answers")
        .prefetch_related("plan__site", "plan__person", "plan__manager__user", "plan__buddy", "owner__user")
        .order_by("plan__first_day", "pk")
    ):
        if step.plan_id not in levels:
            levels[step.plan_id] = level_of(step.plan.days.between(_today(step.plan, now), step.plan.first_day))
        level, who = levels[step.plan_id]
        if level > step.escalated:
            rows.append((level, who, step))
    Result.objects.filter(state=readiness.READY, escalated__gt=0).update(escalated=0)  # what breaks again is told again
    for finding in found(now, awake(now)):
        level, who = level_of(finding.left)
        if level > finding.result.escalated:
            rows.append((level, who, finding))
    audiences: dict[tuple, list[Person]] = {}
    told: dict[tuple[int, int], list[Step | Finding]] = defaultdict(list)
    people: dict[int, Person] = {}
    for level, who, row in rows:
        key = (who, row.plan.site_id if who == "hr" else row.owner_id, row.plan.manager_id)
        if key not in audiences:
            audiences[key] = _audience(row, who)
        for person in audiences[key]:
            told[(level, person.pk)].append(row)
            people[person.pk] = person
    return sum(_loudly(level, people[key], rows, now) for (level, key), rows in sorted(told.items(), key=lambda item: item[0]))


def _today(plan: Plan, now: datetime) -> date:
    return clock.day(now, plan.site.timezone)


def level_of(left: int) -> tuple[int, str]:
    """How loud something is `left` working days before the first day, and who hears it."""
    return next(((level, who) for level, days, who in LEVELS if left <= days), (0, ""))


def _audience(step: Step | Finding, who: str) -> list[Person]:
    if who == "owner":
        found = [step.owner]
    elif who == "manager":
        above = Assignment.objects.filter(current(), employee__person=step.owner_id).values("manager") if step.owner_id else []
        found = list(Person.objects.filter(pk__in=above).select_related("user")) or [step.plan.manager]
    else:
        found = Owners(step.plan).desk(Owner.HR)
    return [person for person in found if person and person.user]


def _loudly(level: int, person: Person, rows: list[Step | Finding], now: datetime) -> bool:
    day = clock.day(now)
    steps = [row for row in rows if isinstance(row, Step)]
    findings = [row for row in rows if isinstance(row, Finding)]
    with transaction.atomic():
        context = {"person": person, **_lines(steps, findings), "level": level}
        key = f"escalation:{level}:{day}:{person.pk}"
        mail = post.write_from(
            "onboarding/mail/escalation.txt", to=person.user.email, context=context, language=person.user.language, kind="onboarding.escalation", key=key
        )
        if mail is None:  # they had this letter today; what came up since is told tomorrow
            return False
        Step.objects.filter(Q(escalated__lt=level), pk__in=[step.pk for step in steps]).update(escalated=level)
        Result.objects.filter(escalated__lt=level, pk__in=[finding.result.pk for finding in findings]).update(escalated=level)
    return True
