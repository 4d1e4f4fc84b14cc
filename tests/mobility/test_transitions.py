"""What changes in mobility: no answer no before talking, no yes before the panel, dates by both, the move in one transaction."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.http import Http404

from mobility import figures, transitions
from mobility.models import Application, Interest
from onboarding import receivers
from portal import clock, lifecycle, switches
from portal.models import Mail
from portal.moves import MoveRefused
from portal.panels import transitions as panels
from portal.panels.models import Ballot, BallotLine, Panel
from portal.panels.transitions import Line
from portal.people import waiting
from portal.people.models import Assignment, Opening
from portal.plans.models import Plan, Step
from portal.plans.planning import WorkingDays, add_months
from recruitment import transitions as recruitment

Status = Application.Status


def talk(application, inside):
    return transitions.log_conversation(application.pk, by=inside.cleo.user, on=clock.today(), said="A good hour.", language="en")


def convene(application, inside, rule="consent"):
    return transitions.convene(application.pk, by=inside.hugo.user, hr=inside.hugo, rule=rule, deadline=clock.today() + timedelta(days=5))


def decide(panel, inside, choice=Ballot.Choice.YES):
    lines = [Line(criterion.pk, BallotLine.Verdict.MEETS, "Seen at work.") for criterion in panel.criteria.all()]
    for member in panel.members.filter(stepped_aside_at=None):
        panels.seal(panel.pk, by=member.person.user, choice=choice, lines=lines)
    panels.decide(panel.pk, by=inside.cleo.user, summaries={criterion.pk: "Seen at work." for criterion in panel.criteria.all()}, language="en")


def accepted(application, inside):
    talk(application, inside)
    decide(convene(application, inside), inside)
    return transitions.accept(application.pk, by=inside.cleo.user)


def agreed(application, inside):
    accepted(application, inside)
    transitions.lift(application.pk, by=inside.ben.user)
    day = clock.today() + timedelta(days=30)
    transitions.agree_dates(application.pk, by=inside.cleo.user, starts_on=day)
    return transitions.agree_dates(application.pk, by=inside.maya.user, starts_on=day)


def test_an_answer_is_promised_within_ten_working_days(application):
    site = application.opening.site
    assert WorkingDays(site.country).between(clock.today(site.timezone), application.due_on) == 10


def test_applying_replaces_the_interest_and_happens_once(inside):
    transitions.express_interest(inside.opening.pk, by=inside.ben.user, shared=True)
    transitions.apply(inside.opening.pk, by=inside.ben.user, motivation="Yes.", language="en")
    assert not Interest.objects.exists()
    with pytest.raises(MoveRefused, match="already"):
        transitions.apply(inside.opening.pk, by=inside.ben.user, motivation="Again.", language="en")


def test_who_hires_cannot_apply_and_a_closed_seat_takes_nobody(inside):
    with pytest.raises(Http404):
        transitions.apply(inside.opening.pk, by=inside.cleo.user, motivation="Me.", language="en")
    Opening.objects.update(status=Opening.Status.CLOSED)
    with pytest.raises(Http404):
        transitions.apply(inside.opening.pk, by=inside.ben.user, motivation="Me.", language="en")


def test_nobody_is_answered_no_before_a_logged_conversation(inside, application):
    words = {"criterion": 0, "because": "Not yet.", "next_step": "A month with the field team.", "language": "en"}
    with pytest.raises(MoveRefused, match="Talk first"):
        transitions.refuse(application.pk, by=inside.cleo.user, **words)
    talk(application, inside)
    with pytest.raises(MoveRefused, match="one next step"):
        transitions.refuse(application.pk, by=inside.cleo.user, **{**words, "next_step": " "})
    refusal = transitions.refuse(application.pk, by=inside.cleo.user, **words)
    letter = Mail.objects.get(kind="mobility.refused")
    assert refusal.criterion_fr == "Hydrologie"
    assert "Hydrology" in letter.body
    assert "A month with the field team." in letter.body


def test_half_an_hour_past_midnight_in_nantes_today_has_begun_though_not_in_bristol(inside, application):
    day = clock.today() + timedelta(days=2)
    said = {"by": inside.cleo.user, "said": "A good hour.", "language": "en"}
    with time_machine.travel(datetime.combine(day, time(0, 30), ZoneInfo("Europe/Paris")), tick=False):
        assert application.today() == day - timedelta(days=1)
        with pytest.raises(MoveRefused, match="once it was held"):
            transitions.log_conversation(application.pk, on=day + timedelta(days=1), **said)
        assert transitions.log_conversation(application.pk, on=day, **said).on == day


def test_the_criteria_of_the_panel_come_from_the_description_in_both_languages(inside, application):
    talk(application, inside)
    panel = convene(application, inside)
    assert [(each.text_en, each.text_fr) for each in panel.criteria.all()] == [("Hydrology", "Hydrologie"), ("Write for mayors", "Écrire pour des maires")]
    application.refresh_from_db()
    assert application.due_on > clock.day(panel.deadline)


def test_no_yes_without_a_panel_that_said_yes_and_no_no_while_it_sits(inside, application):
    with pytest.raises(MoveRefused):
        transitions.accept(application.pk, by=inside.cleo.user)
    talk(application, inside)
    panel = convene(application, inside)
    with pytest.raises(MoveRefused, match="panel"):
        transitions.accept(application.pk, by=inside.cleo.user)
    with pytest.raises(MoveRefused, match="not answered yet"):
        transitions.refuse(application.pk, by=inside.cleo.user, criterion=0, because="No.", next_step="Wait.", language="en")
    decide(panel, inside)
    with pytest.raises(MoveRefused, match="said yes"):
        transitions.refuse(application.pk, by=inside.cleo.user, criterion=0, because="No.", next_step="Wait.", language="en")
    assert transitions.accept(application.pk, by=inside.cleo.user).status == Status.ACCEPTED


def test_a_panel_that_said_no_is_followed_by_a_no(inside, application):
    talk(application, inside)
    decide(convene(application, inside, rule="majority"), inside, choice=Ballot.Choice.NO)
    with pytest.raises(MoveRefused):
        transitions.accept(application.pk, by=inside.cleo.user)
    transitions.refuse(application.pk, by=inside.cleo.user, criterion=0, because="Not yet.", next_step="A month in the field.", language="en")


def test_with_the_votes_off_hr_and_the_manager_sign_on_the_same_pages(inside, application):
    switches.turn(switches.VOTES, False, by=inside.hugo.user)
    talk(application, inside)
    panel = convene(application, inside)
    assert panel.mode == Panel.Mode.SIGNED
    assert panel.members.count() == 2


def test_withdrawing_stops_the_panel_and_its_ballots_go(inside, application):
    talk(application, inside)
    panel = convene(application, inside)
    lines = [Line(criterion.pk, BallotLine.Verdict.MEETS, "Seen.") for criterion in panel.criteria.all()]
    panels.seal(panel.pk, by=inside.hugo.user, choice=Ballot.Choice.YES, lines=lines)
    transitions.withdraw(application.pk, by=inside.ben.user)
    panel.refresh_from_db()
    assert panel.status == Panel.Status.CANCELLED
    assert not Ballot.objects.exists()


def test_a_person_is_free_two_months_after_the_yes_at_the_latest(inside, application):
    yes = accepted(application, inside)
    assert yes.release_by == add_months(clock.today("Europe/London"), 2)
    transitions.lift(application.pk, by=inside.ben.user)
    with pytest.raises(MoveRefused, match="between tomorrow"):
        transitions.agree_dates(application.pk, by=inside.maya.user, starts_on=yes.release_by + timedelta(days=1))


def test_dates_wait_for_the_person_to_lift_it(inside, application):
    accepted(application, inside)
    with pytest.raises(Http404):
        transitions.agree_dates(application.pk, by=inside.cleo.user, starts_on=clock.today() + timedelta(days=9))


def test_another_day_asks_the_other_manager_again(inside, application):
    agreed(application, inside)
    changed = transitions.agree_dates(application.pk, by=inside.maya.user, starts_on=clock.today() + timedelta(days=40))
    assert (changed.status, changed.hiring_agreed_at) == (Status.ACCEPTED, None)


def test_a_present_manager_who_says_nothing_has_no_veto(inside, application):
    yes = accepted(application, inside)
    transitions.lift(application.pk, by=inside.ben.user)
    with_day = transitions.agree_dates(application.pk, by=inside.hugo.user, starts_on=yes.release_by - timedelta(days=1))
    assert with_day.status == Status.ACCEPTED  # the People team alone agrees for nobody before the last day
    assert transitions.agree_dates(application.pk, by=inside.hugo.user, starts_on=yes.release_by).status == Status.AGREED


def test_the_move_closes_one_seat_opens_another_and_a_plan(inside, application):
    day = agreed(application, inside).starts_on
    new = transitions.move_in(application.pk, by=inside.hugo.user)
    old = Assignment.objects.get(employee=inside.ben.employee, team=inside.data)
    assert (old.ended_on, new.started_on, new.team, new.manager) == (day - timedelta(days=1), day, inside.far, inside.cleo)
    plan = Plan.objects.get(kind="move")
    assert (plan.person, plan.assignment, plan.first_day) == (inside.ben, new, day)
    assert figures.of_the_year().moves == 1


def test_the_plan_of_the_move_is_read_where_it_was_decided(inside, application, client_of):
    """Who hires reads all of it, who moves what is theirs to do; the manager who stays behind reads none."""
    day = agreed(application, inside).starts_on
    transitions.move_in(application.pk, by=inside.hugo.user)
    plan, soon = Plan.objects.get(kind="move"), {"family": "team", "due_on": day}
    note = Step.objects.create(plan=plan, key="note", text_en="Write the note", role="newcomer", owner=inside.ben, **soon)
    told = Step.objects.create(plan=plan, key="told", text_en="Tell the team", role="manager", owner=inside.cleo, **soon)
    for name, steps in (("cleo", [note, told]), ("hugo", [note, told]), ("ben", [note]), ("maya", [])):
        page = client_of(name).get(application.get_absolute_url()).content.decode()
        assert [step for step in (note, told) if step.get_absolute_url() in page] == steps, name


def test_a_plan_that_cannot_open_stops_the_move(inside, application):
    """Receivers run in the transaction: no plan, no move."""
    agreed(application, inside)

    def planted(**kwargs):
        raise RuntimeError

    lifecycle.moved.connect(planted)
    try:
        with pytest.raises(RuntimeError):
            transitions.move_in(application.pk, by=inside.hugo.user)
    finally:
        lifecycle.moved.disconnect(planted)
    application.refresh_from_db()
    assert application.status == Status.AGREED
    assert not Plan.objects.exists()
    assert receivers.settle


def test_an_opening_does_not_close_while_somebody_inside_waits(inside, application):
    assert waiting.for_answer(inside.opening) == 1
    with pytest.raises(MoveRefused, match="awaits an answer"):
        recruitment.close(inside.opening.pk, by=inside.hugo.user)
    transitions.withdraw(application.pk, by=inside.ben.user)
    assert recruitment.close(inside.opening.pk, by=inside.hugo.user).status == Opening.Status.CLOSED
