"""Webhooks are signed, sent once, retried later and later, given up, and sent again under the same id."""

import json
import socket
import ssl
import subprocess
import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from portal import clock, sealing
from portal.models import Attempt, AuditEntry, Delivery, Subscription
from portal.tasks import ring_webhooks, send_webhooks
from portal.webhooks import sending, signing, transitions
from tests.webhooks.telling import operator, subscribed, told

pytestmark = pytest.mark.django_db


def test_it_arrives_once_signed_over_id_time_and_body(ears):
    ear = ears()
    subscription, secret = subscribed(ear.url)
    told()
    assert send_webhooks(subscription.pk) == 1
    assert send_webhooks(subscription.pk) == 0
    ((headers, body),) = ear.heard
    headers = {name.lower(): value for name, value in headers.items()}
    now = clock.machine_now().timestamp()
    assert signing.demand(secret, headers, body, now) == Delivery.objects.get().message_id
    assert json.loads(body)["type"] == "step.done"
    for fault in ({"webhook-id": "msg_other"}, {"webhook-timestamp": str(int(now) - 20)}, {"webhook-signature": "v1,AAAA"}):
        with pytest.raises(signing.Refused):
            signing.demand(secret, headers | fault, body, now)
    with pytest.raises(signing.Refused):
        signing.demand(secret, headers, body + b" ", now)
    with pytest.raises(signing.Refused):
        signing.demand(secret, headers, body, now + signing.WINDOW + 5)


def test_the_signature_is_that_of_standard_webhooks():
    """The example of the specification, as its reference library writes it."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    assert signing.signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}') == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_new_secret_leaves_a_day_for_the_change(ears):
    ear = ears()
    subscription, old = subscribed(ear.url)
    _, new = transitions.renew(subscription.pk, by=operator())
    told()
    send_webhooks(subscription.pk)
    headers = {name.lower(): value for name, value in ear.heard[0][0].items()}
    for secret in (old, new):
        signing.demand(secret, headers, ear.heard[0][1], clock.machine_now().timestamp())
    with time_machine.travel(clock.now() + timedelta(hours=25)):
        told()
        send_webhooks(subscription.pk)
        headers = {name.lower(): value for name, value in ear.heard[1][0].items()}
        with pytest.raises(signing.Refused):
            signing.demand(old, headers, ear.heard[1][1], clock.machine_now().timestamp())


def test_the_secret_is_nowhere_in_plain_text(ears):
    subscription, secret = subscribed(ears().url)
    subscription.refresh_from_db()
    assert secret not in str(Subscription.objects.values())
    assert secret not in str(AuditEntry.objects.values())
    assert sealing.unseal(subscription.token, subscription.key_id) == secret


def test_a_failure_is_tried_again_later_and_later_and_then_given_up(ears):
    ear = ears(status=503)
    subscription, _ = subscribed(ear.url)
    told()
    moment, waits = clock.now(), []
    for _each in range(sending.MOST_ATTEMPTS):
        with time_machine.travel(moment, tick=False):
            assert send_webhooks(subscription.pk) == 0
            assert send_webhooks(subscription.pk) == 0  # not before its time
            delivery = Delivery.objects.get()
            waits.append((delivery.send_after - clock.now()).total_seconds() / 60)
            moment = delivery.send_after + timedelta(seconds=1)
    assert [0.9 * wanted <= got <= 1.1 * wanted for wanted, got in zip((1, 4, 16, 64, 256, 720, 720), waits, strict=False)] == [True] * 7
    assert (delivery.state, len(ear.heard), delivery.log.count()) == ("dead", 8, 8)
    assert {attempt.status for attempt in delivery.log.all()} == {503}


def test_what_was_given_up_is_sent_again_under_the_same_id(ears, client_of):
    ear = ears(status=500)
    subscription, _ = subscribed(ear.url)
    told("a"), told("b")
    Delivery.objects.update(state="dead", attempts=8)
    first, second = Delivery.objects.order_by("pk")
    ear.status = 204
    client = client_of("hugo")
    client.post(reverse("webhooks:delivery_replay", args=[first.pk]))
    send_webhooks(subscription.pk)
    client.post(reverse("webhooks:dead_letters_replay"))
    send_webhooks(subscription.pk)
    assert [headers["webhook-id"] for headers, _body in ear.heard] == [first.message_id, second.message_id]
    assert not Delivery.objects.exclude(state="delivered").exists()
    assert AuditEntry.objects.filter(action__startswith="webhook.replayed").count() == 2


def test_410_ends_the_subscription(ears):
    subscription, _ = subscribed(ears(status=410).url)
    told()
    send_webhooks(subscription.pk)
    subscription.refresh_from_db()
    assert (subscription.active, subscription.stopped_because, Delivery.objects.get().state) == (False, "gone", "dead")


def test_a_delivery_of_a_worker_that_died_is_taken_again_and_not_before(ears):
    ear = ears()
    subscription, _ = subscribed(ear.url)
    told()
    Delivery.objects.update(state="sending", claimed_at=clock.now(), attempts=1)
    assert send_webhooks(subscription.pk) == 0
    with time_machine.travel(clock.now() + sending.CLAIM_LASTS + timedelta(seconds=1)):
        assert ring_webhooks() == 1
        assert send_webhooks(subscription.pk) == 1
    assert len(ear.heard) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_delivery_once(ears):
    ear = ears()
    subscription, _ = subscribed(ear.url)
    for number in range(12):
        told(number)
    start = threading.Barrier(4)

    def work():
        start.wait()
        sending.send(subscription.pk)
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    [worker.start() for worker in workers]
    [worker.join() for worker in workers]
    assert len({headers["webhook-id"] for headers, _body in ear.heard}) == len(ear.heard) == 12


def test_a_receiver_that_is_down_is_not_hammered(ears):
    subscription, _ = subscribed(f"http://127.0.0.1:{free_port()}/hooks")
    for number in range(10):
        told(number)
    send_webhooks(subscription.pk)
    assert Attempt.objects.count() == sending.GIVEN_UP_AFTER


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def test_a_receiver_that_drips_is_cut_off(ears, monkeypatch):
    monkeypatch.setattr(sending, "DEADLINE", 0.6)
    subscription, _ = subscribed(ears(drip=True).url)
    told()
    assert send_webhooks(subscription.pk) == 0
    attempt = Attempt.objects.get()
    assert attempt.fault == "no answer in time"
    assert attempt.milliseconds < 3000


def test_a_wrong_certificate_is_not_trusted(ears, tmp_path):
    """A receiver whose certificate nobody vouches for: the connection ends before a word is said."""
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    words = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", cert, "-days", "2", "-subj", "/CN=localhost"]
    subprocess.run(["openssl", *words], check=True, capture_output=True)
    ear = ears()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    ear.socket = context.wrap_socket(ear.socket, server_side=True)
    subscription, _ = subscribed(ear.url.replace("http:", "https:"))
    told()
    send_webhooks(subscription.pk)
    assert Attempt.objects.get().fault == "certificate"
    assert ear.heard == []
