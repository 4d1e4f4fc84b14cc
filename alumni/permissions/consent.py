"""Who is an alumnus, who gives and ends consents, and who reads an alumni card."""

from django.db.models import Exists, OuterRef, Q

from alumni import consenting
from alumni.models import Consent
from portal import clock, roles
from portal.people import path, standing
from portal.people.models import Assignment
from portal.rules import NONE, rule


@standing.agreement_from
def agreed_to_stay(person) -> bool:
    """Any of the three opens the alumni zone: a mentor answers there, and each consent is ended there."""
    return bool(consenting.held_by(person))


def leaves_or_left(user) -> bool:
    """Whoever has a last day, known or past: the others are asked nothing."""
    me = standing.of(user)
    if me.employee is None:
        return False
    if me.seats or me.coming:
        return me.employee.left_on is not None or path.of(me.person).last_day is not None
    return True


def left(user) -> bool:
    """Worked here, and does no more."""
    me = standing.of(user)
    return me.employee is not None and not me.seats and not me.coming


def gone() -> Q:
    """The people who worked here and do no more."""
    return Q(Exists(Assignment.objects.filter(employee=OuterRef("employee")).order_by())) & no_seat(employee=OuterRef("employee"))


def stayed(scope: str) -> Q:
    """The rows whose `person` is gone and agreed to `scope`; only who worked here ever gives a consent, so their past is not asked for."""
    return no_seat(employee__person=OuterRef("person")) & consenting.agreed(scope, "person")


def no_seat(**of) -> Q:
    """Nobody holds, or will hold, one of the seats `of`."""
    open_seats = Q(ended_on=None) | Q(ended_on__gte=clock.today())
    return ~Q(Exists(Assignment.objects.filter(open_seats, **of).order_by()))


def own(user) -> Q:
    person = standing.of(user).person
    return Q(person=person.pk) if person else NONE


@rule("alumni.view_consent", audience=roles.SIGNED_IN)
def view_consent(user):
    """One's own, with its history; nobody else reads who agreed to what, their effects are seen."""
    return own(user)


@rule("alumni.give_consent", audience=roles.SIGNED_IN)
def give_consent(user):
    """The person alone, once their last day is known."""
    return own(user) if leaves_or_left(user) else NONE


@rule("alumni.withdraw_consent", audience=roles.SIGNED_IN)
def withdraw_consent(user):
    mine = own(user)
    return mine if mine is NONE else mine & Q(status=Consent.Status.GIVEN)


@rule("alumni.view_alumnicard", audience=roles.SIGNED_IN)
def view_alumnicard(user):
    """Colleagues and alumni find who left and agreed to stay reachable; each their own."""
    mine = own(user) if leaves_or_left(user) else NONE
    if roles.belongs(user, roles.COLLEAGUES) or roles.belongs(user, roles.ALUMNI):
        return mine | stayed(consenting.Scope.REACHABLE)
    return mine


@rule("alumni.edit_alumnicard", audience=roles.SIGNED_IN)
def edit_alumnicard(user):
    return own(user) if leaves_or_left(user) else NONE


@rule("alumni.leave_person", audience=roles.SIGNED_IN)
def leave_person(user):
    """Be gone the same day: whoever left, for themselves."""
    return Q(pk=standing.of(user).person.pk) if left(user) else NONE
