"""Arrivals of the demo company: five weeks of people who come, with two things late, and the first mornings behind us."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from onboarding import asking, transitions
from onboarding.models import Arrival, CheckIn, Morning, MorningItem
from onboarding.models.morning import Seen
from portal import clock, readiness
from portal.models import Attempt, Delivery, TaskRun
from portal.people.models import Assignment, Person
from portal.plans import announcing, vault
from portal.plans.models import Access, AccessCode, Plan, Step, Unit
from portal.plans.models import Delivery as HandedBy
from portal.webhooks import events, sending
from portal.webhooks import transitions as webhooks

DESKS = ["2.14", "1.03", "3.21", "2.02", "1.17"]  # a seat has one name in both languages
# What is late: (how far off the first day is, the step, working days late are what the calendar makes of it).
LATE = {"field-laptop", "forecast-access"}
PAST = 16
BROKEN = {3: "onboarding.workstation_tested", 7: "onboarding.account", 11: "onboarding.codes"}
NOT_MEASURED = {5}


def live(rivage) -> None:
    for number, person in enumerate(rivage.coming):
        arrive(rivage, person, number)
    for number, person in enumerate(recent(rivage)):
        remember(rivage, person, number)
    asking.ask_about(list(Arrival.objects.filter(plan__first_day__gt=rivage.today).values_list("pk", flat=True)))
    told(rivage)
    asked = clock.machine_now()  # the board says when the checks ran last
    TaskRun.objects.update_or_create(name="onboarding.check_arrivals", defaults={"started_at": asked, "finished_at": asked})


def arrive(rivage, person: Person, number: int) -> None:
    """The plan of somebody who comes, as far as it should be by now."""
    seat = (
        Assignment.objects.select_related("site", "team", "manager", "job", "employee__person__user")
        .filter(employee__person=person, started_on__gt=rivage.today)
        .first()
    )
    if seat is None:
        return
    buddy = rivage.cast["ben"] if person == rivage.cast.get("nia") else _buddy(rivage, seat)
    lacks_buddy = (seat.started_on - rivage.monday).days == 17
    arrival = transitions.open(seat, by=rivage.cast["hugo"].user, address=_address(person), buddy=None if lacks_buddy else buddy)
    plan = arrival.plan
    if buddy and not lacks_buddy and plan.buddy_id is None:  # hired through recruitment: the plan is older than this room
        Plan.objects.filter(pk=plan.pk).update(buddy=buddy)
        plan.steps.filter(role="buddy").update(owner=buddy)
    Plan.objects.filter(pk=plan.pk).update(opened_at=rivage.at(-rivage.rng.randint(24, 40), "15:20"))
    late = LATE if 0 < (seat.started_on - rivage.today).days <= 15 else set()
    do_what_was_due(rivage, arrival, late, number)


def _address(person: Person) -> str:
    return f"{person.slug}@courriel.example"


def _buddy(rivage, seat: Assignment) -> Person | None:
    mates = [mate for mate in rivage.members(seat.team) if mate.pk != seat.employee.person_id and mate.pk != seat.manager_id]
    return rivage.pick(mates) if mates else seat.manager


def do_what_was_due(rivage, arrival: Arrival, late: set, number: int) -> None:
    """Steps whose day is past are done, each on its day, but for what is late; some are done ahead."""
    plan = Plan.objects.select_related("site").get(pk=arrival.plan_id)
    for step in plan.steps.select_related("owner__user").filter(status=Step.Status.OPEN):
        early = (
            rivage.chance({"contract": 0.7, "equipment": 0.2}.get(step.family, 0.15))
            and step.due_on <= rivage.day(16)
            and step.kind == "task"
            and step.key not in ("laptop-prepared", "laptop-tested")
        )
        kept_late = step.key in late or (step.key == "name-buddy" and plan.buddy_id is None)
        if (step.due_on >= rivage.today and not early) or kept_late or step.role == "newcomer" or step.by_itself:
            continue
        day = min(step.due_on, rivage.day(-1))
        moment = datetime.combine(day, time(9 + rivage.rng.randint(0, 7), rivage.rng.randint(0, 59)), ZoneInfo(plan.site.timezone))
        Step.objects.filter(pk=step.pk).update(status=Step.Status.DONE, done_at=moment, done_by=step.owner.user if step.owner else None)
        settle(rivage, plan, step, moment)
    if plan.steps.filter(key="desk-and-seat", status=Step.Status.DONE).exists():
        Plan.objects.filter(pk=plan.pk).update(desk=DESKS[number % len(DESKS)])
    if plan.days.between(rivage.today, plan.first_day) <= 3:
        Arrival.objects.filter(pk=arrival.pk).update(agenda_sent_at=rivage.at(-1, "09:10"))


def settle(rivage, plan: Plan, step: Step, moment: datetime) -> None:
    """What a done step left behind: an access that is open, a code in the vault, a unit with its state."""
    access = Access.objects.filter(step=step).first()
    if access:
        Access.objects.filter(pk=access.pk).update(status=Access.Status.OPEN, opened_at=moment)
        if access.delivery == HandedBy.CODE:
            token, key_id = vault.seal(f"{rivage.rng.randint(1000, 9999)}{rivage.pick('#*')}")
            AccessCode.objects.create(access=access, token=token, key_id=key_id, written_at=moment, written_by=step.owner.user if step.owner else None)
    if step.reaches == Unit.Status.ASSIGNED:
        unit = (
            Unit.objects.filter(model__kind=step.equipment, status=Unit.Status.STOCK, site=plan.site).first()
            or Unit.objects.filter(model__kind=step.equipment, status=Unit.Status.STOCK).first()
        )
        if unit:
            Unit.objects.filter(pk=unit.pk).update(status=Unit.Status.ASSIGNED, holder=plan.person, plan=plan, changed_at=moment, site=plan.site)
    elif step.reaches:
        Unit.objects.filter(plan=plan, model__kind=step.equipment).update(status=step.reaches, changed_at=moment)


# --- mornings behind us -------------------------------------------------------------------------------
def recent(rivage) -> list[Person]:
    """Who began in the last twelve weeks."""
    seats = Assignment.objects.filter(
        started_on__lt=rivage.today - timedelta(days=2), started_on__gte=rivage.day(-84), employee__joined_on__gte=rivage.day(-84), ended_on=None
    )
    return [seat.employee.person for seat in seats.select_related("employee__person__user").order_by("started_on", "pk")[:PAST]]


def remember(rivage, person: Person, number: int) -> None:
    """The plan of somebody who began, and what the house saw at nine."""
    seat = Assignment.objects.select_related("site", "team", "manager", "job", "employee__person__user").filter(employee__person=person).first()
    arrival = transitions.open(seat, by=rivage.cast["hugo"].user, buddy=_buddy(rivage, seat))
    plan = arrival.plan
    plan.accesses.update(status=Access.Status.GIVEN, given_at=rivage.at((seat.started_on - rivage.today).days, "09:20"))
    for step in plan.steps.filter(due_on__lt=rivage.today):
        moment = datetime.combine(step.due_on, time(10, 30), ZoneInfo(plan.site.timezone))
        Step.objects.filter(pk=step.pk).update(status=Step.Status.DONE, done_at=moment)
    Plan.objects.filter(pk=plan.pk).update(
        opened_at=datetime.combine(seat.started_on - timedelta(days=33), time(11), ZoneInfo(plan.site.timezone)), desk=DESKS[number % len(DESKS)]
    )
    Arrival.objects.filter(pk=arrival.pk).update(agenda_sent_at=datetime.combine(seat.started_on - timedelta(days=4), time(9), ZoneInfo(plan.site.timezone)))
    nine = datetime.combine(seat.started_on, time(9), ZoneInfo(plan.site.timezone))
    seen = Seen.BROKEN if number in BROKEN else Seen.NOT_MEASURED if number in NOT_MEASURED else Seen.KEPT
    morning = Morning.objects.create(arrival=arrival, first_day=seat.started_on, nine=nine, seen=seen, recorded_at=nine + timedelta(seconds=20))
    items = [
        _item(morning, check.code, seen, nine)
        for check in readiness.every()
        if check.code.startswith("onboarding.") and not check.code.endswith(("scim_account", "ldap_account", "calendar"))
    ]
    for item in items:
        if seen == Seen.BROKEN and item.code == BROKEN.get(number):
            item.seen = Seen.BROKEN
    MorningItem.objects.bulk_create(items)
    CheckIn.objects.filter(arrival=arrival, due_on__lt=rivage.today).update(asked_at=nine + timedelta(days=7))
    _answer(rivage, arrival)


def _item(morning: Morning, code: str, seen: str, nine: datetime) -> MorningItem:
    return MorningItem(morning=morning, code=code, seen=Seen.NOT_MEASURED if seen == Seen.NOT_MEASURED else Seen.KEPT, asked_at=nine - timedelta(minutes=10))


WORDS = {
    "fr": ("On répond vite à mes questions.", "Un deuxième écran.", "Présenter les équipes voisines plus tôt."),
    "en": ("People answer quickly when I ask.", "A second screen.", "Introduce the neighbouring teams earlier."),
}


def _answer(rivage, arrival: Arrival) -> None:
    checkin = arrival.checkins.filter(milestone="week", asked_at__isnull=False).first()
    if checkin and rivage.chance(0.7):
        works, lacks, wish = WORDS[rivage.language(arrival.plan.person)]
        CheckIn.objects.filter(pk=checkin.pk).update(works=works, lacks=lacks, wish=wish, answered_at=checkin.asked_at + timedelta(hours=5))


# --- other systems that are told ------------------------------------------------------------------------
def told(rivage) -> None:
    """The badge desk hears everything; the old ticket system was switched off, and what it was told was given up."""
    by = rivage.cast["hugo"].user
    hooks = f"http://127.0.0.1:{settings.SYSTEMS_PORT}/hooks"
    badges, _secret = webhooks.subscribe({"name": "Badgeuse", "url": hooks, "events": ["step.due", "step.done", "arrival.moved"], "names": True}, by=by)
    tickets, _secret = webhooks.subscribe(
        {"name": "Ticket system (old)", "url": "https://tickets.rivage.example/hooks", "events": ["step.overdue", "arrival.cancelled"], "names": False}, by=by
    )
    done = (
        Step.objects.filter(role="security", status=Step.Status.DONE, done_at__isnull=False).select_related("plan__person", "plan__site").order_by("-done_at")
    )
    late = Step.objects.waiting().filter(role="it", due_on__lt=rivage.today).select_related("plan__person", "plan__site").order_by("due_on")
    for step in done[:9]:
        _delivery(badges, "step.done", step, step.done_at, Delivery.State.DELIVERED, [(204, "")])
    for step in late[:3]:
        begun = rivage.at(-4, "08:27")
        _delivery(tickets, "step.overdue", step, begun, Delivery.State.DEAD, [(None, "address refused")] * sending.MOST_ATTEMPTS)


def _delivery(subscription, event: str, step: Step, at: datetime, state: str, answers: list) -> None:
    """One delivery as it would stand in the log, with its attempts."""
    row = events._row(subscription, event, events.News(announcing.said(step), announcing.about(step.plan.person_id)))
    row.written_at = row.send_after = at
    row.state, row.attempts, row.settled_at = state, len(answers), at + timedelta(hours=30 if len(answers) > 1 else 0)
    row.save(force_insert=True)
    hours = [0, 0.02, 0.1, 0.4, 1.4, 5.7, 17.7, 29.7]
    Attempt.objects.bulk_create(
        Attempt(delivery=row, at=at + timedelta(hours=hours[number]), status=status, fault=fault, milliseconds=41 + 7 * number)
        for number, (status, fault) in enumerate(answers)
    )
