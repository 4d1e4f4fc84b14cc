"""Plans open, move, close; steps are done, undone, given to others; each by those who may."""

from contextlib import nullcontext
from datetime import timedelta

import pytest
import time_machine
from django.http import Http404

from portal import clock, roles
from portal.models import Mail, Notice, TimelineEntry
from portal.moves import MoveRefused
from portal.plans import access, equipment, transitions
from portal.plans.models import Access, Plan, Step, Unit
from tests import factories as make
from tests.cast import NAMES, user_of
from tests.plans import making


@pytest.fixture
def plan(cast):
    making.template()
    return making.plan_for(cast.nia, by=cast.hugo.user, buddy=cast.ben)


def step(plan, key):
    return plan.steps.get(key=key)


def test_a_plan_is_copied_with_owners_days_and_what_it_opens(plan, cast):
    assert plan.steps.count() == len(making.BASE)
    assert step(plan, "order-laptop").owner == cast.ilan
    assert step(plan, "welcome").owner == cast.ben
    assert step(plan, "passkey").owner == cast.nia
    assert step(plan, "welcome").due_on == plan.first_day
    assert {a.name_en for a in plan.accesses.all()} == {"Company account", "Mailbox", "Main door", "Badge"}
    assert plan.accesses.get(thing="mailbox").address == cast.nia.work_email


def test_a_desk_without_anybody_falls_to_the_manager_and_without_one_to_the_people_team(plan, cast):
    assert step(plan, "desk-and-seat").owner == cast.maya  # nobody sits at the facilities desk
    plan.manager = None
    assert transitions.Owners(plan).of("facilities") == cast.hugo


def test_a_step_whose_owner_left_goes_to_the_next_in_line(plan, cast):
    from portal.plans.owners import refresh

    other = make.colleague("Joël", "Martin", team=cast.desk, site=cast.nantes)
    make.duty(other, roles.IT)
    cast.ilan.employee.assignments.update(ended_on=clock.today() - timedelta(days=1))
    assert refresh(making.days_from_now(90)) == 3
    assert step(plan, "order-laptop").owner == other


def test_opening_twice_opens_once(plan, cast):
    assert making.plan_for(cast.nia) == plan
    assert Plan.objects.count() == 1


def test_editing_the_template_leaves_the_running_plan_alone(plan):
    source = step(plan, "badge").source
    source.text_en = "Something else"
    source.save()
    assert step(plan, "badge").text_en == "Make the badge"


def test_moving_the_first_day_moves_what_is_not_done(plan, cast):
    transitions.finish(step(plan, "contract-signed").pk, by=cast.hugo.user)
    before = {s.key: s.due_on for s in plan.steps.all()}
    transitions.postpone(plan.pk, plan.first_day + timedelta(days=14), by=cast.maya.user)
    after = {s.key: s.due_on for s in plan.steps.all()}
    assert after["contract-signed"] == before["contract-signed"]
    assert after["welcome"] == before["welcome"] + timedelta(days=14)
    assert plan.accesses.get(thing="door").opens_on == before["welcome"] + timedelta(days=14)
    seat = making.seat_of(cast.nia)
    assert seat.started_on == before["welcome"] + timedelta(days=14)
    assert Notice.objects.filter(user=cast.ilan.user, kind="plans.postponed").exists()
    assert not Notice.objects.filter(user=cast.maya.user, kind="plans.postponed").exists()  # who did it knows it


def test_cancelling_closes_everything_and_tells_everyone_in_their_language(plan, cast):
    cast.ben.user.language = "fr"
    cast.ben.user.save()
    making.unit(cast.nantes)
    equipment.assign(Unit.objects.get().pk, plan, by=cast.ilan.user)
    access.write_code(plan.accesses.get(thing="door").pk, "4817#", by=_security(cast))
    transitions.cancel(plan.pk, by=cast.hugo.user, because="Another job")
    plan.refresh_from_db()
    assert plan.status == Plan.Status.CANCELLED
    assert not plan.steps.filter(status=Step.Status.OPEN).exists()
    assert set(plan.accesses.values_list("status", flat=True)) == {Access.Status.CLOSED}
    assert Unit.objects.get().status == Unit.Status.STOCK
    assert not hasattr(plan.accesses.get(thing="door"), "code")
    told = {user.pk for user in (cast.maya.user, cast.ben.user, cast.ilan.user, cast.nia.user)}
    assert told <= set(Notice.objects.filter(kind="plans.cancelled").values_list("user", flat=True))
    assert "annulé" in Notice.objects.get(user=cast.ben.user, kind="plans.cancelled").text_fr


