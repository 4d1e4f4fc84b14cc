"""The home of whoever arrives: the page of the first day until it is over, then the home of a colleague."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from portal.plans import access


def home(cast, days, hour="08:30"):
    """Nia's home so many days after her first day."""
    with time_machine.travel(f"{cast.nia.employee.joined_on + timedelta(days=days)}T{hour}:00+01:00", tick=False):
        client = Client()
        client.force_login(cast.nia.user, backend="django.contrib.auth.backends.ModelBackend")
        return client.get("/home/").content.decode()


@pytest.mark.parametrize(("days", "said"), [(-6, "You start in 6 days."), (0, "Today is your first day.")])
def test_until_the_first_day_is_over_the_home_is_that_page(arrival, cast, days, said):
    page = home(cast, days)
    assert said in page
    assert "How to get here" in page
    assert "Codes to collect" in page
    assert "Open my page" not in page


def test_codes_are_offered_at_home_on_the_day_and_not_before(arrival, cast):
    access.write_code(arrival.plan.accesses.get(thing="door").pk, "4817#", by=cast.nadia.user)
    assert "Show the code" not in home(cast, -1)
    page = home(cast, 0)
    assert "Show the code" in page
    assert "4817" not in page


def test_the_day_after_the_home_is_a_colleagues_with_the_way_back(arrival, cast):
    page = home(cast, 1)
    assert "Codes to collect" not in page
    assert "Open my page" in page
    assert "Open my page" not in home(cast, 20)


def test_the_hello_follows_the_hour_of_the_site(arrival, cast):
    for hour, hello in (("08:30", "Good morning Nia."), ("14:00", "Good afternoon Nia."), ("19:00", "Good evening Nia.")):
        assert hello in home(cast, 0, hour)


def test_a_cancelled_arrival_is_nobodys_home(arrival, cast):
    from onboarding import transitions

    transitions.cancel(arrival.pk, by=cast.hugo.user)
    assert "Codes to collect" not in home(cast, -3)


@pytest.mark.parametrize("name", ["maya", "hugo", "ben", "cleo", "omar"])
def test_nobody_elses_home_changes(arrival, client_of, name):
    assert "Codes to collect" not in client_of(name).get("/home/").content.decode()


def test_a_question_asked_at_home_comes_back_home(arrival, client_of):
    assert client_of("nia").post("/first-day/question/", {"text": "Where do I park?", "next": "/home/"}).url == "/home/"
    assert client_of("nia").post("/first-day/question/", {"text": "And my bicycle?", "next": "https://elsewhere.example/"}).url == "/first-day/"


def test_a_checkin_that_was_asked_waits_at_home_until_it_is_answered(arrival, cast):
    """The one after three months too, when the way back to the page of the first day is long gone."""
    from onboarding import checkins
    from onboarding.models import CheckIn

    last = arrival.checkins.order_by("due_on").last()
    days = (last.due_on - cast.nia.employee.joined_on).days + 3
    assert "How is it going?" not in home(cast, 3)
    with time_machine.travel(f"{last.due_on + timedelta(days=1)}T10:00:00+01:00", tick=False):
        checkins.ask()
    address = f"/check-ins/{last.pk}/"
    assert address in home(cast, days)
    CheckIn.objects.filter(pk=last.pk).update(answered_at=arrival.plan.opened_at)
    assert address not in home(cast, days)


def test_the_own_page_is_led_to_on_the_newcomers_day_and_not_on_its_preview(arrival, cast, client_of):
    arrival.plan.steps.filter(key="passkey").update(link="/people/{me}/", due_on=cast.nia.employee.joined_on)
    address = f'href="{cast.nia.get_absolute_url()}"><b>Choose a passkey'
    assert address in home(cast, 0)
    with time_machine.travel(f"{cast.nia.employee.joined_on}T08:30:00+01:00", tick=False):
        preview = client_of("maya").get(f"/arrivals/{arrival.pk}/first-day/").content.decode()
    assert "<b>Choose a passkey" in preview
    assert address not in preview
