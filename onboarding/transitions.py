"""What changes in arrivals: opening one, moving it, cancelling it, the private link, the account."""

from datetime import date

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from onboarding import announcing, letters
from onboarding.models import Arrival, CheckIn
from portal import audit, clock
from portal.accounts.models import User
from portal.moves import MoveRefused, locked, remember
from portal.people import path, visibility
from portal.people.models import Assignment, Employee, Person
from portal.plans import planning
from portal.plans import transitions as plans
from portal.plans.models import Plan, PlanKind

# When the three check-ins are asked: (milestone, moment after the first day).
CHECKINS = [
    (CheckIn.Milestone.WEEK, planning.Moment(planning.Anchor.FIRST_DAY, 1, planning.Span.WEEKS)),
    (CheckIn.Milestone.MONTH, planning.Moment(planning.Anchor.FIRST_DAY, 1, planning.Span.MONTHS)),
    (CheckIn.Milestone.QUARTER, planning.Moment(planning.Anchor.FIRST_DAY, 3, planning.Span.MONTHS)),
]


def welcome(employee: Employee, *, by, address: str = "") -> Arrival | None:
    """Someone was hired: open the plan of each coming seat that has none, in the transaction of the hire."""
    seat = employee.assignments.coming().select_related("site", "team", "manager", "job").order_by("-main", "started_on").first()
    if seat is None:
        return None
    address = address or (employee.person.user.email if employee.person.user else "")
    return open(seat, by=by, address=address)


def open(seat: Assignment, *, by, address: str = "", buddy: Person | None = None, remote: bool = False) -> Arrival:
    """Open the arrival behind a seat: the plan with its steps, the check-ins, and the letter with the private link."""
    with transaction.atomic():
        plan = plans.open(
            PlanKind.ARRIVAL,
            seat.employee.person,
            site=seat.site,
            first_day=seat.started_on,
            assignment=seat,
            manager=seat.manager,
            buddy=buddy,
            remote=remote,
            trial_ends_on=seat.employee.trial_ends_on,
            by=by,
        )
        arrival, new = Arrival.objects.get_or_create(plan=plan, defaults={"address": address})
        if new:
            place_checkins(arrival)
            announcing.tell("arrival.planned", arrival)
            if buddy and (asked := plan.steps.filter(key="name-buddy").first()):
                plans.finish_from_outside(asked.pk, how="named at once")
            if address:
                send_link(arrival)
    return arrival


def settle(seat: Assignment, *, by) -> Plan:
    """A colleague took a new seat: open its plan, in the transaction of the move."""
    return plans.open(PlanKind.MOVE, seat.employee.person, site=seat.site, first_day=seat.started_on, assignment=seat, manager=seat.manager, by=by)


def place_checkins(arrival: Arrival) -> None:
    """The days of the three check-ins; those already asked stay where they were."""
    for milestone, moment in CHECKINS:
        day = planning.due_on(moment, arrival.plan.first_day, None, arrival.plan.days)
        found, new = CheckIn.objects.get_or_create(arrival=arrival, milestone=milestone, defaults={"due_on": day})
        if not new and found.asked_at is None and found.due_on != day:
            found.due_on = day
            found.save(update_fields=["due_on"])


def send_link(arrival: Arrival) -> str:
    """Send a new private link to the personal address; the one before stops working. Returns the token."""
    token = arrival.renew_link()
    arrival.save(update_fields=["link_hash", "link_sent_at"])
    letters.welcome(arrival, token)
    return token


def renew_link(arrival_id: int, *, by) -> Arrival:
    """Somebody asks for the link to be sent again."""
    with transaction.atomic():
        arrival = locked(Arrival, arrival_id, by, "onboarding.change_arrival")
        if not arrival.address:
            raise MoveRefused(_("No personal address is known: enter it first."))
        send_link(arrival)
        remember(arrival, "link_sent", by=by)
    return arrival


def open_account(arrival: Arrival) -> User:
    """The account of a person who came by the private link sent to their address, which proves it is theirs."""
    with transaction.atomic():
        person = Person.objects.select_for_update(of=("self",)).get(pk=arrival.plan.person_id)
        if person.user:
            return person.user
        if User.objects.filter(email__iexact=arrival.address).exists() or EmailAddress.objects.filter(email__iexact=arrival.address).exists():
            raise MoveRefused(_("This address opens another account already. Write to the People team: they bring the two together."))
        person.user = User.objects.create_user(arrival.address, language=person.language)
        person.save(update_fields=["user"])
        EmailAddress.objects.create(user=person.user, email=person.user.email, verified=True, primary=True)
        audit.record("account.opened", by=person.user, on=person)
    return person.user


