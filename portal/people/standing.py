"""Where a user stands today: their person, their seats, their duties; asked once a request."""

from dataclasses import dataclass, field

from django.db.models import F

from portal import clock, roles
from portal.people.models import Assignment, Employee, Person
from portal.people.models.employment import notice_site


@dataclass(frozen=True)
class Standing:
    """`seats` are held today, `coming` start later; `duties` are pairs (duty, site id or None)."""

    person: Person | None = None
    employee: Employee | None = None
    seats: tuple[Assignment, ...] = ()
    coming: tuple[Assignment, ...] = ()
    duties: frozenset = frozenset()
    teams: frozenset = field(default_factory=frozenset)

    @property
    def is_colleague(self) -> bool:
        return bool(self.seats)

    @property
    def is_newcomer(self) -> bool:
        return not self.seats and bool(self.coming)


def of(user) -> Standing:
    """The standing of `user`, remembered on the user object for the rest of the request."""
    found = getattr(user, "_standing", None)
    if found is None:
        found = user._standing = _ask(user)
    return found


def _ask(user) -> Standing:
    """Two statements at most, one for whoever ever held a seat: a row for each seat and duty, and a person has few of both."""
    if not user.is_authenticated:
        return Standing()
    duty, place = F("employee__person__grants__duty"), F("employee__person__grants__site_id")
    everything = Assignment.objects.select_related("employee__person", "team", "site").annotate(duty=duty, duty_site=place)
    rows = list(everything.filter(employee__person__user=user))
    person = rows[0].employee.person if rows else Person.objects.select_related("employee").filter(user=user).first()
    if person is None:
        return Standing()
    user.person = person
    employee = rows[0].employee if rows else getattr(person, "employee", None)
    seats = list({row.pk: row for row in rows}.values())
    if employee:
        employee.all_seats = seats  # portal/people/path.py need not ask again
    held, coming = [], []
    for seat in seats:
        seat.employee = employee
        notice_site(seat.site)
        day = clock.today(seat.site.timezone)
        if seat.started_on > day:
            coming.append(seat)
        elif seat.ended_on is None or seat.ended_on >= day:
            held.append(seat)
    duties = frozenset((row.duty, row.duty_site) for row in rows if row.duty) if held else frozenset()
    return Standing(person, employee, tuple(held), tuple(coming), duties, frozenset(seat.team_id for seat in held))


@roles.decides(roles.COLLEAGUES)
def is_colleague(user) -> bool:
    """A current assignment by the site's own date, and an open account."""
    return of(user).is_colleague


@roles.decides(roles.NEWCOMERS)
def is_newcomer(user) -> bool:
    """A first day still to come, and no seat held today."""
    return of(user).is_newcomer


@roles.decides(roles.CANDIDATES)
def is_candidate(user) -> bool:
    """A person known here who never worked here; candidates mostly come by private link, without a user."""
    standing = of(user)
    return standing.person is not None and standing.employee is None


@roles.decides(roles.ALUMNI)
def is_alumnus(user) -> bool:
    """Left, and agreed to stay reachable; decided by the alumni stage through `agreed_to_stay`."""
    standing = of(user)
    gone = standing.employee is not None and not standing.seats and not standing.coming
    return gone and _agreed_to_stay(standing.person)


def _nobody_agreed(person: Person) -> bool:
    return False


_agreed_to_stay = _nobody_agreed


def agreement_from(function):
    """Register the function of a person that says whether they agreed to stay in touch (the alumni stage does)."""
    global _agreed_to_stay
    _agreed_to_stay = function
    return function


@roles.grants_from
def grants(user):
    """The duties of a colleague."""
    return of(user).duties
