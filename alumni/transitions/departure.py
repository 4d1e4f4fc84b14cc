"""What changes around a departure: announcing, telling, moving the day, leaving, closing."""

from datetime import date

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from alumni.models import Departure, ExitTalk
from portal import audit, clock, identity, lifecycle, notices
from portal.dates import date_format
from portal.moves import MoveRefused, locked, move, remember
from portal.people.models import Assignment, Employee, Person
from portal.people.models.employment import ToldTo, current
from portal.plans import returns, revocations
from portal.plans import transitions as plans
from portal.plans.models import Access, Owner, Plan, PlanKind
from portal.plans.owners import Owners

Status = Departure.Status
RANK = {ToldTo.NEAR: 0, ToldTo.TEAM: 1, ToldTo.COLLEAGUES: 2}
DESKS_TOLD = 10  # working days before the last day: desks that take things back know of it then at the latest


def announce(employee_id: int, *, by, kind: str, last_day: date, told_to: str = ToldTo.NEAR, told_from: date | None = None) -> Departure:
    """The last day is known: the seat ends then, the plan of what is to give back opens, and whoever must know is told."""
    with transaction.atomic():
        employee = locked(Employee, employee_id, by, "alumni.announce_employee")
        own = employee.person.user_id == by.pk
        if employee.departures.filter(status=Status.COMING).exists():
            raise MoveRefused(_("A departure is announced already."))
        if own and kind not in Departure.OWN_KINDS:
            raise MoveRefused(_("This kind of departure is announced by the People team."))
        seats = list(Assignment.objects.select_for_update(of=("self",)).filter(employee=employee).select_related("site", "team", "manager"))
        seat = next((each for each in seats if _held(each)), None)
        if seat is None:
            raise MoveRefused(_("Nobody leaves who holds no seat today."))
        _demand_day(last_day, seats, clock.today(seat.site.timezone))
        before = _end_seats(employee, seats, last_day)
        manager = seat.manager or (seat.team.head if seat.team.head_id != employee.person_id else None)
        plan = plans.open(PlanKind.DEPARTURE, employee.person, site=seat.site, first_day=last_day, assignment=seat, manager=manager, by=by)
        departure = Departure.objects.create(
            employee=employee, person=employee.person, plan=plan, site=seat.site, manager=manager, kind=kind, last_day=last_day,
            told_to=told_to, told_from=told_from, seats_before=before, announced_by=by,
        )  # fmt: skip
        _spread(departure)
        remember(departure, "announced", by=by, after=last_day.isoformat())
        audit.record("departure.announced", by=by, on=departure, person=employee.person_id)
        lifecycle.left.send(sender=Departure, employee=employee, by=by)
        _tell_near(departure, by)
    return departure


def _held(seat: Assignment) -> bool:
    day = clock.today(seat.site.timezone)
    return seat.started_on <= day and (seat.ended_on is None or seat.ended_on >= day)


def _demand_day(last_day: date, seats, today: date) -> None:
    if last_day < today:
        raise MoveRefused(_("The last day is today at the earliest."))
    if any(seat.started_on > last_day for seat in seats if seat.ended_on is None or seat.ended_on > last_day):
        raise MoveRefused(_("A seat is planned to begin after this day: look at it first."))


def _end_seats(employee: Employee, seats, last_day: date) -> dict:
    """End every seat on the last day; what they had before, for who takes it back."""
    before = {"left_on": employee.left_on.isoformat() if employee.left_on else None}
    for seat in seats:
        if seat.ended_on is None or seat.ended_on > last_day:
            _end(seat, last_day, before)
    if not any(seat.ended_on == last_day for seat in seats):  # a contract that would have ended sooner goes on until then
        _end(next(seat for seat in seats if _held(seat)), last_day, before)
    employee.left_on = last_day
    employee.save(update_fields=["left_on"])
    return before


def _end(seat: Assignment, last_day: date, before: dict) -> None:
    before[str(seat.pk)] = seat.ended_on.isoformat() if seat.ended_on else None
    seat.ended_on = last_day
    seat.save(update_fields=["ended_on"])


def _tell_near(departure: Departure, by) -> None:
    """The manager and the People team when the person announced it; the person when the People team did."""
    name, day = departure.person.display_name, _day(departure.last_day)
    told = gettext_lazy("%(name)s leaves on %(day)s.")
    people = {departure.manager, *Owners(departure.plan).desk(Owner.HR)} - {None, departure.person}
    for person in sorted(people, key=lambda person: person.pk):
        if person.user and person.user.pk != by.pk:
            notify(person.user, "departure", lambda: told % {"name": name, "day": day}, departure, mail=True)
    if departure.person.user and departure.person.user.pk != by.pk:
        notify(departure.person.user, "departure", lambda: _("Your last day is %(day)s. Your page says what is to do.") % {"day": day}, departure, mail=True)


