"""Signed calls and links of desks that never sign in: once each, their own steps alone; and the example receiver over real HTTP."""

import json
import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from portal import clock
from portal.models import AuditEntry, HeardCall
from portal.plans import announcing, calls, links
from portal.plans.models import Desk, DeskKey, Step
from portal.plans.views import calls as views
from portal.tasks import ring_webhooks, send_webhooks
from portal.webhooks import incoming, signing
from portal.webhooks.transitions import subscribe
from tests.cast import NAMES
from tests.plans import making

RECEIVER = Path(__file__).resolve().parents[2] / "docs" / "examples" / "receiver.py"
pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(cast):
    making.template()
    return making.plan_for(cast.nia, by=cast.hugo.user, buddy=cast.ben)


@pytest.fixture
def desk(plan, cast):
    desk = Desk.objects.create(role="security", email="gate@rivage.example", language="en")
    desk.given, desk.secret = calls.give_key(desk.pk, by=cast.hugo.user)
    return desk


def call(desk, step, *, message_id="call_1", secret=None, body=None, ago=0):
    """A call as a desk's system makes it, with CSRF enforced."""
    body = json.dumps({"step": step}).encode() if body is None else body
    stamp = int(clock.machine_now().timestamp()) - ago
    headers = signing.headers([secret or desk.secret], message_id, stamp, body)
    return Client(enforce_csrf_checks=True).post(reverse("plans:step_call", args=[desk.given.name]), body, "application/json", headers=headers)


def badge(plan):
    return plan.steps.get(key="badge")


def test_a_signed_call_finishes_the_step_and_is_written_down(plan, desk):
    answer = call(desk, badge(plan).pk)
    assert (answer.status_code, answer.json()) == (200, {"step": badge(plan).pk, "status": "done"})
    assert badge(plan).status == Step.Status.DONE
    assert AuditEntry.objects.filter(action="step.called").exists()
    assert DeskKey.objects.get().used_at is not None


def test_the_same_call_is_not_heard_twice_and_another_changes_nothing(plan, desk):
    step = badge(plan)
    call(desk, step.pk)
    done_at = badge(plan).done_at
    again = call(desk, step.pk)
    assert (again.status_code, again.json()["heard"]) == (409, True)
    assert call(desk, step.pk, message_id="call_2").status_code == 200
    assert badge(plan).done_at == done_at


def test_a_replay_does_not_undo_an_undoing(plan, desk, cast):
    from portal.plans import transitions

    call(desk, badge(plan).pk)
    transitions.reopen(badge(plan).pk, by=cast.hugo.user)
    assert call(desk, badge(plan).pk).status_code == 409
    assert badge(plan).status == Step.Status.OPEN


@pytest.mark.parametrize("fault", [{"secret": signing.new_secret()}, {"ago": 400}, {"ago": -400}])
def test_a_call_signed_wrongly_or_at_another_time_is_refused(plan, desk, fault):
    assert call(desk, badge(plan).pk, **fault).status_code == 401
    assert badge(plan).status == Step.Status.OPEN
    assert not HeardCall.objects.exists()


def test_a_call_without_headers_or_of_an_unknown_key_is_refused_alike(plan, desk):
    client = Client()
    bare = client.post(reverse("plans:step_call", args=[desk.given.name]), {"step": 1}, "application/json")
    unknown = client.post(reverse("plans:step_call", args=["desk-unknown"]), {"step": 1}, "application/json")
    assert bare.status_code == unknown.status_code == 401
    assert bare.content == unknown.content


def test_an_old_call_is_refused_by_its_time_when_its_id_is_forgotten(plan, desk):
    call(desk, badge(plan).pk, ago=200)
    with time_machine.travel(clock.now() + incoming.KEPT + timedelta(seconds=1)):
        assert incoming.forget_heard() == 1
        stamp = int(clock.machine_now().timestamp() - incoming.KEPT.total_seconds() - 200)
        assert abs(clock.machine_now().timestamp() - stamp) > signing.WINDOW


@pytest.mark.parametrize("body", [b"", b"[]", b'"x"', b'{"step": null}', b'{"step": "x"}', b"\xff", b'{"step": 1e400}'])
def test_a_body_that_says_nothing_is_answered_with_what_it_should_say(plan, desk, body):
    assert call(desk, 0, body=body).status_code == 422


