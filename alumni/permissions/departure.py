"""Who sees a departure: the People team of the site, the manager, and the person; nobody else reads its page."""

from django.db.models import Exists, OuterRef, Q

from alumni.models import Departure, Topic
from portal import roles
from portal.people import standing
from portal.people.models import Assignment
from portal.people.models.employment import current
from portal.plans.permissions import HR, any_of, own, with_own
from portal.rules import ALL, NONE, rule

Status = Departure.Status


def _not_mine(user, where: Q, path: str) -> Q:
    """`where`, but never one's own: nobody closes, cancels or writes up their own departure."""
    return where if where is NONE else where & ~own(user, path)


def _of(user, path: str = "") -> Q:
    """The departures that `user` follows: as the People team of the site, or as the manager."""
    return any_of(roles.scope(user, HR, f"{path}site"), own(user, f"{path}manager"))


@rule("alumni.view_departure", audience=roles.SIGNED_IN)
def view_departure(user):
    """The People team of the site, the manager, the person; whom the news is for learns it from the person's own page."""
    mine = own(user, "person")
    return any_of(_of(user), mine) if roles.belongs(user, roles.COLLEAGUES) else mine


@rule("alumni.list_departure")
def list_departure(user):
    """The list: the People team of its sites, a manager their own people's. One's own is not in one's list."""
    return _not_mine(user, _of(user), "person")


@rule("alumni.announce_employee")
def announce_employee(user):
    """Each their own departure, and the People team whoever holds a seat at its sites."""
    me = standing.of(user)
    working = Q(Exists(Assignment.objects.filter(current(), employee=OuterRef("pk"))))
    where = roles.scope(user, HR)
    if where is ALL:
        return working
    mine = Q(pk=me.employee.pk) if me.employee else NONE
    return any_of(mine, NONE if where is NONE else Q(Exists(Assignment.objects.filter(current(), where, employee=OuterRef("pk")))))


@rule("alumni.tell_departure")
def tell_departure(user):
    """Who may know is the person's choice, as long as they work here."""
    return Q(status=Status.COMING) & own(user, "person")


@rule("alumni.address_departure")
def address_departure(user):
    """The address they are reached at afterwards is given by the person alone."""
    return Q(status=Status.COMING) & own(user, "person")


@rule("alumni.change_departure")
def change_departure(user):
    """Move the last day, cancel: the People team, before the day has come."""
    return Q(status=Status.COMING) & _not_mine(user, roles.scope(user, HR), "person")


@rule("alumni.close_departure")
def close_departure(user):
    """Closing, and opening again: the People team."""
    return _not_mine(user, roles.scope(user, HR), "person")


# --- what they know -----------------------------------------------------------------------------------
@rule("alumni.hand_over_departure")
def hand_over_departure(user):
    """On a departure: what is to hand over is named by the person, the manager and the People team."""
    return Q(status=Status.COMING) & any_of(_of(user), own(user, "person"))


@rule("alumni.view_topic")
def view_topic(user):
    """Whoever sees the departure, and who takes it over."""
    mine = own(user, "departure__manager"), own(user, "departure__person"), own(user, "taker")
    return with_own(Topic.objects, roles.scope(user, HR, "departure__site"), *mine)


@rule("alumni.change_topic")
def change_topic(user):
    """Who takes over, when, where it is written: the person, the manager, the People team."""
    return Q(departure__status__in=Departure.OPEN) & any_of(_of(user, "departure__"), own(user, "departure__person"))


@rule("alumni.confirm_topic")
def confirm_topic(user):
    """It is handed over when the one who takes it over says so."""
    return own(user, "taker")


# --- the conversation ---------------------------------------------------------------------------------
@rule("alumni.view_exittalk")
def view_exittalk(user):
    """Day and notes: the People team of the site; not the manager, and not of oneself."""
    return _not_mine(user, roles.scope(user, HR, "departure__site"), "departure__person")


@rule("alumni.attend_exittalk", audience=roles.SIGNED_IN)
def attend_exittalk(user):
    """The person knows when it is and with whom."""
    return own(user, "departure__person")


@rule("alumni.host_departure")
def host_departure(user):
    """Book the conversation and write it up: the People team."""
    return Q(status__in=Departure.OPEN) & _not_mine(user, roles.scope(user, HR), "person")