def _security(cast):
    if not hasattr(cast, "nadia"):
        cast.nadia = make.colleague("Nadia", "Roy", team=cast.desk, site=cast.nantes)
        make.duty(cast.nadia, roles.SECURITY)
    return cast.nadia.user


MAY_FINISH = {
    "contract-signed": {"hugo"},
    "order-laptop": {"hugo", "ilan"},
    "welcome": {"hugo", "ben", "maya"},
    "name-buddy": {"hugo", "maya"},
    "passkey": {"hugo", "nia"},
}


@pytest.mark.parametrize("key", MAY_FINISH)
@pytest.mark.parametrize("name", NAMES)
def test_who_may_finish_a_step(plan, cast, key, name):
    user, pk = user_of(cast, name), step(plan, key).pk
    if name in MAY_FINISH[key]:
        assert transitions.finish(pk, by=user).status == Step.Status.DONE
    else:
        with pytest.raises(Http404):
            transitions.finish(pk, by=user)


def test_done_twice_is_done_once_and_can_be_undone(plan, cast):
    pk = step(plan, "contract-signed").pk
    transitions.finish(pk, by=cast.hugo.user)
    transitions.finish(pk, by=cast.hugo.user)
    assert TimelineEntry.objects.filter(object_id=pk, verb="moved", after="done").count() == 1
    assert transitions.reopen(pk, by=cast.hugo.user).status == Step.Status.OPEN


def test_every_move_outside_moves_is_refused(plan, cast):
    from portal.moves import move

    one = step(plan, "badge")
    for before, allowed in Step.MOVES.items():
        for after in set(Step.Status) - set(allowed):
            one.status = before
            with pytest.raises(MoveRefused):
                move(one, after, by=None)


def test_a_plan_closes_when_nothing_mandatory_is_left(plan, cast):
    with pytest.raises(MoveRefused):
        transitions.close(plan)
    Step.objects.filter(plan=plan, mandatory=True).update(status=Step.Status.DONE)
    assert transitions.close(plan).status == Plan.Status.DONE


def test_a_reminder_goes_out_once_a_day(plan, cast):
    pk = step(plan, "order-laptop").pk
    transitions.remind(pk, by=cast.hugo.user)
    with pytest.raises(MoveRefused):
        transitions.remind(pk, by=cast.hugo.user)
    assert Mail.objects.filter(kind="plans.reminder", to=cast.ilan.user.email).count() == 1


@pytest.mark.parametrize(("again", "told"), [("2026-12-01T23:50", 1), ("2026-12-02T00:10", 2)])
def test_the_day_of_a_reminder_is_that_of_the_site(plan, cast, again, told):
    """Half past midnight in Nantes is the day before in UTC: neither a second reminder that day, nor none on the next."""
    pk = step(plan, "order-laptop").pk
    with time_machine.travel("2026-12-01T00:30+01:00", tick=False):
        transitions.remind(pk, by=cast.hugo.user)
    with time_machine.travel(f"{again}+01:00", tick=False), nullcontext() if told == 2 else pytest.raises(MoveRefused):
        transitions.remind(pk, by=cast.hugo.user)
    assert Mail.objects.filter(kind="plans.reminder", to=cast.ilan.user.email).count() == told


def test_reassigning_tells_the_new_owner(plan, cast):
    transitions.reassign(step(plan, "welcome").pk, cast.cleo, by=cast.hugo.user)
    assert step(plan, "welcome").owner == cast.cleo
    assert Notice.objects.filter(user=cast.cleo.user, kind="plans.reassigned").exists()
    assert transitions.finish(step(plan, "welcome").pk, by=cast.cleo.user).status == Step.Status.DONE
