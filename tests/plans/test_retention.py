"""What plans and arrivals keep of people, for how long, and what goes when they go."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from onboarding import transitions
from onboarding.models import Arrival, CheckIn, Morning, Question
from portal import clock, privacy
from portal.models import Delivery
from portal.people.models import Assignment
from portal.plans.models import Access, Handover, Plan
from portal.webhooks.transitions import subscribe
from tests.plans import making


@pytest.fixture
def arrival(cast):
    making.template()
    subscribe({"name": "All", "url": "https://93.184.216.34/", "events": ["arrival.planned"], "names": True}, by=cast.hugo.user)
    found = transitions.open(making.seat_of(cast.nia), by=cast.hugo.user, address="nia@home.example", buddy=cast.ben)
    Question.objects.create(arrival=found, text="Where do I park?")
    Handover.objects.create(unit=making.unit(cast.nantes), person=cast.nia, plan=found.plan, way="given", signed_as="Nia Diallo")
    return found


def test_what_is_due_goes_and_what_is_not_stays(arrival):
    ours = {"plans", "access codes", "signatures for equipment", "personal addresses of newcomers", "questions of newcomers", "check-ins"}
    assert {policy.name for policy, rows in privacy.foresee(timedelta(0)) if rows} & ours == set()
    with time_machine.travel(clock.now() + timedelta(days=120)):
        privacy.keep_promises()
        arrival.refresh_from_db()
        assert arrival.address == ""
        assert Question.objects.exists()
    Plan.objects.update(status=Plan.Status.DONE)
    with time_machine.travel(clock.now() + timedelta(days=3 * 365 + 30)):
        privacy.keep_promises()
        assert not Plan.objects.exists()
        assert Handover.objects.exists()  # the proof outlives the plan


def test_somebody_who_goes_leaves_a_count_and_no_word(arrival, cast):
    Morning.objects.create(arrival=arrival, first_day=arrival.plan.first_day, nine=clock.now(), seen="kept")
    assert Delivery.objects.filter(about=f"people.person:{cast.nia.pk}").exists()
    Assignment.objects.filter(employee__person=cast.nia).delete()
    privacy.erase(cast.nia)
    assert Plan.objects.count() == Morning.objects.count() == 1
    for model in (Access, Handover, Question, CheckIn, Delivery):
        assert not model.objects.exists(), model
    assert Arrival.objects.get().address == ""


def test_my_data_holds_my_plan_and_never_a_code(arrival, cast, client_of):
    page = client_of("nia").get(reverse("my_data")).content.decode()
    for words in ("Where do I park?", "Main door", "Choose a passkey"):
        assert words in page, words
