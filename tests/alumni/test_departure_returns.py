"""What was given is asked back, and each thing has its proof."""

import pytest
from django.http import Http404

from alumni.transitions import departure as departures
from portal.moves import MoveRefused
from portal.people.models.employment import ToldTo
from portal.plans import equipment, returns
from portal.plans import transitions as plans
from portal.plans.models import Access, EquipmentModel, Handover, Step, Unit
from tests.alumni.making import leaves, user
from tests.cast import NAMES


# --- the mirror ---------------------------------------------------------------------------------------
def test_what_was_given_is_what_is_asked_back(cast, given):
    departure = leaves(cast)
    asked = {row.unit or row.access for row in departure.plan.asked_back.all()}
    assert asked == {given["laptop"], given["badge"], given["account"]}
    assert all(row.step.mandatory for row in departure.plan.asked_back.all())


def test_the_badge_of_the_register_takes_the_place_of_the_templates(cast, given):
    departure = leaves(cast)
    assert not departure.plan.steps.filter(key="badge-back").exists()
    assert leaves(cast, cast.cleo, by=cast.hugo).plan.steps.filter(key="badge-back").exists()


def test_a_unit_taken_back_in_the_register_is_the_proof(cast, given):
    departure = leaves(cast, told_to=ToldTo.COLLEAGUES)
    handed = equipment.take_back(given["laptop"].pk, by=user(cast, "ilan"))
    row = departure.plan.asked_back.get(unit=given["laptop"])
    assert (row.how, row.handover, row.settled_by, row.step.status) == ("returned", handed, cast.ilan.user, Step.Status.DONE)
    equipment.sign(handed.pk, "Ben Okafor", by=cast.ben.user)
    assert Handover.objects.get(asked_back=row).signed_as == "Ben Okafor"


def test_a_step_done_at_the_desk_takes_the_unit_back(cast, given):
    departure = leaves(cast, told_to=ToldTo.COLLEAGUES)
    row = departure.plan.asked_back.get(unit=given["laptop"])
    plans.finish(row.step_id, by=user(cast, "ilan"))
    given["laptop"].refresh_from_db()
    row.refresh_from_db()
    assert (given["laptop"].status, given["laptop"].holder, row.how) == (Unit.Status.STOCK, None, "returned")


def test_an_account_closed_can_be_undone(cast, given):
    departure = leaves(cast, told_to=ToldTo.COLLEAGUES)
    row = departure.plan.asked_back.get(access=given["account"])
    plans.finish(row.step_id, by=user(cast, "ilan"))
    given["account"].refresh_from_db()
    assert given["account"].status == Access.Status.CLOSED
    plans.reopen(row.step_id, by=user(cast, "ilan"))
    given["account"].refresh_from_db()
    row.refresh_from_db()
    assert (given["account"].status, row.how) == (Access.Status.GIVEN, "")


def test_what_was_given_cannot_be_called_not_needed(cast, given):
    departure = leaves(cast)
    row = departure.plan.asked_back.get(unit=given["laptop"])
    with pytest.raises(MoveRefused):
        plans.skip(row.step_id, by=user(cast, "hugo"))


@pytest.mark.parametrize("name", NAMES)
def test_only_the_people_team_says_that_something_will_not_come_back(name, cast, given):
    row = leaves(cast).plan.asked_back.get(unit=given["laptop"])
    if name == "hugo":
        assert returns.settle_without(row.pk, "lost", "Fell into the Vilaine.", by=user(cast, name)).how == "lost"
        given["laptop"].refresh_from_db()
        assert given["laptop"].status == Unit.Status.RETIRED
    else:
        with pytest.raises(Http404):
            returns.settle_without(row.pk, "lost", "Fell.", by=user(cast, name))


def test_a_loss_without_a_reason_is_refused(cast, given):
    row = leaves(cast).plan.asked_back.get(unit=given["laptop"])
    with pytest.raises(MoveRefused):
        returns.settle_without(row.pk, "lost", " ", by=user(cast, "hugo"))


def test_what_is_given_after_the_announcement_is_asked_back_too(cast, given):
    departure = leaves(cast, told_to=ToldTo.COLLEAGUES)
    model = EquipmentModel.objects.create(kind="phone", name="Balise")
    Unit.objects.create(model=model, serial="B-1", site=cast.nantes, status=Unit.Status.GIVEN, holder=cast.ben)
    assert departures.ask_back_since() == 1
    assert departures.ask_back_since() == 0
    assert departure.plan.asked_back.count() == 4


def test_a_system_that_no_longer_answers_is_a_proof(cast, given):
    row = leaves(cast).plan.asked_back.get(access=given["account"])
    returns.no_longer_answers(row)
    row.refresh_from_db()
    assert (row.how, row.step.status) == ("silent", Step.Status.DONE)
