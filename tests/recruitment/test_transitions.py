"""The verbs of hiring: what each changes, what it refuses, and what leaves by mail and when."""

from datetime import date, timedelta

import pytest
import time_machine

from portal import clock, lifecycle, post, privacy
from portal.models import Mail, TimelineEntry
from portal.moves import MoveRefused
from portal.people.models import Assignment, Employee, Opening
from recruitment import erasing, journey, processes, transitions
from recruitment.models import Application, Offer
from tests.recruitment.conftest import fresh

pytestmark = pytest.mark.django_db
Status = Application.Status


def stages(application):
    return list(application.opening.process.stages.all())


def bring(application, cast, order):
    """Move it to a stage by its number."""
    return transitions.advance(application.pk, by=cast.maya.user, stage_id=stages(application)[order - 1].pk)


def accepted(application, cast, days=30):
    """An application whose offer was accepted."""
    first = clock.today() + timedelta(days=days)
    transitions.offer(application.pk, by=cast.maya.user, pay=45000, starts_on=first, expires_on=clock.today() + timedelta(days=5))
    transitions.accept_offer(fresh(application))
    return first


def test_moving_past_the_blind_stages_shows_the_name_for_good(application, cast):
    bring(application, cast, 2)
    assert fresh(application).is_blind
    bring(application, cast, 3)
    assert not fresh(application).is_blind
    bring(application, cast, 1)
    assert not fresh(application).is_blind


def test_a_move_is_told_after_ten_minutes_and_can_be_undone_until_then(application, cast):
    bring(application, cast, 2)
    mail = Mail.objects.get(kind="recruitment.advanced")
    assert mail.send_after > clock.now() + timedelta(minutes=9)
    transitions.go_back(application.pk, by=cast.maya.user)
    assert fresh(application).stage.order == 1
    mail.refresh_from_db()
    assert mail.state == Mail.State.CANCELLED


def test_once_told_a_move_is_not_undone(application, cast):
    bring(application, cast, 2)
    Mail.objects.filter(kind="recruitment.advanced").update(state=Mail.State.SENT)
    with pytest.raises(MoveRefused):
        transitions.go_back(application.pk, by=cast.maya.user)


def test_a_stage_of_another_job_is_refused(application, apply, cast):
    with pytest.raises(MoveRefused):
        transitions.advance(application.pk, by=cast.maya.user, stage_id=10_000)


def test_an_answer_no_leaves_after_a_day_and_until_then_the_person_sees_nothing_of_it(application, cast, client, apply):
    transitions.refuse(application.pk, by=cast.maya.user, reason="skill", words="Because of the night shifts.", seen="Knows rivers")
    mail = Mail.objects.get(kind="recruitment.refused")
    assert mail.subject == "About your application: Flood data engineer"
    assert clock.now() + timedelta(hours=23) < mail.send_after < clock.now() + timedelta(hours=25)
    shown = journey.of(fresh(application))
    assert shown.open
    assert not shown.outcome
    assert not shown.seen
    with time_machine.travel(clock.now() + timedelta(hours=25)):
        shown = journey.of(fresh(application))
        assert not shown.open
        assert shown.refusal.words == "Because of the night shifts."
        assert [seen.text for seen in shown.seen] == ["Knows rivers"]


def test_an_answer_no_is_taken_back_before_it_leaves_and_not_after(application, cast):
    transitions.refuse(application.pk, by=cast.maya.user, reason="skill", words="No.")
    transitions.take_back_refusal(application.pk, by=cast.maya.user)
    assert fresh(application).status == Status.ACTIVE
    assert Mail.objects.get(kind="recruitment.refused").state == Mail.State.CANCELLED
    transitions.refuse(application.pk, by=cast.maya.user, reason="skill", words="No.")
    with time_machine.travel(clock.now() + timedelta(hours=25)):
        post.deliver(Mail.objects.get(kind="recruitment.refused", state=Mail.State.WAITING).pk)
        with pytest.raises(MoveRefused):
            transitions.take_back_refusal(application.pk, by=cast.maya.user)


MONDAY, THURSDAY = "2026-11-30 09:00+00:00", "2026-12-03 09:00+00:00"  # two days after the latter is a Saturday


def test_a_new_date_is_told_at_once_and_moves_the_dates_after_it(apply, cast):
    with time_machine.travel(MONDAY, tick=False):
        application = apply()[0]
    with time_machine.travel("2026-12-07 09:00+00:00", tick=False):
        transitions.promise(application.pk, by=cast.maya.user, on=date(2026, 12, 10), words="We are in the field.")
        shown = journey.of(fresh(application))
        assert shown.days_late == 5
        assert shown.answer_by == date(2026, 12, 10)
        assert "Was planned by" in shown.steps[2]["text"]
    assert "in the field" in Mail.objects.get(kind="recruitment.late").body


