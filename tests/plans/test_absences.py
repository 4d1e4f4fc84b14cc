"""Whoever is away is stood in for: what is due meanwhile goes to the stand-in, else to the next in line."""

from datetime import timedelta

import pytest
from django.urls import reverse

from portal import clock, roles
from portal.plans.models import Absence
from portal.plans.owners import refresh
from tests import factories as make
from tests.cast import NAMES
from tests.plans import making

MAY_SAY = {"hugo", "maya", "ben"}  # of Ben: the People team, his manager, himself


@pytest.fixture
def plan(cast):
    making.template()
    return making.plan_for(cast.nia, by=cast.hugo.user)


@pytest.fixture
def other(cast):
    person = make.colleague("Joël", "Martin", team=cast.desk, site=cast.nantes)
    make.duty(person, roles.IT)
    return person


def away(person, start, end, stand_in=None):
    today = clock.today()
    return Absence.objects.create(person=person, starts_on=today + timedelta(days=start), ends_on=today + timedelta(days=end), stand_in=stand_in)


def owner(plan, key):
    return plan.steps.get(key=key).owner


def test_what_is_due_meanwhile_goes_to_the_next_in_line_and_the_rest_stays(plan, cast, other):
    plan.steps.filter(key="order-laptop").update(due_on=clock.today() + timedelta(days=1))
    plan.steps.filter(key="open-account").update(due_on=clock.today() + timedelta(days=30))
    away(cast.ilan, 0, 3)
    assert refresh(clock.today() + timedelta(days=60)) >= 1
    assert owner(plan, "order-laptop") == other
    assert owner(plan, "open-account") == cast.ilan
    assert refresh(clock.today() + timedelta(days=60)) == 0


def test_whoever_stands_in_comes_first(plan, cast, other):
    plan.steps.filter(key="order-laptop").update(due_on=clock.today())
    away(cast.ilan, -1, 1, stand_in=cast.cleo)
    refresh(clock.today())
    assert owner(plan, "order-laptop") == cast.cleo


def test_a_plan_opened_meanwhile_asks_who_is_there_on_the_day(cast, other):
    away(cast.ilan, 0, 60)
    making.template()
    assert owner(making.plan_for(cast.nia), "order-laptop") == other


def test_when_all_are_away_the_first_is_asked(cast):
    for person in (cast.ilan, cast.maya, cast.hugo):
        away(person, 0, 60)
    making.template()
    assert owner(making.plan_for(cast.nia), "order-laptop") == cast.ilan


@pytest.mark.parametrize("name", NAMES)
def test_who_says_that_ben_is_away(cast, client_of, name):
    day = clock.today() + timedelta(days=3)
    typed = name == "hugo"  # the People team names whom it means; a manager chooses from her few
    fields = {"person": "ben@rivage.example" if typed else cast.ben.pk, "starts_on": day, "ends_on": day, "stand_in": ""}
    if typed:
        assert "Okafor" not in client_of(name).get(reverse("plans:absence_list")).content.decode().partition("<aside")[2]
    client_of(name).post(reverse("plans:absence_list"), fields)
    assert Absence.objects.filter(person=cast.ben).exists() is (name in MAY_SAY)


@pytest.mark.parametrize("name", NAMES)
def test_who_reads_and_takes_off_an_absence_of_ben(cast, client_of, name):
    absence = away(cast.ben, 1, 2)
    answer = client_of(name).get(reverse("plans:absence_list"))
    if answer.status_code == 200 and name not in MAY_SAY:
        assert "Okafor" not in answer.content.decode().partition("<aside")[0]
    client_of(name).post(reverse("plans:absence_delete", args=[absence.pk]))
    assert Absence.objects.exists() is (name not in MAY_SAY)


@pytest.mark.parametrize(("address", "kept"), [("cleo@rivage.example", True), ("omar@home.example", False), ("nobody@rivage.example", False), ("Cleo", False)])
def test_who_stands_in_is_named_by_address_and_works_here(cast, client_of, address, kept):
    """Omar is known and gone; the page itself lists nobody to choose from."""
    type(cast.omar).objects.filter(pk=cast.omar.pk).update(work_email="omar@home.example")
    day = clock.today() + timedelta(days=3)
    client = client_of("ben")
    assert "Hart" not in client.get(reverse("plans:absence_list")).content.decode().partition("<aside")[2]
    answer = client.post(reverse("plans:absence_list"), {"person": cast.ben.pk, "starts_on": day, "ends_on": day, "stand_in": address})
    assert (answer.status_code, Absence.objects.filter(stand_in=cast.cleo).exists()) == (302 if kept else 422, kept)


def test_a_step_is_given_to_somebody_of_the_desk_by_name(cast, client_of):
    making.template()
    step = making.plan_for(cast.nia, by=cast.hugo.user).steps.get(key="order-laptop")
    client, address = client_of("hugo"), reverse("plans:step_reassign", args=[step.pk])
    assert cast.ilan.work_email in client.get(address).content.decode()
    assert client.post(address, {"owner": cast.cleo.work_email}).status_code == 422  # Cleo works in Bristol
    client.post(address, {"owner": cast.ben.work_email})
    step.refresh_from_db()
    assert step.owner == cast.ben
