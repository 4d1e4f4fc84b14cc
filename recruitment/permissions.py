"""Who may see and move applications: the People team and recruiters of the site, and who hires; nobody else."""

from django.db.models import Q

from portal import roles
from portal.rules import NONE, rule

TEAM = (roles.HR, roles.HR_ADMIN, roles.RECRUITER)


def hiring(user, opening: str = "opening__") -> Q:
    """The rows of openings that `user` hires or recruits for; `opening` is the path to the opening."""
    return roles.scope(user, TEAM, f"{opening}site") | Q(**{f"{opening}hiring_manager__user": user})


@rule("recruitment.view_application")
def view_application(user):
    return hiring(user)


@rule("recruitment.move_application")
def move_application(user):
    """Next stage, a new date, a note, a message, a refusal: who sees the file also acts on it."""
    return hiring(user)


@rule("recruitment.reveal_application")
def reveal_application(user):
    """Lifting the blind is the recruiter's, not the hiring manager's."""
    return roles.scope(user, TEAM, "opening__site")


@rule("recruitment.offer_application")
def offer_application(user):
    return hiring(user)


@rule("recruitment.hire_application")
def hire_application(user):
    return hiring(user)


@rule("recruitment.view_adjustment")
def view_adjustment(user):
    """What somebody needs to take part: those who organise, never those who choose."""
    return roles.scope(user, TEAM, "application__opening__site")


@rule("recruitment.read_cv")
def read_cv(user):
    """A CV opens with the name, never before."""
    q = hiring(user, "application__opening__")
    return q if q is NONE else q & Q(application__revealed_at__isnull=False)


@rule("recruitment.view_opening")
def view_opening(user):
    """The openings whose hiring `user` follows."""
    return hiring(user, "")


@rule("recruitment.close_opening")
def close_opening(user):
    return roles.scope(user, TEAM)
