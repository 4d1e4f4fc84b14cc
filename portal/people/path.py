"""Where a person stands on their path here: seats held, to come and past, and the phase these make."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.people.models import Assignment, Person
from portal.people.models.employment import ToldTo

ARRIVING, NEWCOMER, COLLEAGUE, LEAVER, LEFT = "arriving", "newcomer", "colleague", "leaver", "left"
PHASES = {
    ARRIVING: _("Arriving soon"),
    NEWCOMER: _("Here for less than three months"),
    COLLEAGUE: _("Colleague"),
    LEAVER: _("Leaving soon"),
    LEFT: _("Left in the last 90 days"),
}
NEW_FOR = timedelta(days=90)


@dataclass(frozen=True)
class Path:
    """The seats of one person, by each site's own date; newest first."""

    seats: tuple[Assignment, ...] = ()
    held: tuple[Assignment, ...] = ()
    coming: tuple[Assignment, ...] = ()
    past: tuple[Assignment, ...] = ()
    told: bool = True  # whether every colleague may know that these seats end

    @property
    def main(self) -> Assignment | None:
        """The seat to name a person by: held, else the next, else the last."""
        for seats in (self.held, self.coming, self.past):
            if seats:
                return seats[0]
        return None

    @property
    def joined_on(self) -> date | None:
        return min((seat.started_on for seat in self.seats), default=None)

    @property
    def last_day(self) -> date | None:
        """The last day, known or past; None while a seat is held or to come without an end."""
        if not self.seats or any(seat.ended_on is None for seat in (*self.held, *self.coming)):
            return None
        return max(seat.ended_on for seat in self.seats if seat.ended_on)

    @property
    def phase(self) -> str:
        """What every colleague may know."""
        return self.phase_for(self.told)

    def phase_for(self, told: bool) -> str:
        """The phase, for a reader who was told of a coming last day or was not (portal/people/visibility.py: phase_of)."""
        if not self.seats:
            return ""
        if not self.held:
            return ARRIVING if self.coming else LEFT
        if told and self.last_day:
            return LEAVER
        newest = min(seat.started_on for seat in self.held)
        returned = not any(seat.ended_on and seat.ended_on >= newest - timedelta(days=1) for seat in self.past)
        return NEWCOMER if returned and newest > clock.today() - NEW_FOR else COLLEAGUE

    @property
    def teams(self) -> frozenset[int]:
        return frozenset(seat.team_id for seat in self.held)

    @property
    def sites(self) -> frozenset[int]:
        """Every site of the path: the People team of each may read what is for it."""
        return frozenset(seat.site_id for seat in self.seats)


def with_path(people):
    """`people` with all their seats, in one query more, so that `of` asks nothing."""
    seats = Assignment.objects.select_related("team", "site", "manager")
    return people.select_related("employee").prefetch_related(Prefetch("employee__assignments", queryset=seats, to_attr="all_seats"))


def of(person: Person) -> Path:
    """The path of `person`, remembered on the object."""
    found = getattr(person, "_path", None)
    if found is None:
        employee = getattr(person, "employee", None)
        found = person._path = _sorted(_seats(person), employee is None or employee.end_told_to == ToldTo.COLLEAGUES)
    return found


def gone_by(day: date) -> Q:
    """The people who hold no seat on `day`, for all that every colleague knows: whose last day is kept quiet is there like the others."""
    there = Assignment.objects.filter(Q(ended_on=None) | Q(ended_on__gte=day), employee__person=OuterRef("pk"), started_on__lte=day)
    return Q(employee__end_told_to=ToldTo.COLLEAGUES) & ~Q(Exists(there))


def _seats(person: Person) -> list[Assignment]:
    employee = getattr(person, "employee", None)
    if employee is None:
        return []
    if hasattr(employee, "all_seats"):
        return employee.all_seats
    return list(employee.assignments.select_related("team", "site", "manager"))


def _sorted(seats: list[Assignment], told: bool) -> Path:
    held, coming, past = [], [], []
    for seat in seats:
        day = clock.today(seat.site.timezone)
        if seat.started_on > day:
            coming.append(seat)
        elif seat.ended_on is None or seat.ended_on >= day:
            held.append(seat)
        else:
            past.append(seat)
    held.sort(key=lambda seat: (seat.main, seat.started_on), reverse=True)
    coming.sort(key=lambda seat: seat.started_on)
    past.sort(key=lambda seat: (seat.ended_on, seat.started_on), reverse=True)
    return Path(tuple(seats), tuple(held), tuple(coming), tuple(past), told)
