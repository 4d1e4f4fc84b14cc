"""Steps and the register tell the same story: a step moves its unit, a unit does its steps, and a hand-over asks to sign."""

import pytest
from django.http import Http404

from portal.moves import MoveRefused
from portal.plans import access, equipment, transitions
from portal.plans.models import Handover, Step, Unit
from tests.cast import NAMES, user_of
from tests.plans import making

LAPTOP = {"equipment": "laptop"}
STEPS = [
    ("aside", "Set a laptop aside", "it", "equipment", -8, {**LAPTOP, "reaches": "assigned"}),
    ("prepared", "Prepare the laptop", "it", "equipment", -5, {**LAPTOP, "reaches": "prepared"}),
    ("tested", "Test the laptop", "it", "equipment", -3, {**LAPTOP, "reaches": "tested"}),
    ("badge", "Make the badge", "security", "access", -3, {"thing": "badge", "delivery": "in_person", "thing_en": "Badge"}),
    ("given", "Laptop and badge", "it", "equipment", 0, {**LAPTOP, "reaches": "given", "kind": "handover"}),
]


@pytest.fixture
def plan(cast):
    making.template(steps=STEPS)
    return making.plan_for(cast.nia, by=cast.hugo.user)


def do(plan, key, by):
    return transitions.finish(plan.steps.get(key=key).pk, by=by)


def state(plan):
    return Unit.objects.get(plan=plan).status


def test_the_steps_carry_the_unit_from_the_shelf_into_the_hands_of_the_person_who_signs(plan, cast):
    unit, ilan = making.unit(cast.nantes), cast.ilan.user
    making.unit(cast.bristol, "SN-B")
    for key in ("aside", "prepared", "tested"):
        do(plan, key, ilan)
        unit.refresh_from_db()
    assert (unit.status, unit.holder) == (Unit.Status.TESTED, cast.nia)
    transitions.finish(plan.steps.get(key="badge").pk, by=cast.hugo.user)
    do(plan, "given", ilan)
    assert state(plan) == Unit.Status.GIVEN
    assert Handover.objects.get().person == cast.nia
    badge = plan.accesses.get()
    assert (badge.status, badge.acknowledged_at) == ("given", None)
    access.acknowledge(badge.pk, by=cast.nia.user)
    badge.refresh_from_db()
    assert badge.acknowledged_at


def test_the_register_does_the_steps(plan, cast):
    unit, ilan = making.unit(cast.nantes), cast.ilan.user
    equipment.assign(unit.pk, plan, by=ilan)
    equipment.prepare(unit.pk, by=ilan)
    done = plan.steps.filter(status=Step.Status.DONE).values_list("key", flat=True)
    assert set(done) == {"aside", "prepared"}


def test_a_later_step_does_the_earlier_ones(plan, cast):
    making.unit(cast.nantes)
    do(plan, "tested", cast.ilan.user)
    assert state(plan) == Unit.Status.TESTED
    assert not plan.steps.filter(key__in=["aside", "prepared"], status=Step.Status.OPEN).exists()


def test_an_empty_shelf_refuses_with_its_site_and_leaves_the_step_open(plan, cast):
    making.unit(cast.bristol)
    with pytest.raises(MoveRefused, match=cast.nantes.name):
        do(plan, "aside", cast.ilan.user)
    assert plan.steps.get(key="aside").status == Step.Status.OPEN


def test_undoing_puts_the_unit_one_state_back(plan, cast):
    unit, ilan = making.unit(cast.nantes), cast.ilan.user
    do(plan, "prepared", ilan)
    transitions.reopen(plan.steps.get(key="prepared").pk, by=ilan)
    assert state(plan) == Unit.Status.ASSIGNED
    transitions.reopen(plan.steps.get(key="aside").pk, by=ilan)
    unit.refresh_from_db()
    assert (unit.status, unit.holder, unit.plan) == (Unit.Status.STOCK, None, None)


def test_what_is_in_somebodys_hands_is_not_undone_by_a_step(plan, cast):
    making.unit(cast.nantes)
    do(plan, "given", cast.ilan.user)
    with pytest.raises(MoveRefused):
        transitions.reopen(plan.steps.get(key="given").pk, by=cast.ilan.user)
    assert state(plan) == Unit.Status.GIVEN


@pytest.mark.parametrize("name", [name for name in NAMES if name != "nia"])
def test_only_the_person_says_that_they_have_it(plan, cast, name):
    plan.accesses.update(status="given")
    with pytest.raises(Http404):
        access.acknowledge(plan.accesses.get().pk, by=user_of(cast, name))
