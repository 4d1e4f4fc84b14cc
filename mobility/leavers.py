"""Who is known to leave, or has left: they keep no application open. A last day that is kept quiet changes nothing here."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from portal.people import standing
from portal.people.models import Assignment, Person
from portal.people.models.employment import ToldTo, coming, current
from portal.plans.models import Plan, PlanKind


def departures():
    """The departures that are announced; the first day of such a plan is the last day of its person."""
    return Plan.objects.running().filter(kind=PlanKind.DEPARTURE)


def known() -> Q:
    """The rows whose `person` every colleague knows to leave, and those of who works here no more."""
    announced = Q(Exists(departures().filter(person=OuterRef("person"))), person__employee__end_told_to=ToldTo.COLLEAGUES)
    return announced | ~Q(Exists(Assignment.objects.filter(current() | coming(), employee__person=OuterRef("person"))))


def is_known(user) -> bool:
    """Whether every colleague knows that `user` leaves; a contract with an end is no departure."""
    me = standing.of(user)
    if me.employee is None or me.employee.left_on is None or me.employee.end_told_to != ToldTo.COLLEAGUES:
        return False
    return departures().filter(person=me.person).exists()


def last_day(person: Person) -> date | None:
    """The last day `person` announced, told or not: for what is written, never for what is shown."""
    return departures().filter(person=person).values_list("first_day", flat=True).first()
