"""Who may: members of a panel alone, and before the opening each their own ballot."""

from django.db.models import Q

from portal.panels.models import College, Member, Panel
from portal.people import standing
from portal.rules import rule


def seats_of(user, *colleges: str):
    """The panels (their keys) on which `user` sits, for one of `colleges`, and has not stepped aside."""
    seats = Member.objects.filter(person=standing.of(user).person, stepped_aside_at=None)
    if colleges:
        seats = seats.filter(college__in=colleges)
    return seats.values("panel")


def sitting(user, *colleges: str) -> Q:
    """The panels themselves."""
    return Q(pk__in=seats_of(user, *colleges))


def readable(user, member: str) -> Q:
    """One's own ballot, and those of one's panels once they are open; `member` is the path to the ballot's member."""
    opened = [Panel.Status.MEETING, Panel.Status.OPENED, Panel.Status.DECIDED]
    return Q(**{f"{member}__person": standing.of(user).person}) | Q(**{f"{member}__panel__status__in": opened, f"{member}__panel__in": seats_of(user)})


@rule("panels.view_panel")
def view_panel(user):
    """Those who sit on it; not HR as such, not the present line, not the person it is about."""
    return sitting(user)


@rule("panels.vote_panel")
def vote_panel(user):
    return sitting(user) & Q(status=Panel.Status.VOTING)


@rule("panels.note_panel")
def note_panel(user):
    """The meeting is written down by the People team's or the manager's member."""
    return sitting(user, College.HR, College.MANAGER) & Q(status=Panel.Status.MEETING)


@rule("panels.decide_panel")
def decide_panel(user):
    return sitting(user, College.HR, College.MANAGER) & Q(status=Panel.Status.OPENED)


@rule("panels.write_panel")
def write_panel(user):
    """What waits for whoever writes for the panel: the meeting's note, or the lines of the decision."""
    return sitting(user, College.HR, College.MANAGER) & Q(status__in=[Panel.Status.MEETING, Panel.Status.OPENED])


@rule("panels.overrule_panel")
def overrule_panel(user):
    """The manager alone, in writing, once the ballots are open."""
    return sitting(user, College.MANAGER) & Q(status=Panel.Status.OPENED, mode=Panel.Mode.BALLOTS, overruled_by=None)


@rule("panels.view_member")
def view_member(user):
    return Q(panel__in=seats_of(user))


@rule("panels.view_ballot")
def view_ballot(user):
    return readable(user, "member")


@rule("panels.view_ballotline")
def view_ballotline(user):
    return readable(user, "ballot__member")
