"""The present line of a person: who manages them today, and who heads their team or a team above it."""

from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q

from portal import roles
from portal.people import standing
from portal.people.models import Assignment, Grant, Person, Team
from portal.people.models.employment import current
from portal.rules import one_by_one

HR = (roles.HR, roles.HR_ADMIN)
MOST_TEAMS = 50


def held_by(person: Person):
    """The seats `person` holds today."""
    return Assignment.objects.filter(current(), employee__person=person)


def of(person: Person) -> set[int]:
    """The keys of the people in the present line of `person`, without themselves."""
    seats = list(held_by(person).select_related("team"))
    teams = {int(key) for seat in seats for key in seat.team.path.split("/") if key}
    heads = set(Team.objects.filter(pk__in=teams).exclude(head=None).values_list("head", flat=True))
    return (heads | {seat.manager_id for seat in seats if seat.manager_id}) - {person.pk}


def manager_of(person: Person) -> Person | None:
    """Who agrees on dates for the present team: the manager of the main seat, else the nearest head above."""
    seat = held_by(person).select_related("team", "manager__user").order_by("-main", "-started_on").first()
    if seat is None:
        return None
    if seat.manager_id and seat.manager_id != person.pk:
        return seat.manager
    above = Team.objects.filter(pk__in=[int(key) for key in seat.team.path.split("/") if key]).exclude(head=None).exclude(head=person)
    nearest = above.select_related("head__user").order_by("-depth").first()
    return nearest.head if nearest else None


def partners_of(person: Person) -> set[int]:
    """The People team of the sites where `person` works today; not those who answer for all sites."""
    central = Grant.objects.filter(duty__in=HR, site=None).values("person")
    here = Grant.objects.filter(duty__in=HR, site__in=held_by(person).values("site")).exclude(person__in=central)
    return set(here.values_list("person", flat=True)) - {person.pk}


def leading(user) -> Q:
    """The seats that `user` manages, or that are in a team they head or one below it; by keys where these are few, so that a rule joins nothing."""
    led, me = getattr(user, "_teams_led", None), standing.of(user).person
    if led is None:
        paths = list(me.heads.values_list("path", flat=True))
        keys = sorted(Team.objects.filter(_below(paths)).order_by().values_list("pk", flat=True)[: MOST_TEAMS + 1]) if paths else []
        # Whoever heads a large part of the company: thousands of keys would take longer to read than the team of the seat in hand.
        user._teams_led = led = keys if len(keys) <= MOST_TEAMS else _below(paths, "team__")
    if isinstance(led, Q):
        return Q(manager=me.pk) | led
    return Q(manager=me.pk) | Q(team__in=led) if led else Q(manager=me.pk)


def _below(paths: list[str], team: str = "") -> Q:
    """The teams (at the end of `team`) at one of `paths` or below."""
    return reduce(or_, (Q(**{f"{team}path__startswith": path}) for path in paths))


def is_few(user) -> bool:
    """Whether those near `user`, and what they hire for, are few: no duty on the People team, and no large part of the company below them."""
    leading(user)
    return isinstance(user._teams_led, list) and not hr_sites(user)


def near(user, person: str = "person") -> Q:
    """The rows whose person has `user` in their present line, or in the People team of a site they work at.

    Those on the People team of all sites are near to nobody by that duty. `person` is the path to the person's key: the row
    itself joins nothing, so a page of 25 asks about 25 people, and not about all who work here. Where those near are few, the
    database may turn it round and begin with them.
    """
    seats, sites = leading(user), hr_sites(user)
    if sites and None not in sites:
        seats |= Q(site__in=sorted(sites))
    held = Assignment.objects.filter(current(), seats, employee__person=OuterRef(person)).order_by()
    return Q(Exists(held)) if is_few(user) else one_by_one(held)


def hr_sites(user) -> set[int | None]:
    """The sites where `user` is on the People team; None among them means all."""
    return {site for duty, site in roles.grants(user) if duty in HR}