def test_an_answer_is_promised_for_a_day_on_which_people_work(apply, cast):
    with time_machine.travel(THURSDAY, tick=False):
        application = apply()[0]
        assert fresh(application).due_on == date(2026, 12, 7)  # Monday, not Saturday
        shown = journey.of(fresh(application))
        assert ["By Monday 14 December." in step["text"] for step in shown.steps[1:2]] == [True]
        bring(application, cast, 4)  # ten days: Sunday the 13th
        assert fresh(application).due_on == date(2026, 12, 14)
    with time_machine.travel("2026-12-18 09:00+00:00", tick=False):
        bring(application, cast, 2)  # seven days: Christmas is a Friday
        assert fresh(application).due_on == date(2026, 12, 28)
    with time_machine.travel("2026-12-23 09:00+00:00", tick=False):
        bring(application, cast, 3)  # five days, in Bristol: Boxing Day is made up for on Monday
        assert processes.answer_day(clock.today(), 5, cast.bristol) == date(2026, 12, 29)
        assert fresh(application).due_on == date(2026, 12, 28)


@pytest.mark.parametrize(("day", "why"), [("2026-12-06", "Nobody works in Nantes"), ("2026-12-02", "next 30"), ("2027-01-11", "next 30")])
def test_nobody_is_told_to_wait_for_a_sunday_and_the_words_are_kept(apply, cast, client_of, day, why):
    with time_machine.travel(THURSDAY, tick=False):
        application = apply()[0]
        answer = client_of("maya").post(f"/hiring/people/{application.pk}/new-date/", {"on": day, "words": "Two of us are ill."})
        with pytest.raises(MoveRefused, match=why):
            transitions.promise(application.pk, by=cast.maya.user, on=date.fromisoformat(day), words="Two of us are ill.")
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert "Two of us are ill." in answer.content.decode()
    assert fresh(application).promised_on is None


def test_the_card_is_red_when_the_answer_is_late_and_not_a_day_before(apply):
    with time_machine.travel(THURSDAY, tick=False):
        application = apply()[0]
    seen = {}
    for day in ("2026-12-03", "2026-12-06", "2026-12-07", "2026-12-08"):
        with time_machine.travel(f"{day} 09:00+00:00", tick=False):
            seen[day] = (application.days_here, application.days_promised, application.days_late)
    assert seen == {"2026-12-03": (1, 4, 0), "2026-12-06": (3, 4, 0), "2026-12-07": (4, 4, 0), "2026-12-08": (5, 4, 1)}


def test_withdrawing_closes_at_once(application):
    transitions.withdraw(application)
    assert fresh(application).status == Status.WITHDRAWN
    with pytest.raises(MoveRefused):
        transitions.withdraw(fresh(application))


def test_an_offer_is_accepted_once_and_not_after_its_date(application, cast):
    first = clock.today() + timedelta(days=30)
    transitions.offer(application.pk, by=cast.maya.user, pay=45000, starts_on=first, expires_on=clock.today() + timedelta(days=5))
    with time_machine.travel(clock.now() + timedelta(days=6)), pytest.raises(MoveRefused):
        transitions.accept_offer(fresh(application))
    transitions.accept_offer(fresh(application))
    assert application.offers.get().status == Offer.Status.ACCEPTED
    with pytest.raises(MoveRefused):
        transitions.decline_offer(fresh(application))


def test_an_offer_taken_back_can_no_longer_be_accepted(application, cast):
    transitions.offer(application.pk, by=cast.maya.user, pay=45000, starts_on=clock.today() + timedelta(days=30), expires_on=clock.today() + timedelta(days=5))
    transitions.take_back_offer(application.pk, by=cast.maya.user)
    with pytest.raises(MoveRefused):
        transitions.accept_offer(fresh(application))


def test_hire_makes_an_employee_with_a_seat_and_tells_the_house(application, cast):
    heard = []

    def listen(sender, employee, by, **kwargs):
        heard.append((employee.person_id, by))

    lifecycle.hired.connect(listen)
    try:
        first = accepted(application, cast)
        employee = transitions.hire(application.pk, by=cast.maya.user, joined_on=first)
    finally:
        lifecycle.hired.disconnect(listen)
    seat = employee.assignments.get()
    assert (seat.team, seat.site, seat.manager, seat.started_on) == (cast.data, cast.nantes, cast.maya, first)
    assert employee.person == application.person
    assert fresh(application).employee == employee
    assert heard == [(application.person_id, cast.maya.user)]
    assert Mail.objects.filter(kind="recruitment.hired").exists()


def test_when_a_receiver_of_the_hire_fails_nobody_is_hired(application, cast):
    def fail(sender, **kwargs):
        raise ValueError("planted")

    first = accepted(application, cast)
    lifecycle.hired.connect(fail)
    try:
        with pytest.raises(ValueError, match="planted"):
            transitions.hire(application.pk, by=cast.maya.user, joined_on=first)
    finally:
        lifecycle.hired.disconnect(fail)
    assert fresh(application).status == Status.ACCEPTED
    assert not Employee.objects.filter(person=application.person).exists()
    assert not Mail.objects.filter(kind="recruitment.hired").exists()


