"""Who may: the person, and who hires; the present line and the present site's People team read nothing until it is lifted."""

from django.db.models import Exists, OuterRef, Q

from mobility import leavers, line
from mobility.models import Application, Conversation, Interest, Refusal, Wish
from portal import clock, roles
from portal.people import standing
from portal.people.models import Opening
from portal.people.permissions import within_hr_sites
from portal.rules import ALL, NONE, among, one_by_one, rule

Status = Application.Status


def mine(user, path: str = "") -> Q:
    return Q(**{f"{path}person": standing.of(user).person.pk})


def hires(user, path: str = "") -> Q:
    """The rows (at the end of `path`) of openings that `user` hires for, or whose site they are on the People team of."""
    sites = line.hr_sites(user)
    if None in sites:
        return ALL
    theirs = Q(hiring_manager=standing.of(user).person.pk)
    openings = Opening.objects.filter(theirs | Q(site__in=sorted(sites)) if sites else theirs)
    return Q(Exists(openings.filter(pk=OuterRef(f"{path}opening")).order_by()))


def kept_from_near(user) -> Q:
    """What who hires may read before it is lifted: nothing of their own people, nothing of their own."""
    return hires(user) & ~line.near(user) & ~mine(user)


@rule("mobility.view_interest")
def view_interest(user):
    """One's own; who hires reads it when the person named them, and only outside the present line."""
    shared = Q(shared=True) & kept_from_near(user)
    return mine(user) | shared if line.hr_sites(user) else among(Interest.objects, mine(user), shared)


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
    hired = hires(user) & (lifted | ~near)
    if line.is_few(user):
        return among(Application.objects, mine(user), hired, lifted & near)
    return mine(user) | hired | (lifted & near)


@rule("mobility.own_application")
def own_application(user):
    """Lift, withdraw, read the log: the person alone."""
    return mine(user)


@rule("mobility.handle_application")
def handle_application(user):
    """Talk, convene, answer: who hires, under the same seal; nobody handles their own."""
    return _handled(user)


def _handled(user, path: str = "") -> Q:
    lifted = Q(**{f"{path}lifted_at__isnull": False})
    return hires(user, path) & ~mine(user, path) & (lifted | ~line.near(user, f"{path}person"))


@rule("mobility.date_application")
def date_application(user):
    """Dates alone: both managers and the People team, once it is accepted and lifted."""
    agreeing = Q(status__in=[Status.ACCEPTED, Status.AGREED], lifted_at__isnull=False)
    if line.is_few(user):
        agreed = agreeing & ~mine(user)
        return among(Application.objects, agreed & line.near(user), agreed & hires(user))
    return agreeing & (hires(user) | line.near(user)) & ~mine(user)


@rule("mobility.move_application")
def move_application(user):
    """The move is written by who hires, when both managers agreed on the day."""
    return Q(status=Status.AGREED) & handle_application(user)


def _of_application(user, things) -> Q:
    if not line.hr_sites(user):
        return among(things, mine(user, "application__"), _handled(user, "application__"))
    return one_by_one(Application.objects.filter(mine(user) | handle_application(user), pk=OuterRef("application")))


@rule("mobility.view_conversation")
def view_conversation(user):
    """The person and who hires; what was said is never for the present line."""
    return _of_application(user, Conversation.objects)


@rule("mobility.view_refusal")
def view_refusal(user):
    return _of_application(user, Refusal.objects)


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