def test_a_desk_speaks_of_its_own_steps_at_its_own_site_alone(plan, desk, cast):
    assert call(desk, plan.steps.get(key="order-laptop").pk).status_code == 404
    Desk.objects.update(site=cast.bristol)
    assert call(desk, badge(plan).pk, message_id="call_2").status_code == 404


def test_a_step_that_needs_a_code_is_refused_with_its_reason(plan, desk):
    answer = call(desk, plan.steps.get(key="door-code").pk)
    assert (answer.status_code, answer.json()["heard"]) == (409, False)
    assert "Write the code first" in answer.json()["error"]


def test_too_many_calls_are_turned_away(plan, desk, monkeypatch):
    monkeypatch.setattr(views, "OF_A_DESK", 3)
    with time_machine.travel(clock.now(), tick=False):
        answers = [call(desk, badge(plan).pk, message_id=f"call_{n}").status_code for n in range(5)]
    assert answers == [200, 200, 200, 429, 429]


def test_no_other_address_of_plans_goes_without_a_forms_token():
    from portal.plans.urls import urlpatterns

    assert [pattern.name for pattern in urlpatterns if getattr(pattern.callback, "csrf_exempt", False)] == ["step_call"]


@pytest.mark.parametrize("name", NAMES)
def test_only_the_people_team_gives_keys(desk, client_of, name):
    answer = client_of(name).post(reverse("plans:desk_key", args=[desk.pk]))
    assert answer.status_code == (200 if name == "hugo" else 302 if name in ("zoe", "visitor") else 404)
    if name == "hugo":
        assert "whsec_" in answer.content.decode()
        assert "no-store" in answer["Cache-Control"]


def test_a_key_taken_away_opens_nothing(plan, desk, client_of):
    client_of("hugo").post(reverse("plans:desk_key_take", args=[desk.pk]))
    assert call(desk, badge(plan).pk).status_code == 401


# --- the link of the morning's letter -------------------------------------------------------------------
def test_a_link_works_for_two_weeks_and_only_by_its_button(plan, client):
    token = links.token_of(badge(plan))
    address = reverse("plans:step_by_link", args=[token])
    for _each in range(2):  # mail scanners look at links, more than once
        assert client.get(address).status_code == 200
    assert badge(plan).status == Step.Status.OPEN
    with time_machine.travel(clock.now() + timedelta(days=15)):
        assert client.post(address).status_code == 404
    assert client.post(address).status_code == 200
    assert client.post(address).status_code == 200  # pressed twice is pressed once
    assert badge(plan).status == Step.Status.DONE


# --- the receiver of the documentation, as a process of its own -------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_the_example_receiver_hears_and_calls_back(plan, desk, cast, live_server, settings):
    settings.WEBHOOKS_LOOPBACK = True
    fields = {"name": "Gate", "url": "http://127.0.0.1:1/", "events": ["step.due", "step.done"]}
    subscription, secret = subscribe(fields, by=cast.hugo.user)
    environment = {**os.environ, "SECRET": secret, "CALL_SECRET": desk.secret, "CALL_URL": live_server.url + reverse("plans:step_call", args=[desk.given.name])}
    command = [sys.executable, str(RECEIVER), "0"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            port = re.search(r"\d+", process.stdout.readline())[0]
            type(subscription).objects.update(url=f"http://127.0.0.1:{port}/hooks")
            Step.objects.exclude(key="badge").delete()
            Step.objects.update(due_on=clock.today(plan.site.timezone))
            assert announcing.what_is_due() == 1
            assert announcing.what_is_due() == 0
            assert ring_webhooks() == 1
            assert send_webhooks(subscription.pk) == 1
            assert process.stdout.readline().startswith("step.due")
            assert process.stdout.readline() == "called back: 200\n"
            assert badge(plan).status == Step.Status.DONE
            assert send_webhooks(subscription.pk) == 1  # step.done, written by the call itself
            assert process.stdout.readline().startswith("step.done")
            subscription.deliveries.update(state="waiting")
            assert send_webhooks(subscription.pk) == 2  # told twice, heard once
            type(subscription).objects.update(token=desk.given.token, key_id=desk.given.key_id)
            subscription.deliveries.update(state="waiting")
            assert send_webhooks(subscription.pk) == 0  # signed with another secret
            assert {attempt.status for attempt in subscription.deliveries.first().log.all()[:1]} == {401}
        finally:
            process.terminate()
        assert process.stdout.read() == ""