def notify(user, kind: str, text, departure: Departure, *, mail: bool = False, url: str = "") -> None:
    url = url or departure.get_absolute_url()
    template = "alumni/mail/departure.txt" if mail else ""
    notices.tell(user, f"alumni.{kind}", text, url=url, mail=template, context={"text": text, "departure": departure})


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


# --- who may know -------------------------------------------------------------------------------------
def tell(departure_id: int, *, by, told_to: str, told_from: date | None) -> Departure:
    """The person chooses who may know, and from when. What was told cannot be untold."""
    with transaction.atomic():
        departure = locked(Departure, departure_id, by, "alumni.tell_departure")
        before = departure.told_now
        departure.told_to, departure.told_from = told_to, told_from
        if RANK[departure.told_now] < RANK[before]:
            raise MoveRefused(_("This is known already: what was told cannot be untold."))
        departure.save(update_fields=["told_to", "told_from"])
        _spread(departure)
        remember(departure, "told", by=by, before=before, after=told_to)
    return departure


def _spread(departure: Departure) -> None:
    """Give the choice to the floors below: pages and search read it on the employee, desks on the plan."""
    told, today = departure.told_now, departure.today()
    departure.employee.end_told_to = told
    departure.employee.save(update_fields=["end_told_to"])
    quiet = departure.plan.days.shift(departure.last_day, -DESKS_TOLD)
    if departure.told_to == ToldTo.COLLEAGUES:
        quiet = min(quiet, departure.told_from or today)
    departure.plan.quiet_until = quiet if quiet > today and told != ToldTo.COLLEAGUES else None
    departure.plan.save(update_fields=["quiet_until"])


def spread_due() -> int:
    """The chosen day has come: the news goes as far as the person said; how many."""
    spread = 0
    waiting = Departure.objects.filter(status=Status.COMING, told_from__isnull=False).exclude(told_to=ToldTo.NEAR)
    for departure in waiting.select_related("employee", "plan__site", "site"):
        if departure.told_now != departure.employee.end_told_to:
            with transaction.atomic():
                _spread(departure)
                remember(departure, "told", before=ToldTo.NEAR, after=departure.told_to)
            spread += 1
    return spread


def give_address(departure_id: int, address: str, *, by) -> Departure:
    """The address of one's own, for after the last day."""
    with transaction.atomic():
        departure = locked(Departure, departure_id, by, "alumni.address_departure")
        departure.own_address = address
        departure.save(update_fields=["own_address"])
        remember(departure, "address", by=by)
    return departure


# --- the day moves, or nothing comes of it ---------------------------------------------------------------
def change_day(departure_id: int, last_day: date, *, by) -> Departure:
    """Another last day: seats, plan and what is not done move with it."""
    with transaction.atomic():
        departure = locked(Departure, departure_id, by, "alumni.change_departure")
        before = departure.last_day
        seats = list(Assignment.objects.select_for_update(of=("self",)).filter(employee=departure.employee).select_related("site"))
        _demand_day(last_day, [seat for seat in seats if seat.ended_on != before], departure.today())
        for seat in seats:
            if seat.ended_on == before:
                seat.ended_on = last_day
                seat.save(update_fields=["ended_on"])
        departure.employee.left_on = departure.last_day = last_day
        departure.employee.save(update_fields=["left_on"])
        departure.save(update_fields=["last_day"])
        plans.postpone(departure.plan_id, last_day, by=by)
        departure.plan.refresh_from_db()
        _spread(departure)
        remember(departure, "moved_day", by=by, before=before.isoformat(), after=last_day.isoformat())
        audit.record("departure.moved", by=by, on=departure)
    return departure


def cancel(departure_id: int, *, by, because: str = "") -> Departure:
    """They stay: the seats go on as before, and everyone who knew is told."""
    with transaction.atomic():
        departure = locked(Departure, departure_id, by, "alumni.change_departure")
        departure.cancelled_because = because
        departure.save(update_fields=["cancelled_because"])
        move(departure, Status.CANCELLED, by=by, note=because)
        for seat in Assignment.objects.select_for_update(of=("self",)).filter(employee=departure.employee, ended_on=departure.last_day):
            if str(seat.pk) in departure.seats_before or seat.started_on > clock.day(departure.announced_at, departure.site.timezone):  # or taken since, inside
                seat.ended_on = _date(departure.seats_before.get(str(seat.pk)))
                seat.save(update_fields=["ended_on"])
        departure.employee.left_on = _date(departure.seats_before.get("left_on"))
        departure.employee.end_told_to = ToldTo.COLLEAGUES
        departure.employee.save(update_fields=["left_on", "end_told_to"])
        if departure.plan.status == Plan.Status.RUNNING:
            plans.cancel(departure.plan_id, by=by, because=because)
        ExitTalk.objects.filter(departure=departure, held=False).delete()
        audit.record("departure.cancelled", by=by, on=departure)
    return departure


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def ask_back_since() -> int:
    """What was given to leavers since their departure was announced; how many things."""
    plans_open = Plan.objects.running().filter(departure__status__in=Departure.OPEN).select_related("site", "person", "manager")
    return sum(returns.ask_back(plan) for plan in plans_open)


