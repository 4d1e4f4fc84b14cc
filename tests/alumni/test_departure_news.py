"""A departure is known to whom the person chose, from the day they chose, and to nobody else."""

from datetime import timedelta

import pytest
from django.urls import reverse

from alumni.transitions import departure as departures
from portal import clock
from portal.moves import MoveRefused
from portal.people import path
from portal.people.models.employment import ToldTo
from portal.plans.models import Plan, Step
from portal.rules import may
from tests import factories as make
from tests.alumni.making import leaves, user


def again(person):
    """The same person, nothing remembered."""
    return type(person).objects.select_related("user", "employee").get(pk=person.pk)


# --- confidential until told --------------------------------------------------------------------------
KNOWS = {ToldTo.NEAR: {"maya", "hugo", "ben"}, ToldTo.TEAM: {"maya", "hugo", "ben", "tess"}, ToldTo.COLLEAGUES: {"maya", "hugo", "ben", "tess", "cleo", "ilan"}}
READERS = ("maya", "hugo", "ben", "tess", "cleo", "ilan")
PLACES = {
    "profile": lambda cast: cast.ben.get_absolute_url(),
    "directory": lambda cast: f"{reverse('people:person_list')}?q=Okafor",
    "home": lambda cast: reverse("home"),
    "team": lambda cast: cast.data.get_absolute_url(),
    "card": lambda cast: reverse("people:person_card", args=[cast.ben.slug]),
    "search": lambda cast: f"{reverse('search')}?q=Okafor",
    "phase": lambda cast: f"{reverse('people:person_list')}?phase=leaver",
}


@pytest.fixture
def tess(cast, client_of):
    """A colleague of Ben's team."""
    cast.tess = make.colleague("Tess", "Ndiaye", team=cast.data, site=cast.nantes, manager=cast.maya)
    return client_of


def tells(text: str) -> bool:
    return "Leaves on" in text or "leaves on" in text or "knot k-leaver" in text


@pytest.mark.parametrize("told_to", [ToldTo.NEAR, ToldTo.TEAM, ToldTo.COLLEAGUES])
def test_no_page_tells_a_departure_to_whom_it_was_not_told(told_to, cast, tess):
    leaves(cast, told_to=told_to)
    told = {place: {name for name in READERS if tells(tess(name).get(url(cast)).content.decode())} for place, url in PLACES.items()}
    assert told["profile"] == KNOWS[told_to]
    for place in PLACES:
        assert told[place] <= KNOWS[told_to], place


def test_a_list_by_phase_names_no_untold_departure(cast, tess):
    leaves(cast)
    for name in READERS:
        assert "Ben Okafor" not in tess(name).get(PLACES["phase"](cast)).content.decode().split("<main", 1)[1].split("Where they are")[0] or name == "ben"


def test_the_index_holds_no_untold_phase(cast):
    from portal.people.search_documents.person import PersonDocument

    leaves(cast)
    person = PersonDocument().queryset().get(pk=cast.ben.pk)
    facets = {facet.value for part in PersonDocument().draft(person).parts for facet in part.facets if facet.name == "phase"}
    assert facets == {path.COLLEAGUE}


def test_desks_learn_of_a_quiet_departure_ten_working_days_before(cast, given, at, client_of):
    leaves(cast, days=40)
    desk = reverse("plans:desk")
    take_back = Step.objects.get(key=f"unit-{given['laptop'].pk}")
    assert not may(user(cast, "ilan"), "plans.view_step", take_back)
    assert take_back not in Step.objects.waiting()
    at(30)
    assert may(user(cast, "ilan"), "plans.view_step", take_back)
    assert "Ben Okafor" in client_of("ilan").get(desk).content.decode()


def test_the_news_spreads_on_the_day_that_was_chosen(cast, at):
    leaves(cast, told_to=ToldTo.COLLEAGUES, told_from=clock.today() + timedelta(days=5))
    assert departures.spread_due() == 0
    assert path.of(again(cast.ben)).phase == path.COLLEAGUE
    at(5)
    assert departures.spread_due() == 1
    assert path.of(again(cast.ben)).phase == path.LEAVER


def test_what_was_told_cannot_be_untold(cast):
    departure = leaves(cast, told_to=ToldTo.TEAM)
    with pytest.raises(MoveRefused):
        departures.tell(departure.pk, by=cast.ben.user, told_to=ToldTo.NEAR, told_from=None)
    departures.tell(departure.pk, by=cast.ben.user, told_to=ToldTo.COLLEAGUES, told_from=None)
    assert again(cast.ben).employee.end_told_to == ToldTo.COLLEAGUES


def test_a_check_of_arrivals_tells_no_secret(cast):
    from onboarding import asking
    from onboarding.models import Arrival

    plan = Plan.objects.create(kind="arrival", person=cast.nia, site=cast.nantes, first_day=clock.today() + timedelta(days=30), buddy=cast.ben)
    arrival = Arrival.objects.create(plan=plan)
    leaves(cast)
    assert asking.loaded(Arrival.objects.filter(pk=arrival.pk))[0].present[cast.ben.pk]
