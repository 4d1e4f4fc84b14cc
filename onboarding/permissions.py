"""Who may see an arrival, its readiness, its mornings and its check-ins."""

from django.db.models import Q

from onboarding.models import CheckIn
from portal import roles
from portal.plans.permissions import any_of, own
from portal.rules import ALL, NONE, rule

HR = (roles.HR, roles.HR_ADMIN)
DESKS = (roles.IT, roles.FACILITIES, roles.SECURITY, roles.PAYROLL)


@rule("onboarding.view_arrival")
def view_arrival(user):
    """Who comes when, and how ready it is: the People team and the desks at their sites, the manager, the buddy."""
    return any_of(roles.scope(user, (*HR, *DESKS), "plan__site"), own(user, "plan__manager"), own(user, "plan__buddy"))


@rule("onboarding.add_arrival")
def add_arrival(user):
    return ALL if roles.has(user, *HR) else NONE


@rule("onboarding.change_arrival")
def change_arrival(user):
    """Move, cancel, name a buddy, send the link: the People team at its sites, and the manager."""
    return any_of(roles.scope(user, HR, "plan__site"), own(user, "plan__manager"))


@rule("onboarding.live_arrival", audience=roles.SIGNED_IN)
def live_arrival(user):
    """One's own arrival, as a newcomer and for the months after."""
    return own(user, "plan__person")


@rule("onboarding.view_question", audience=roles.SIGNED_IN)
def view_question(user):
    mine = own(user, "arrival__plan__person")
    if not roles.belongs(user, roles.COLLEAGUES):
        return mine
    return any_of(answer_question(user), mine)


@rule("onboarding.answer_question")
def answer_question(user):
    return any_of(roles.scope(user, HR, "arrival__plan__site"), own(user, "arrival__plan__manager"), own(user, "arrival__plan__buddy"))


@rule("onboarding.answer_checkin", audience=roles.SIGNED_IN)
def answer_checkin(user):
    """Each their own."""
    return own(user, "arrival__plan__person")


@rule("onboarding.view_checkin", audience=roles.SIGNED_IN)
def view_checkin(user):
    """Its person; the People team of the site; the buddy where the form says so. Never the manager."""
    mine = own(user, "arrival__plan__person")
    if not roles.belongs(user, roles.COLLEAGUES):
        return mine
    given = Q(answered_at__isnull=False)
    hr = roles.scope(user, HR, "arrival__plan__site") & given
    buddy = own(user, "arrival__plan__buddy") & given & Q(readers=CheckIn.Readers.BUDDY_AND_HR)
    return any_of(mine, hr, buddy)


@rule("onboarding.view_morning")
def view_morning(user):
    return any_of(roles.scope(user, HR, "arrival__plan__site"), own(user, "arrival__plan__manager"), own(user, "arrival__plan__person"))
