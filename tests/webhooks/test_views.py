"""The pages of webhooks: for those who run the house, the secret shown once, the same cost with many rows."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal import sealing
from portal.models import Attempt, AuditEntry, Delivery, Subscription
from portal.tasks import send_webhooks
from tests.cast import NAMES
from tests.webhooks.telling import subscribed

pytestmark = pytest.mark.django_db
WHO_RUNS = {"hugo"}


@pytest.mark.parametrize("name", NAMES)
def test_who_sees_webhooks(client_of, name):
    for page in ("subscription_list", "subscription_create", "dead_letter_list"):
        status = client_of(name).get(reverse(f"webhooks:{page}")).status_code
        assert status == (200 if name in WHO_RUNS else 302 if name in ("zoe", "visitor") else 404)


def test_a_subscription_is_made_by_a_form_that_shows_the_secret_once(client_of, ears):
    client = client_of("hugo")
    fields = {"name": "Badges", "url": ears().url, "events": ["step.due", "step.done"], "names": "on"}
    answer = client.post(reverse("webhooks:subscription_create"), fields)
    subscription = Subscription.objects.get()
    secret = sealing.unseal(subscription.token, subscription.key_id)
    assert secret in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert (subscription.events, subscription.names) == (["step.due", "step.done"], True)
    for page in (subscription.get_absolute_url(), reverse("webhooks:subscription_edit", args=[subscription.pk]), reverse("webhooks:subscription_list")):
        assert secret not in client.get(page).content.decode()
    assert AuditEntry.objects.filter(action="webhook.subscribed").exists()


@pytest.mark.parametrize("url", ["https://10.0.0.1/", "https://localhost/", "http://93.184.216.34/", "https://169.254.169.254/latest/meta-data/"])
def test_a_private_address_is_refused_at_the_form_with_a_sentence(client_of, url):
    answer = client_of("hugo").post(reverse("webhooks:subscription_create"), {"name": "Badges", "url": url, "events": ["step.due"]})
    assert answer.status_code == 422
    assert url in answer.content.decode()  # what was typed stays
    assert not Subscription.objects.exists()


def test_a_greeting_can_be_sent_and_a_subscription_ended(client_of, ears):
    ear, client = ears(), client_of("hugo")
    subscription, _ = subscribed(ear.url)
    client.post(reverse("webhooks:subscription_try", args=[subscription.pk]))
    send_webhooks(subscription.pk)
    assert json.loads(ear.heard[0][1])["type"] == "ping"
    client.post(reverse("webhooks:subscription_end", args=[subscription.pk]))
    assert not Subscription.objects.exists()


@pytest.mark.parametrize("page", ["subscription_list", "subscription_detail", "dead_letter_list"])
def test_pages_cost_the_same_with_few_and_many_rows(client_of, page):
    client = client_of("hugo")
    made = [subscribed(f"https://93.184.216.34/{n}")[0] for n in range(2)]
    path = reverse(f"webhooks:{page}", args=[made[0].pk] if page == "subscription_detail" else [])

    def fill(count):
        rows = Delivery.objects.bulk_create(Delivery(subscription=made[0], event="step.done", body="{}", state="dead", attempts=8) for _ in range(count))
        Attempt.objects.bulk_create(Attempt(delivery=row, status=500) for row in rows for _ in range(3))

    fill(2)
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    fill(200)
    for n in range(20):
        subscribed(f"https://93.184.216.34/more/{n}")
    with CaptureQueriesContext(connection) as many:
        assert client.get(path).status_code == 200
    assert len(many) <= len(few)


def test_a_subscription_says_its_events_in_words_and_a_new_secret_is_asked_twice(client_of):
    subscription, _ = subscribed("https://93.184.216.34/", events=["step.due"])
    page = client_of("hugo").get(subscription.get_absolute_url()).content.decode()
    assert "A step is due today" in page
    assert "Make a new secret?" in page
    assert [label for value, label in Delivery.State.choices if value == "dead"] == ["Given up"]
