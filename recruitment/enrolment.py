"""Makes an employee of a person: the number, the seat, and the way back until the first day."""

from django.db.models import Max, ProtectedError
from django.utils.translation import gettext as _

from portal import clock
from portal.moves import MoveRefused
from portal.people.models import Assignment, Employee, Opening, Person


def free_number() -> str:
    """The employee number after the highest one given."""
    last = Employee.objects.aggregate(last=Max("number"))["last"] or "E00000"
    stem, figures = last.rstrip("0123456789"), last[len(last.rstrip("0123456789")) :]
    number = int(figures or 0) + 1
    while Employee.objects.filter(number=f"{stem}{number:05}").exists():
        number += 1
    return f"{stem}{number:05}"


def enrol(person: Person, *, opening: Opening, joined_on) -> Employee:
    """The employee behind `person`, with a seat of `opening` from `joined_on` on; who comes back keeps their number."""
    employee = getattr(person, "employee", None)
    if employee is None:
        employee = Employee.objects.create(person=person, number=free_number(), contract=opening.contract, joined_on=joined_on)
    else:
        employee.left_on = None
        employee.save(update_fields=["left_on"])
    Assignment.objects.create(
        employee=employee,
        team=opening.team,
        site=opening.site,
        job=opening.job,
        title_en=opening.job.title_en,
        title_fr=opening.job.title_fr,
        manager=opening.hiring_manager,
        started_on=joined_on,
    )
    return employee


def unenrol(employee: Employee, *, opening: Opening) -> None:
    """Take back a seat that has not begun, and the employee when there was no other; MoveRefused once it has begun."""
    seat = employee.assignments.filter(job=opening.job, team=opening.team, started_on__gt=clock.today(opening.site.timezone)).first()
    if seat is None:
        raise MoveRefused(_("The first day has come: this is a departure now, not an error to undo."))
    try:
        seat.delete()
        if not employee.assignments.exists():
            employee.delete()
    except ProtectedError as error:
        raise MoveRefused(_("Something already given for this arrival stands against it. Take it back first.")) from error
