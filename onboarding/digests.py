"""One letter a morning to whoever has something to do, and the louder ones when a first day comes near; each once."""

from collections import defaultdict
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q

from portal import clock, post
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
    steps = Step.objects.waiting().filter(due_on__lte=now.date() + SOON, plan__site__in=awake(now), **which).exclude(role=Owner.NEWCOMER)
    return steps.select_related("plan__site", "plan__person", "owner__user").order_by("due_on", "pk")


def write(now: datetime | None = None) -> int:
    """Write the digests of this morning; how many. Run as often as you like: each has a key of its own."""
    now = now or clock.now()
    refresh(
        Plan.objects.running()
        .filter(first_day__gte=now.date() - timedelta(days=7))
        .filter(steps__status=Step.Status.OPEN, steps__owner=None)
        .select_related("site", "manager", "buddy")
        .distinct()
    )
    mine: dict[Person, list[Step]] = defaultdict(list)
    for step in _to_do(now, owner__user__isnull=False).exclude(owner__in=_told(now)):
        if step.owner.user:
            mine[step.owner].append(step)
    written = sum(_to_person(person, steps, now) for person, steps in mine.items())
    return written + _to_desks(now)


def _told(now: datetime) -> list[int]:
    """Who had their letter today already, so that a quarter of an hour later nothing is read again."""
    keys = Mail.objects.filter(key__startswith=f"digest:{now.date()}:").values_list("key", flat=True)
    return [int(key.rpartition(":")[2]) for key in keys]


def _lines(steps: list[Step]) -> dict:
    """The steps a letter names, and how many more there are."""
    return {"shown": steps[:MOST_LINES], "more": max(0, len(steps) - MOST_LINES)}


def _to_person(person: Person, steps: list[Step], now: datetime) -> bool:
    day = now.astimezone(ZoneInfo(steps[0].plan.site.timezone)).date()
    context = {"person": person, "steps": steps, **_lines(steps), "day": day, "late": sum(step.due_on < day for step in steps)}
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
        day = now.astimezone(ZoneInfo(steps[0].plan.site.timezone)).date()
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
    near = now.date() + timedelta(days=12)
    steps = (
        Step.objects.waiting()
        .before_nine()
        .exclude(role=Owner.NEWCOMER)
        .exclude(plan__kind=PlanKind.DEPARTURE)
        .filter(escalated__lt=LEVELS[0][0])
        .filter(plan__first_day__gte=now.date(), plan__first_day__lte=near, due_on__lte=now.date(), plan__site__in=awake(now))
    )
    audiences: dict[tuple, list[Person]] = {}
    levels: dict[int, tuple[int, str]] = {}  # of each plan: all its steps are as far from the first day
    told: dict[tuple[int, int], list[Step]] = defaultdict(list)
    people: dict[int, Person] = {}
    for step in steps.select_related("plan__site", "plan__person", "plan__manager__user", "plan__buddy", "owner__user").order_by("plan__first_day", "pk"):
        if step.plan_id not in levels:
            levels[step.plan_id] = level_of(step, now)
        level, who = levels[step.plan_id]
        if level <= step.escalated:
            continue
        key = (who, step.plan.site_id if who == "hr" else step.owner_id, step.plan.manager_id)
        if key not in audiences:
            audiences[key] = _audience(step, who)
        for person in audiences[key]:
            told[(level, person.pk)].append(step)
            people[person.pk] = person
    return sum(_loudly(level, people[key], steps, now) for (level, key), steps in sorted(told.items(), key=lambda item: item[0]))


def level_of(step: Step, now: datetime) -> tuple[int, str]:
    """How loud this step is today, and who hears it."""
    today = now.astimezone(ZoneInfo(step.plan.site.timezone)).date()
    left = step.plan.days.between(today, step.plan.first_day)
    return next(((level, who) for level, days, who in LEVELS if left <= days), (0, ""))


def _audience(step: Step, who: str) -> list[Person]:
    if who == "owner":
        found = [step.owner]
    elif who == "manager":
        above = Assignment.objects.filter(current(), employee__person=step.owner_id).values("manager") if step.owner_id else []
        found = list(Person.objects.filter(pk__in=above).select_related("user")) or [step.plan.manager]
    else:
        found = Owners(step.plan).desk(Owner.HR)
    return [person for person in found if person and person.user]


def _loudly(level: int, person: Person, steps: list[Step], now: datetime) -> bool:
    day = now.date()
    with transaction.atomic():
        context = {"person": person, **_lines(steps), "level": level}
        key = f"escalation:{level}:{day}:{person.pk}"
        mail = post.write_from(
            "onboarding/mail/escalation.txt", to=person.user.email, context=context, language=person.user.language, kind="onboarding.escalation", key=key
        )
        if mail is None:  # they had this letter today; what came up since is told tomorrow
            return False
        Step.objects.filter(Q(escalated__lt=level), pk__in=[step.pk for step in steps]).update(escalated=level)
    return True
