"""Half an hour with somebody who does the job or did it: who is offered, when, and a file other programs read; nothing is kept."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from mobility import talking
from portal import clock
from portal.models import AuditEntry
from portal.people.models import Assignment
from tests import factories as make

UTC = ZoneInfo("UTC")


@pytest.fixture
def holder(inside):
    """Mate0 holds the job in Bristol and accepts questions."""
    mate = inside.mates[0]
    mate.employee.assignments.update(job=inside.job)
    mate.can_help, mate.work_email = True, "mate@rivage.example"
    mate.save()
    return mate


@pytest.fixture
def former(inside):
    """Ilan held the job until last year, and accepts questions."""
    inside.ilan.can_help, inside.ilan.work_email = True, "ilan@rivage.example"
    inside.ilan.save()
    today = clock.today()
    old = {
        "team": inside.far,
        "site": inside.bristol,
        "title_en": "Forecaster",
        "started_on": today - timedelta(days=2000),
        "ended_on": today - timedelta(days=400),
    }
    Assignment.objects.create(employee=inside.ilan.employee, job=inside.job, **old)
    return inside.ilan


def page_of(inside, person) -> str:
    return reverse("mobility:talk_plan", args=[inside.opening.slug, person.slug])


def working_day(inside) -> date:
    return talking.next_day(inside.bristol)


def asked(inside, client, person, hour="10:30", day=None):
    return client.post(page_of(inside, person), {"day": (day or working_day(inside)).isoformat(), "hour": hour})


def test_those_who_do_it_and_those_who_did_are_offered(inside, holder, former, client_of):
    page = client_of("ben").get(inside.opening.get_absolute_url()).content.decode()
    assert "Does this job, accepts questions" in page
    assert "Did this job until" in page
    assert page_of(inside, holder) in page
    assert page_of(inside, former) in page


def test_the_nearest_come_first(inside, client_of):
    inside.maya.family_name = "Aaron"  # first by name, in another team
    for person in (inside.maya, *inside.mates[:2]):
        person.employee.assignments.update(job=inside.job)
        person.can_help = True
        person.save()
    found = talking.talkers(inside.opening, talking.Reader(person_id=inside.ben.pk, colleague=True))
    assert [talker.person for talker in found] == inside.mates[:2]


def test_past_seats_that_are_not_shown_make_nobody_a_former_holder(inside, former, client_of):
    former.visibility = {"path": "me"}
    former.save()
    assert "Did this job" not in client_of("ben").get(inside.opening.get_absolute_url()).content.decode()
    assert client_of("ben").get(page_of(inside, former)).status_code == 404


def test_the_file_is_read_by_two_other_programs(inside, holder, client_of):
    answer = asked(inside, client_of("ben"), holder)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    event = Calendar.from_ical(answer.content).walk("VEVENT")[0]
    other = vobject.readOne(answer.content.decode()).vevent
    expected = datetime.combine(working_day(inside), time(10, 30), ZoneInfo("Europe/London")).astimezone(UTC)
    for start, end in ((event.decoded("dtstart"), event.decoded("dtend")), (other.dtstart.value, other.dtend.value)):
        assert start.astimezone(UTC) == expected
        assert end - start == timedelta(minutes=30)
    assert {str(address) for address in event["attendee"]} == {f"mailto:{inside.ben.work_email or inside.ben.user.email}", "mailto:mate@rivage.example"}
    assert str(event["organizer"]) == f"mailto:{inside.ben.work_email or inside.ben.user.email}"
    assert str(event["summary"]) == f"Half an hour about the job of {inside.job.title}: Ben Okafor and Mate0 Bristol"
    assert other.summary.value == str(event["summary"])
    assert inside.opening.reference not in answer.content.decode()
    assert inside.opening.slug not in answer.content.decode()
    assert b"\r\n" in answer.content
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))


def test_it_is_titled_in_the_language_of_the_reader(inside, holder, client_of):
    inside.ben.user.language = "fr"
    inside.ben.user.save()
    event = Calendar.from_ical(asked(inside, client_of("ben"), holder).content).walk("VEVENT")[0]
    assert str(event["summary"]).startswith("Une demi-heure sur le métier")


def test_another_hour_moves_the_first_file(inside, holder, client_of, monkeypatch):
    client, now = client_of("ben"), clock.now()
    first = Calendar.from_ical(asked(inside, client, holder).content).walk("VEVENT")[0]
    monkeypatch.setattr(talking.clock, "now", lambda: now + timedelta(minutes=5))
    second = Calendar.from_ical(asked(inside, client, holder, hour="15:00").content).walk("VEVENT")[0]
    assert str(first["uid"]) == str(second["uid"])
    assert second["sequence"] > first["sequence"]
    of_maya = Calendar.from_ical(asked(inside, client_of("maya"), holder).content).walk("VEVENT")[0]
    assert str(of_maya["uid"]) != str(first["uid"])


@pytest.mark.parametrize(
    ("hour", "words"),
    [("08:30", "between"), ("17:45", "between"), ("23:50", "between"), ("", "Choose an hour"), ("noon", "Choose an hour")],
)
def test_an_hour_that_does_not_do_is_refused_in_words(hour, words, inside, holder, client_of):
    answer = asked(inside, client_of("ben"), holder, hour=hour)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_the_last_half_hour_of_the_day_does(inside, holder, client_of):
    assert asked(inside, client_of("ben"), holder, hour="17:30").status_code == 200


def test_a_time_that_is_over_and_a_day_off_are_refused_in_words(inside, holder, client_of):
    gone = asked(inside, client_of("ben"), holder, day=clock.today() - timedelta(days=1))
    assert "This time is over" in gone.content.decode()
    sunday = clock.today() + timedelta(days=13 - clock.today().weekday())
    off = asked(inside, client_of("ben"), holder, day=sunday)
    assert off.status_code == 422
    assert "Nobody works in" in off.content.decode()


@pytest.mark.parametrize("change", ["no longer", "hidden", "left", "no address", "another job"])
def test_who_no_longer_accepts_is_not_found(change, inside, holder, client_of):
    if change == "left":
        holder.employee.assignments.update(ended_on=clock.today() - timedelta(days=2))
    if change == "another job":
        holder.employee.assignments.update(job=make.JobDescriptionFactory())
    if change == "hidden":
        holder.visibility = {"can_help": "me"}
    holder.can_help = change != "no longer"
    holder.work_email = "" if change == "no address" else holder.work_email
    holder.save()
    assert client_of("ben").get(page_of(inside, holder)).status_code == 404
    assert asked(inside, client_of("ben"), holder).status_code == 404


def test_nobody_asks_themself_and_nobody_from_outside_asks(inside, holder, client_of):
    assert client_of("omar").get(page_of(inside, holder)).status_code == 404
    assert talking.talkers(inside.opening, talking.Reader(person_id=holder.pk, colleague=True)) == []


def test_a_closed_seat_offers_no_talk(inside, holder, client_of):
    type(inside.opening).objects.update(status="closed")
    assert client_of("ben").get(page_of(inside, holder)).status_code == 404


def test_nothing_of_it_is_kept(inside, holder, client_of):
    client = client_of("ben")
    client.get(page_of(inside, holder))

    def kept() -> dict[str, int]:
        return {model._meta.label: model._base_manager.count() for model in apps.get_models() if model._meta.label != "sessions.Session"}

    before = kept()
    assert asked(inside, client, holder).status_code == 200
    assert kept() == before
    assert not AuditEntry.objects.filter(target__contains=f":{holder.pk}").exists()


def test_the_page_of_a_seat_asks_as_much_for_many_as_for_one(inside, holder, former, client_of):
    client = client_of("ben")
    client.get(inside.opening.get_absolute_url())
    with CaptureQueriesContext(connection) as few:
        client.get(inside.opening.get_absolute_url())
    for mate in inside.mates[1:]:
        mate.employee.assignments.update(job=inside.job)
        mate.can_help = True
        mate.save()
    with CaptureQueriesContext(connection) as many:
        client.get(inside.opening.get_absolute_url())
    assert len(many) == len(few)
