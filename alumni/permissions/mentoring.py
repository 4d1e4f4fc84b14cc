"""Who offers, who asks, who answers, and who reads what a pair writes: the two, and nobody else."""

from django.db.models import Exists, OuterRef, Q

from alumni import consenting
from alumni.permissions.consent import no_seat, own
from portal import clock, roles
from portal.people import standing
from portal.people.models import Assignment
from portal.people.models.employment import current
from portal.rules import ALL, NONE, rule

HR = (roles.HR, roles.HR_ADMIN)
Scope = consenting.Scope


def mentors(also: Q = NONE) -> Q:
    """The offers whose mentor may mentor today: works here, or left and agreed to; whoever holds or held one of the seats `also` besides.

    One Exists and no OR beside it: the page asks of the offers in the order of names until it is full. Whoever left held a seat.
    """
    stayed = consenting.agreed(Scope.MENTOR, "employee__person") & no_seat(employee=OuterRef("employee"))
    return Q(Exists(Assignment.objects.filter(current() | stayed | also, employee__person=OuterRef("person")).order_by()))


def taking() -> Q:
    """Offers that are open and not paused today: stands before `mentors`, since the database looks from left to right."""
    day = clock.today()
    paused = Q(paused_from__lte=day) & (Q(paused_until=None) | Q(paused_until__gte=day))
    return Q(open=True) & ~paused


def may_offer(user) -> bool:
    """Colleagues as they like; whoever left, with their consent."""
    if roles.belongs(user, roles.COLLEAGUES):
        return True
    return roles.belongs(user, roles.ALUMNI) and consenting.agrees(standing.of(user).person, Scope.MENTOR)


def may_seek(user) -> bool:
    """Newcomers, from before their first day, and every colleague."""
    return roles.belongs(user, roles.COLLEAGUES) or roles.belongs(user, roles.NEWCOMERS)


def as_seeker(user) -> Q:
    person = standing.of(user).person
    return Q(seeker=person.pk) if person else NONE


def as_mentor(user) -> Q:
    person = standing.of(user).person
    return Q(mentor=person.pk) if person else NONE


def of_two(user, path: str = "") -> Q:
    """The rows of pairs `user` is one of."""
    person = standing.of(user).person
    return Q(**{f"{path}seeker": person.pk}) | Q(**{f"{path}mentor": person.pk}) if person else NONE


@rule("alumni.view_offer", audience=roles.SIGNED_IN)
def view_offer(user):
    """Whoever may seek finds the mentors that take people; a mentor their own offer."""
    mine = own(user)
    if not may_seek(user):
        return mine
    return (mine | taking()) & mentors(also=Q(employee__person=standing.of(user).person.pk))


@rule("alumni.make_offer", audience=roles.SIGNED_IN)
def make_offer(user):
    return own(user) if may_offer(user) else NONE


@rule("alumni.view_seek", audience=roles.SIGNED_IN)
def view_seek(user):
    """What one would like to learn is read by oneself; a mentor reads the reasons of a request."""
    return own(user)


@rule("alumni.make_seek", audience=roles.SIGNED_IN)
def make_seek(user):
    return own(user) if may_seek(user) else NONE


@rule("alumni.view_proposal", audience=roles.SIGNED_IN)
def view_proposal(user):
    return as_seeker(user) if may_seek(user) else NONE


@rule("alumni.ask_offer", audience=roles.SIGNED_IN)
def ask_offer(user):
    """Ask a mentor who takes people; never oneself. One's own line is refused with a sentence."""
    return taking() & mentors() & ~own(user) if may_seek(user) else NONE


@rule("alumni.view_request", audience=roles.SIGNED_IN)
def view_request(user):
    """Whoever asked, and whom they asked."""
    return of_two(user)


@rule("alumni.answer_request", audience=roles.SIGNED_IN)
def answer_request(user):
    return Q(status="waiting") & as_mentor(user) if may_offer(user) else NONE


@rule("alumni.withdraw_request", audience=roles.SIGNED_IN)
def withdraw_request(user):
    mine = as_seeker(user)
    return mine if mine is NONE else Q(status="waiting") & mine


@rule("alumni.view_pair", audience=roles.SIGNED_IN)
def view_pair(user):
    """Sealed: the two alone. Not the People team, not the operators, whatever their duties."""
    return of_two(user)


@rule("alumni.live_pair", audience=roles.SIGNED_IN)
def live_pair(user):
    """Agree, plan, write, end: the two, as long as it is not over."""
    return of_two(user) & ~Q(status="ended")


@rule("alumni.thank_pair", audience=roles.SIGNED_IN)
def thank_pair(user):
    return of_two(user) & Q(status="ended")


@rule("alumni.view_session", audience=roles.SIGNED_IN)
def view_session(user):
    return of_two(user, "pair__")


@rule("alumni.change_session", audience=roles.SIGNED_IN)
def change_session(user):
    """Move or cancel what is planned, while the pair lives."""
    return of_two(user, "pair__") & Q(status="planned") & ~Q(pair__status="ended")


@rule("alumni.view_note", audience=roles.SIGNED_IN)
def view_note(user):
    return of_two(user, "session__pair__")


@rule("alumni.forget_note", audience=roles.SIGNED_IN)
def forget_note(user):
    """Whoever wrote it may take it away."""
    person = standing.of(user).person
    return Q(by=person.pk) if person else NONE


@rule("alumni.view_thanks", audience=roles.SIGNED_IN)
def view_thanks(user):
    return of_two(user, "pair__")


@rule("alumni.count_offer")
def count_offer(user):
    """Figures of mentoring, never a name nor a word of it: the People team."""
    return ALL if roles.has(user, *HR) else NONE
