"""Names the audiences and duties of the house; the floors above register how each is decided."""

from collections.abc import Callable

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Q

EVERYONE = "everyone"
SIGNED_IN = "signed in"
CANDIDATES = "candidates"
NEWCOMERS = "newcomers"
COLLEAGUES = "colleagues"
ALUMNI = "alumni"
AUDIENCES = (EVERYONE, SIGNED_IN, CANDIDATES, NEWCOMERS, COLLEAGUES, ALUMNI)

# Duties given to a person, for one site or for all.
HR = "hr"
HR_ADMIN = "hr_admin"
RECRUITER = "recruiter"
IT = "it"
FACILITIES = "facilities"
SECURITY = "security"
PAYROLL = "payroll"
OPERATOR = "operator"
DUTIES = (HR, HR_ADMIN, RECRUITER, IT, FACILITIES, SECURITY, PAYROLL, OPERATOR)

_deciders: dict[str, Callable] = {
    EVERYONE: lambda user: True,
    SIGNED_IN: lambda user: user.is_authenticated and user.is_active,
}
_grants: Callable | None = None


def decides(audience: str):
    """Register the function of a user that says whether they belong to `audience` now."""

    def register(function):
        _deciders[audience] = function
        return function

    return register


def grants_from(function):
    """Register the function of a user that returns their duties as pairs (duty, site id or None for all sites)."""
    global _grants
    _grants = function
    return function


def demand_deciders() -> None:
    """Stop the start when an audience has nobody to decide it."""
    missing = [audience for audience in AUDIENCES if audience not in _deciders]
    if missing or _grants is None:
        raise ImproperlyConfigured(f"Nobody decides who belongs to: {', '.join(missing) or 'the duties'}.")


def belongs(user, audience: str) -> bool:
    """Whether `user` is in `audience` at this moment; anonymous users are in EVERYONE alone."""
    if audience == EVERYONE:
        return True
    if not (user.is_authenticated and user.is_active):
        return False
    return _deciders[audience](user)


def grants(user) -> frozenset[tuple[str, int | None]]:
    """The duties of `user`; none for whoever is not a colleague today."""
    return _grants(user) if belongs(user, COLLEAGUES) else frozenset()


def has(user, *duties: str) -> bool:
    """Whether `user` holds one of `duties`, for whatever site."""
    return any(duty in duties for duty, _ in grants(user))


def scope(user, duties: str | tuple[str, ...], site: str = "site") -> Q:
    """The rows within the sites where `user` holds one of `duties`; `site` is the path to the row's site."""
    from portal.rules import ALL, NONE

    duties = (duties,) if isinstance(duties, str) else duties
    sites = {place for duty, place in grants(user) if duty in duties}
    if not sites:
        return NONE
    return ALL if None in sites else Q(**{f"{site}__in": sorted(sites)})
