"""Equipment: each state has its next, hand-overs are signed by their person, files come in whole."""

import pytest
from django.http import Http404
from django.urls import reverse

from portal.moves import MoveRefused, move
from portal.plans import equipment, stock
from portal.plans.models import Handover, Unit
from tests.cast import NAMES, user_of
from tests.plans import making

MAY_CHANGE = {"ilan"}


@pytest.fixture
def plan(cast):
    making.template()
    return making.plan_for(cast.nia, by=cast.hugo.user)


@pytest.fixture
def unit(plan, cast):
    return making.unit(cast.nantes)


def test_from_the_shelf_to_a_person_and_back_each_time_signed(plan, unit, cast):
    ilan, nia = cast.ilan.user, cast.nia.user
    equipment.assign(unit.pk, plan, by=ilan)
    equipment.prepare(unit.pk, by=ilan)
    equipment.test(unit.pk, by=ilan)
    given = equipment.hand_over(unit.pk, by=ilan)
    equipment.sign(given.pk, "Nia Diallo", by=nia)
    with pytest.raises(MoveRefused):
        equipment.sign(given.pk, "Somebody else", by=nia)
    back = equipment.take_back(unit.pk, by=ilan)
    assert back.person == cast.nia
    unit.refresh_from_db()
    assert (unit.status, unit.holder) == (Unit.Status.STOCK, None)
    assert [h.way for h in Handover.objects.order_by("pk")] == ["given", "returned"]


@pytest.mark.parametrize("name", NAMES)
def test_who_may_set_aside(plan, unit, cast, name):
    user = user_of(cast, name)
    if name in MAY_CHANGE:
        assert equipment.assign(unit.pk, plan, by=user).holder == cast.nia
    else:
        with pytest.raises(Http404):
            equipment.assign(unit.pk, plan, by=user)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "nia"])
def test_nobody_signs_for_somebody_else(plan, unit, cast, name):
    handover = Handover.objects.create(unit=unit, person=cast.nia, way="given")
    with pytest.raises(Http404):
        equipment.sign(handover.pk, "Me", by=user_of(cast, name))


def test_no_state_but_those_in_moves(unit):
    for before, allowed in Unit.MOVES.items():
        for after in set(Unit.Status) - set(allowed):
            unit.status = before
            with pytest.raises(MoveRefused):
                move(unit, after, by=None)


def test_the_shelf_says_what_it_lacks(plan, cast):
    assert stock.shortages() == [{"site": "Nantes", "kind": "Laptop", "needed": 1, "stock": 0}]
    making.unit(cast.nantes)
    assert stock.shortages() == []


def test_a_file_comes_in_whole_or_not_at_all(cast, client_of, unit):
    good = "model,kind,serial,site\nLagune 14,laptop,A-1,nantes\nLagune 14,laptop,A-2,nantes\n"
    assert stock.bring_in(good.encode(), by=cast.ilan.user) == (2, [])
    bad = f"model;kind;serial;site\nX;laptop;A-3;nantes\nX;spoon;A-4;nantes\nX;laptop;{unit.serial};nantes\nX;laptop;A-5;atlantis\n"
    count, faults = stock.bring_in(bad.encode(), by=cast.ilan.user)
    assert (count, [line for line, _why in faults]) == (0, [3, 4, 5])
    assert not Unit.objects.filter(serial="A-3").exists()
    assert stock.bring_in(b"\xff\xfe", by=cast.ilan.user)[0] == 0
    assert client_of("ilan").get(reverse("plans:unit_list")).status_code == 200
