"""Who is known to leave keeps no application open; whose last day is quiet looks like everybody else."""

from datetime import timedelta

import pytest

from alumni.transitions import departure as departures
from mobility import tasks, transitions
from mobility.models import Application, Interest
from portal import clock, rules
from portal.models import Mail
from portal.moves import MoveRefused
from portal.people.models import Assignment
from portal.people.models.employment import ToldTo
from tests.alumni.making import fresh, leaves
from tests.mobility.test_transitions import agreed


def may_apply(inside):
    return rules.may(fresh(inside.ben), "mobility.apply_opening", inside.opening)


@pytest.mark.parametrize(("told_to", "ends"), [(ToldTo.NEAR, False), (ToldTo.TEAM, False), (ToldTo.COLLEAGUES, True)])
def test_an_application_ends_with_the_news_and_not_before(told_to, ends, inside, application):
    leaves(inside, told_to=told_to)
    assert tasks.end_for_leavers() == ends
    application.refresh_from_db()
    assert (application.status == Application.Status.WITHDRAWN) == ends
    assert may_apply(inside) == (not ends)
    assert Mail.objects.filter(kind="mobility.left").count() == ends
    assert Mail.objects.filter(kind="mobility.withdrawn").count() == ends  # the words of any other withdrawal


def test_what_who_hires_hears_is_what_they_hear_of_any_withdrawal(inside, application):
    leaves(inside, told_to=ToldTo.COLLEAGUES)
    tasks.end_for_leavers()
    ended = Mail.objects.get(kind="mobility.withdrawn")
    assert "Ben" not in ended.body
    assert "leave" not in ended.body


def test_a_quiet_leaver_who_is_gone_leaves_nothing_open(inside, application):
    transitions.express_interest(inside.opening.pk, by=fresh(inside.ben), shared=True)
    leaves(inside, days=1)
    assert tasks.end_for_leavers() == 0
    clock.shift_by(lambda: timedelta(days=2))
    try:
        departures.leave_due()
        assert tasks.end_for_leavers() == 2
        assert tasks.end_for_leavers() == 0
    finally:
        clock.shift_by(None)
    assert not Interest.objects.exists()
    assert not Mail.objects.filter(kind="mobility.left").exists()  # the page would not open any more


def test_the_end_of_a_contract_is_no_departure(inside, application):
    end = clock.today() + timedelta(days=60)
    Assignment.objects.filter(employee=inside.ben.employee).update(ended_on=end)
    type(inside.ben.employee).objects.filter(pk=inside.ben.employee.pk).update(left_on=end)
    assert tasks.end_for_leavers() == 0
    assert may_apply(inside)


@pytest.mark.parametrize(("days", "refused"), [(20, True), (50, False)])
def test_no_seat_is_written_beyond_a_quiet_last_day(days, refused, inside, application):
    starts_on = agreed(application, inside).starts_on
    departure = leaves(inside, days=days)
    if refused:
        with pytest.raises(MoveRefused, match="look at the dates again"):
            transitions.move_in(application.pk, by=inside.hugo.user)
        return
    assert transitions.move_in(application.pk, by=inside.hugo.user).ended_on == departure.last_day
    departures.cancel(departure.pk, by=fresh(inside.hugo))
    seats = Assignment.objects.filter(employee=inside.ben.employee).order_by("started_on")
    assert [seat.ended_on for seat in seats] == [starts_on - timedelta(days=1), None]