def test_the_map_says_who_announces_a_hire():
    assert "recruitment.transitions.hire" in lifecycle.MAP["hired"][0]


def test_a_hire_is_undone_until_the_first_day_and_not_after(application, cast):
    first = accepted(application, cast)
    transitions.hire(application.pk, by=cast.maya.user, joined_on=first)
    with time_machine.travel(clock.now() + timedelta(days=31)), pytest.raises(MoveRefused):
        transitions.undo_hire(application.pk, by=cast.maya.user)
    assert fresh(application).status == Status.HIRED
    transitions.undo_hire(application.pk, by=cast.maya.user)
    assert fresh(application).status == Status.ACCEPTED
    assert not Assignment.objects.filter(employee__person=application.person).exists()


def test_who_worked_here_before_keeps_their_number(apply, cast):
    application, _token = apply("Omar", "Benali")
    Application.objects.filter(pk=application.pk).update(person=cast.omar)
    first = accepted(application, cast)
    employee = transitions.hire(application.pk, by=cast.maya.user, joined_on=first)
    assert employee == cast.omar.employee
    assert employee.assignments.count() == 2


def test_a_job_does_not_close_while_anyone_awaits_an_answer(application, cast):
    with pytest.raises(MoveRefused, match="1 person still awaits an answer"):
        transitions.close(application.opening_id, by=cast.hugo.user)
    transitions.refuse(application.pk, by=cast.maya.user, reason="closed", words="It will not be filled.")
    transitions.close(application.opening_id, by=cast.hugo.user)
    assert Opening.objects.get(pk=application.opening_id).status == Opening.Status.CLOSED


def test_a_job_with_two_seats_closes_after_two(opening, apply, cast, client):
    Opening.objects.filter(pk=opening.pk).update(seats=2)
    people = [apply(name)[0] for name in ("Lena", "Idris", "Ana")]
    for application in people[:2]:
        assert client.get(f"/en/jobs/{opening.slug}/").status_code == 200
        transitions.hire(application.pk, by=cast.maya.user, joined_on=accepted(application, cast))
    assert client.get(f"/en/jobs/{opening.slug}/").status_code == 410
    opening.refresh_from_db()
    assert opening.status == Opening.Status.OPEN  # Ana still waits
    first = accepted(people[2], cast)
    with pytest.raises(MoveRefused, match="Every seat"):
        transitions.hire(people[2].pk, by=cast.maya.user, joined_on=first)


def test_the_last_hire_closes_a_job_nobody_else_waits_for(application, cast):
    transitions.hire(application.pk, by=cast.maya.user, joined_on=accepted(application, cast))
    assert Opening.objects.get(pk=application.opening_id).status == Opening.Status.CLOSED
    transitions.undo_hire(application.pk, by=cast.maya.user)
    assert Opening.objects.get(pk=application.opening_id).status == Opening.Status.OPEN


def test_publishing_again_keeps_what_earlier_readers_read(opening, apply, cast):
    application, _token = apply()
    transitions.publish(opening.pk, by=cast.hugo.user)
    assert opening.adverts.count() == 1
    opening.job.mission_en = "Keep all rivers flowing."
    opening.job.save()
    transitions.publish(opening.pk, by=cast.hugo.user)
    assert opening.adverts.count() == 2
    assert fresh(application).advert.body["en"]["mission"] == "Keep river data flowing."


def test_everything_is_handed_over_and_erased_on_demand(apply, cast):
    application, _token = apply()
    bring(application, cast, 3)
    transitions.recognise(application, "Explains well", by=cast.maya.user)
    given = erasing.everything(fresh(application))
    assert given["recognised"] == ["Explains well"]
    assert given["answers"] == []
    person = application.person_id
    erasing.erase(fresh(application))
    assert not Application.objects.filter(pk=application.pk).exists()
    assert not type(application.person).objects.filter(pk=person).exists()
    assert not TimelineEntry.objects.filter(content_type__model="application", object_id=application.pk).exists()
    assert not Mail.objects.filter(to=application.email).exists()


@pytest.mark.parametrize(("days", "pool", "kept"), [(80, False, True), (100, False, False), (100, True, True), (400, True, False)])
def test_a_refused_file_goes_after_three_months_unless_its_person_agreed_to_more(application, cast, days, pool, kept):
    transitions.refuse(application.pk, by=cast.maya.user, reason="skill", words="No.")
    if pool:
        Application.objects.filter(pk=application.pk).update(pool_until=clock.today() + timedelta(days=365))
    with time_machine.travel(clock.now() + timedelta(days=days)):
        privacy.keep_promises()
    assert Application.objects.filter(pk=application.pk).exists() is kept