# --- the morning after --------------------------------------------------------------------------------
def leave_due() -> int:
    """Those whose last day is over by the date of their site; how many."""
    coming = Departure.objects.filter(status=Status.COMING).select_related("site")
    return sum(leave(departure.pk) for departure in coming if departure.today() > departure.last_day)


def leave(departure_id: int) -> bool:
    """The morning after: sessions end, company addresses leave the account. Rights ended with the date itself."""
    with transaction.atomic():
        departure = Departure.objects.select_for_update(of=("self",)).select_related("site", "person__user", "employee", "plan__site").get(pk=departure_id)
        if departure.status != Status.COMING or departure.today() <= departure.last_day:
            return False
        move(departure, Status.LEFT, by=None)
        departure.employee.end_told_to = ToldTo.COLLEAGUES
        departure.employee.save(update_fields=["end_told_to"])
        Plan.objects.filter(pk=departure.plan_id).update(quiet_until=None)
        for access in Access.objects.filter(person=departure.person, status=Access.Status.ASKED):
            returns.close_access(access, by=None)  # never opened, and not to be opened now
        if departure.person.user and not _works_elsewhere(departure.person):
            identity.end_sessions(departure.person.user)
            taken = take_company_addresses(departure.person, departure.own_address)
            Departure.objects.filter(pk=departure.pk).update(own_address="")  # it stands on the account from now on
            audit.record("departure.left", on=departure, person=departure.person_id, addresses=taken)
    return True


def _works_elsewhere(person: Person) -> bool:
    return Assignment.objects.filter(current(), employee__person=person).exists()


def is_company_address(address: str, person: Person) -> bool:
    """Whether an address is the company's: the person's work address, or one of the domain the portal writes from."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ").casefold()
    return address.casefold() == person.work_email.casefold() or address.casefold().endswith(f"@{domain}")


def take_company_addresses(person: Person, own_address: str = "") -> int:
    """Company addresses leave the account and may be given to somebody else; the person's own stays, or the one they gave."""
    user = person.user
    addresses = list(EmailAddress.objects.filter(user=user).order_by("-verified", "pk"))
    ours = [each for each in addresses if is_company_address(each.email, person)]
    EmailAddress.objects.filter(pk__in=[each.pk for each in ours]).delete()
    kept = next((each for each in addresses if each not in ours), None)
    if kept is None and own_address and not EmailAddress.objects.filter(email__iexact=own_address).exists():
        # Not proved: the code mailed to it on the first sign-in does that.
        kept = EmailAddress(user=user, email=own_address, verified=False)
    if kept is not None and not kept.primary:
        kept.primary = True
        kept.save()
    if is_company_address(user.email, person):
        user.email = kept.email if kept else f"left-{user.pk}@invalid.example"
        user.save(update_fields=["email"])
    return len(ours)


# --- closing --------------------------------------------------------------------------------------------
def what_blocks(departure: Departure) -> list:
    """The mandatory steps that are still open."""
    return list(plans.open_mandatory(departure.plan).select_related("owner").order_by("due_on", "pk"))


def close(departure_id: int, *, by) -> Departure:
    """Everything came back and was done: the file closes. Refused, with the list, while something is open or still answers."""
    with transaction.atomic():
        departure = locked(Departure, departure_id, by, "alumni.close_departure")
        if departure.status != Status.LEFT:
            raise MoveRefused(_("A departure is closed after the last day."))
        returns.ask_back(departure.plan)
        if blocking := what_blocks(departure):
            raise MoveRefused(_("Still open: %(things)s.") % {"things": pgettext("between two things", "; ").join(str(step.text) for step in blocking)})
        if answering := revocations.contradicted(departure.plan):
            things = pgettext("between two things", "; ").join(str(asked.access) for asked in answering)
            raise MoveRefused(_("A desk closed this, but the system itself still answers: %(things)s.") % {"things": things})
        plans.close(departure.plan, by=by)
        move(departure, Status.CLOSED, by=by)
        departure.closed_at = clock.now()
        departure.save(update_fields=["closed_at"])
        audit.record("departure.closed", by=by, on=departure)
    return departure


def reopen(departure_id: int, *, by) -> Departure:
    """Something turned up after all."""
    with transaction.atomic():
        departure = locked(Departure, departure_id, by, "alumni.close_departure")
        move(departure, Status.LEFT, by=by)
        move(departure.plan, Plan.Status.RUNNING, by=by)
        departure.closed_at = None
        departure.save(update_fields=["closed_at"])
    return departure
