"""Webhooks are written with their cause, for those who asked, and go with the person they speak of."""

import json
from datetime import timedelta

import pytest
from django.db import transaction

from portal import clock, privacy
from portal.models import Delivery, Subscription
from portal.webhooks import events
from tests.webhooks.telling import subscribed, told

pytestmark = pytest.mark.django_db


def test_what_is_undone_was_never_told(ears):
    subscribed(ears().url)
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012
        told()
        raise RuntimeError
    assert not Delivery.objects.exists()


def test_only_who_asked_for_the_event_and_is_active_is_told(ears):
    url = ears().url
    wanted, _ = subscribed(url)
    subscribed(url, events=["arrival.moved"])
    stopped, _ = subscribed(url)
    Subscription.objects.filter(pk=stopped.pk).update(active=False)
    assert told() == 1
    assert Delivery.objects.get().subscription == wanted


def test_the_same_key_is_told_once_to_each(ears):
    url = ears().url
    subscribed(url)
    assert told(key="step.due:1") == 1
    subscribed(url)
    assert told(key="step.due:1") == 1
    assert told(key="step.due:1") == 0


def test_names_are_said_only_to_who_asked_for_them(ears):
    subscribed(ears().url, names=True)
    subscribed(ears().url)
    told()
    assert sorted(json.loads(body)["data"]["names"] for body in Delivery.objects.values_list("body", flat=True)) == [False, True]


def test_an_event_nobody_registered_is_a_mistake():
    with pytest.raises(KeyError):
        events.announce("step.dune", lambda names: {})


def test_what_was_told_of_a_person_goes_with_them_and_in_time(ears):
    subscribed(ears().url)
    told(about="people.person:7"), told(about="people.person:8")
    assert events.forget("people.person:7") == 1
    Delivery.objects.update(state="delivered", settled_at=clock.now() - timedelta(days=31))
    privacy.keep_promises()
    assert not Delivery.objects.exists()