def postpone(arrival_id: int, first_day: date, *, by) -> Arrival:
    """Move the first day."""
    with transaction.atomic():
        arrival = locked(Arrival, arrival_id, by, "onboarding.change_arrival")
        arrival.plan = plans.postpone(arrival.plan_id, first_day, by=by)
        arrival.asked_at = arrival.agenda_sent_at = None  # the hours sent before are those of another day
        arrival.save(update_fields=["asked_at", "agenda_sent_at"])
        arrival.results.update(escalated=0)
        arrival.results.filter(remote=True).update(ask_at=clock.now())
        place_checkins(arrival)
        letters.changed(arrival)
        announcing.tell("arrival.moved", arrival)
    return arrival


def change(arrival_id: int, values: dict, *, by) -> Arrival:
    """The details of a running arrival: first day, buddy, desk, personal address; each only where it differs."""
    with transaction.atomic():
        arrival = locked(Arrival, arrival_id, by, "onboarding.change_arrival")
        plan = arrival.plan
        if values["first_day"] != plan.first_day:
            postpone(arrival_id, values["first_day"], by=by)
        if values["buddy"] and values["buddy"].pk != plan.buddy_id:
            name_buddy(arrival_id, values["buddy"], by=by)
        if values["desk"] != plan.desk:
            Plan.objects.filter(pk=plan.pk).update(desk=values["desk"])
            remember(plan, "desk_named", by=by)
        if values["address"] != arrival.address:
            arrival = Arrival.objects.get(pk=arrival_id)
            arrival.address = values["address"]
            arrival.save(update_fields=["address"])
            if arrival.address and arrival.person.user is None:
                send_link(arrival)
        return Arrival.objects.get(pk=arrival_id)


def cancel(arrival_id: int, *, by, because: str = "") -> Arrival:
    """The person does not come: the plan closes, everyone involved is told, and the seat is free again."""
    with transaction.atomic():
        arrival = locked(Arrival, arrival_id, by, "onboarding.change_arrival")
        plan = arrival.plan
        if plan.first_day <= plan.today():
            raise MoveRefused(_("The first day has come: this is a departure now."))
        arrival.plan = plans.cancel(plan.pk, by=by, because=because)
        letters.called_off(arrival)
        announcing.tell("arrival.cancelled", arrival)
        arrival.link_hash = ""
        arrival.save(update_fields=["link_hash"])
        if seat := plan.assignment:
            seat.delete()
    return arrival


def call_off(employee: Employee, *, by) -> None:
    """A hire was undone: the plans of the coming seats close with it."""
    for plan in Plan.objects.running().filter(kind=PlanKind.ARRIVAL, assignment__in=employee.assignments.coming()):
        plans.cancel(plan.pk, by=by)
        for arrival in Arrival.objects.filter(plan=plan).select_related("plan__site", "plan__person"):
            Arrival.objects.filter(pk=arrival.pk).update(link_hash="")
            announcing.tell("arrival.cancelled", arrival)


def name_buddy(arrival_id: int, buddy: Person, *, by) -> Arrival:
    """Name the buddy: their steps are theirs from now on, and the step that asked for one is done.

    Who will have left by the first day is refused, as far as `by` may know of it: a quiet last day stays quiet.
    """
    with transaction.atomic():
        arrival = locked(Arrival, arrival_id, by, "onboarding.change_arrival")
        plan = arrival.plan
        last_day = path.of(buddy).last_day
        if last_day and last_day < plan.first_day and visibility.knows_end(buddy, visibility.reader_of(by)):
            raise MoveRefused(_("%(name)s will not be there.") % {"name": buddy.display_name})
        before, plan.buddy = plan.buddy, buddy
        plan.save(update_fields=["buddy"])
        plan.steps.filter(role="buddy", status="open").update(owner=buddy)
        remember(plan, "buddy_named", by=by, before=str(before.pk if before else ""), after=str(buddy.pk))
        if asked := plan.steps.filter(key="name-buddy", status="open").first():
            plans.finish(asked.pk, by=by)
        letters.buddy_named(arrival)
    return arrival


def arrive(fields: dict, *, by) -> Arrival:
    """Plan by hand the arrival of somebody who did not come through recruitment here."""
    with transaction.atomic():
        person = Person.objects.create(given_name=fields["given_name"], family_name=fields["family_name"], language=fields["language"])
        employee = Employee.objects.create(
            person=person,
            number=fields.get("number") or free_number(),
            contract=fields["contract"],
            joined_on=fields["first_day"],
            trial_ends_on=fields.get("trial_ends_on"),
        )
        seat = Assignment.objects.create(
            employee=employee,
            team=fields["team"],
            site=fields["site"],
            title_en=fields["title_en"],
            title_fr=fields.get("title_fr", ""),
            manager=fields["manager"],
            started_on=fields["first_day"],
        )
        return open(seat, by=by, address=fields.get("address", ""), buddy=fields.get("buddy"), remote=fields.get("remote", False))


def free_number() -> str:
    """The employee number after the highest one given."""
    last = Employee.objects.filter(number__regex=r"^E\d+$").aggregate(last=Max("number"))["last"] or "E00000"
    return f"E{int(last[1:]) + 1:05}"
