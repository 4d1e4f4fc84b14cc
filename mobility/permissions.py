"""Who may: the person, and who hires; the present line and the present site's People team read nothing until it is lifted."""

from django.db.models import OuterRef, Q

from mobility import leavers, line
from mobility.models import Application, Wish
from portal import clock, roles
from portal.people import standing
from portal.people.models import Opening
from portal.people.permissions import within_hr_sites
from portal.rules import ALL, NONE, one_by_one, rule

Status = Application.Status


def mine(user) -> Q:
    return Q(person=standing.of(user).person.pk)


def hires(user) -> Q:
    """The rows of openings that `user` hires for, or whose site they are on the People team of."""
    sites = line.hr_sites(user)
    if None in sites:
        return ALL
    own = Q(opening__hiring_manager=standing.of(user).person.pk)
    return own | Q(opening__site__in=sorted(sites)) if sites else own


def kept_from_near(user) -> Q:
    """What who hires may read before it is lifted: nothing of their own people, nothing of their own."""
    return hires(user) & ~line.near(user) & ~mine(user)


@rule("mobility.view_interest")
def view_interest(user):
    """One's own; who hires reads it when the person named them, and only outside the present line."""
    return mine(user) | (Q(shared=True) & kept_from_near(user))


@rule("mobility.withdraw_interest")
def withdraw_interest(user):
    return mine(user)


@rule("mobility.view_follow")
def view_follow(user):
    """One's own; nobody ever reads who follows what."""
    return mine(user)


@rule("mobility.stop_follow")
def stop_follow(user):
    return mine(user)


@rule("mobility.view_alert")
def view_alert(user):
    return mine(user)


@rule("mobility.apply_opening")
def apply_opening(user):
    """Every colleague, for an open seat they do not hire for; not who is known to leave."""
    if leavers.is_known(user):
        return NONE
    return Q(status=Opening.Status.OPEN, closes_on__gte=clock.today()) & ~Q(hiring_manager=standing.of(user).person.pk)


@rule("mobility.view_application")
def view_application(user):
    """The person; who hires, outside the present line; once lifted, the present line and the present People team too."""
    near, lifted = line.near(user), Q(lifted_at__isnull=False)
    return mine(user) | (hires(user) & (lifted | ~near)) | (lifted & near)


@rule("mobility.own_application")
def own_application(user):
    """Lift, withdraw, read the log: the person alone."""
    return mine(user)


@rule("mobility.handle_application")
def handle_application(user):
    """Talk, convene, answer: who hires, under the same seal; nobody handles their own."""
    return hires(user) & ~mine(user) & (Q(lifted_at__isnull=False) | ~line.near(user))


@rule("mobility.date_application")
def date_application(user):
    """Dates alone: both managers and the People team, once it is accepted and lifted."""
    agreeing = Q(status__in=[Status.ACCEPTED, Status.AGREED], lifted_at__isnull=False)
    return agreeing & (line.near(user) | hires(user)) & ~mine(user)


@rule("mobility.move_application")
def move_application(user):
    """The move is written by who hires, when both managers agreed on the day."""
    return Q(status=Status.AGREED) & handle_application(user)


def _of_application(user) -> Q:
    return one_by_one(Application.objects.filter(mine(user) | handle_application(user), pk=OuterRef("application")))


@rule("mobility.view_conversation")
def view_conversation(user):
    """The person and who hires; what was said is never for the present line."""
    return _of_application(user)


@rule("mobility.view_refusal")
def view_refusal(user):
    return _of_application(user)


@rule("mobility.view_reading")
def view_reading(user):
    """The log belongs to the person who was read."""
    return mine(user)


@rule("mobility.view_wish")
def view_wish(user):
    """As its author chose."""
    open_to_me = mine(user) | Q(seen_by=Wish.SeenBy.EVERYONE)
    if roles.has(user, *line.HR):
        where = within_hr_sites(user, "person")
        shown = Q(seen_by__in=[Wish.SeenBy.HR, Wish.SeenBy.EVERYONE])
        return open_to_me | (shown if where is ALL else NONE if where is NONE else shown & where)
    return open_to_me
