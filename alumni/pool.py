"""From rows to the pure matching: who seeks, who offers and has room, and whose line is whose; a handful of queries for all."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, F, Q

from alumni import matching
from alumni.models import Offer, Pair, Request, Seek
from alumni.permissions.mentoring import mentors, taking
from portal.people.models import Assignment, Team
from portal.people.models.employment import coming, current
from portal.people.models.skill import fold
from portal.plans.models import Plan


@dataclass
class Seats:
    """Every seat of some people, and who leads whom, as far as the line of each needs it."""

    of_person: dict[int, list] = field(default_factory=lambda: defaultdict(list))
    manager_of: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    heads: dict[int, int] = field(default_factory=dict)  # team → who heads it

    def team_of(self, person: int) -> tuple[int, ...]:
        """The path in the tree of the team of their latest main seat."""
        seats = self.of_person.get(person)
        return branch(seats[0][1]) if seats else ()

    def path_of(self, person: int) -> frozenset[str]:
        """The trades and jobs of their seats, past ones too."""
        seats = self.of_person.get(person, ())
        return frozenset(f"job:{job}" for *_where, job, _trade in seats if job) | frozenset(f"trade:{trade}" for *_where, trade in seats if trade)

    def line_of(self, person: int) -> frozenset[int]:
        """Who manages them, who manages those, who heads their branch, and whom they manage."""
        above, todo = set(), list(self.manager_of.get(person, ()))
        while todo:
            one = todo.pop()
            if one not in above and one != person:
                above.add(one)
                todo += self.manager_of.get(one, ())
        above |= {head for team in self.team_of(person) if (head := self.heads.get(team))}
        below = {other for other, managers in self.manager_of.items() if person in managers}
        return frozenset((above | below) - {person})


def branch(path: str) -> tuple[int, ...]:
    return tuple(int(key) for key in path.split("/") if key)


def seats_of(people) -> Seats:
    """The seats of `people`, latest first, and the managers of everybody: three queries."""
    found = Seats()
    rows = Assignment.objects.filter(employee__person__in=people).order_by("-main", "-started_on", "pk")
    for person, *seat in rows.values_list("employee__person", "team", "team__path", "job", "job__trade"):
        found.of_person[person].append(seat)
    held = Assignment.objects.filter(current() | coming()).exclude(manager=None).values_list("employee__person", "manager")
    for person, manager in held.order_by():
        found.manager_of[person].add(manager)
    found.heads = dict(Team.objects.exclude(head=None).values_list("pk", "head"))
    return found


def places_left(offers) -> dict[int, int]:
    """{key of the mentor: how many more people they can take}: pairs and waiting requests take a place."""
    keys = [offer.person_id for offer in offers]
    taken = defaultdict(int)
    for rows in (Pair.objects.exclude(status=Pair.Status.ENDED), Request.objects.filter(status=Request.Status.WAITING)):
        for mentor, number in rows.filter(mentor__in=keys).order_by().values_list("mentor").annotate(n=Count("pk")):
            taken[mentor] += number
    return {offer.person_id: max(offer.capacity - taken[offer.person_id], 0) for offer in offers}


def asked_before(people) -> dict[int, frozenset[int]]:
    """{seeker: the mentors they asked or meet, and their buddy, who is there anyway}: no name comes twice."""
    found = defaultdict(set)
    for seeker, buddy in Plan.objects.filter(person__in=people).exclude(buddy=None).values_list("person", "buddy"):
        found[seeker].add(buddy)
    for rows in (Request.objects.filter(seeker__in=people), Pair.objects.filter(seeker__in=people)):
        for seeker, mentor in rows.order_by().values_list("seeker", "mentor"):
            found[seeker].add(mentor)
    return {person: frozenset(found[person]) for person in people}


def offers_taking():
    """The offers of those who take people today, with what matching reads."""
    offers = Offer.objects.filter(taking() & mentors()).select_related("person").prefetch_related("skills")
    return list(offers.order_by("pk"))


def mentor_of(offer: Offer, seats: Seats, places: int) -> matching.Mentor:
    return matching.Mentor(
        key=offer.person_id,
        offers=frozenset(skill.pk for skill in offer.skills.all()),
        path=seats.path_of(offer.person_id),
        tongues=frozenset(offer.tongues),
        when=frozenset(offer.when),
        where=offer.where,
        town=fold(offer.town),
        team=seats.team_of(offer.person_id),
        places=places,
    )


def seeker_of(seek: Seek, seats: Seats, spared: frozenset[int], town: str) -> matching.Seeker:
    return matching.Seeker(
        key=seek.person_id,
        learn=frozenset(skill.pk for skill in seek.skills.all()) if seek.pk else frozenset(),
        path=seats.path_of(seek.person_id),
        tongues=frozenset(seek.tongues),
        when=frozenset(seek.when),
        where=seek.where,
        town=fold(town),
        team=seats.team_of(seek.person_id),
        line=seats.line_of(seek.person_id),
        spared=spared,
    )


def towns_of(people) -> dict[int, str]:
    """{person: the town they work in, or will}."""
    rows = Assignment.objects.filter(current() | coming(), employee__person__in=people).order_by("main", "started_on")
    return dict(rows.values_list("employee__person", "site__city"))


def two(seek: Seek, offer: Offer) -> tuple[matching.Seeker, matching.Mentor]:
    """One seeker and one mentor, for a request that came without a proposal."""
    people = [seek.person_id, offer.person_id]
    seats = seats_of(people)
    seeker = seeker_of(seek, seats, frozenset(), towns_of(people).get(seek.person_id, ""))
    return seeker, mentor_of(offer, seats, places_left([offer])[offer.person_id])


def whole(seeks) -> tuple[list[matching.Seeker], dict[int, matching.Mentor]]:
    """Those of `seeks`, and every mentor with room."""
    offers = offers_taking()
    people = [seek.person_id for seek in seeks]
    seats = seats_of([*people, *(offer.person_id for offer in offers)])
    spared, towns, places = asked_before(people), towns_of(people), places_left(offers)
    seekers = [seeker_of(seek, seats, spared[seek.person_id], towns.get(seek.person_id, "")) for seek in seeks]
    return seekers, {offer.person_id: mentor_of(offer, seats, places[offer.person_id]) for offer in offers}


def unanswered():
    """Who waits for names: asked, and neither meets nor asks somebody now."""
    busy = Q(person__mentors_asked__status=Request.Status.WAITING) | Q(person__mentored_in__status__in=[Pair.Status.AGREEING, Pair.Status.ALIVE])
    busy_people = Seek.objects.filter(busy).values("pk")
    return Seek.objects.filter(answered_at=None).exclude(pk__in=busy_people).select_related("person").prefetch_related("skills").order_by(F("at"), "pk")
