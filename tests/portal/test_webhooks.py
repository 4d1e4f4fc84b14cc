"""Webhooks: written with their cause, signed, retried, given up and sent again; and never into our own network."""

import contextlib
import json
import socket
import threading
from datetime import timedelta
from ipaddress import ip_address

import pytest
import time_machine
from django.db import OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal import clock
from portal.models import Attempt, AuditEntry, Delivery, Subscription
from portal.tasks import ring_webhooks, send_webhooks
from portal.webhooks import events, guard, sealing, sending, signing, transitions
from tests.cast import NAMES
from tests.portal import receiver

pytestmark = pytest.mark.django_db
WHO_RUNS = {"hugo"}


@pytest.fixture
def ears(settings):
    """Opens receivers on loopback, which the tests allow."""
    settings.WEBHOOKS_LOOPBACK = True
    opened = []

    def open_one(**options):
        opened.append(receiver.open_ear(**options))
        return opened[-1]

    yield open_one
    for server in opened:
        receiver.close_ear(server)


def subscribed(url, **over):
    fields = {"name": "Desk", "url": url, "events": ["step.done"], "names": False, **over}
    return transitions.subscribe(fields, by=None)


def told(subject="a", **options):
    return events.announce("step.done", lambda names: {"subject": subject, "names": names}, **options)


# --- written with their cause ---------------------------------------------------------------------------
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


# --- sent, signed ---------------------------------------------------------------------------------------
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


def operator():
    from portal import roles
    from portal.people.models import Person
    from tests import factories as make

    person = Person.objects.filter(slug="ora-perez").first()
    if person is None:
        person = make.colleague("Ora", "Perez", team=make.TeamFactory(), site=make.SiteFactory())
        make.duty(person, roles.OPERATOR)
    return person.user


def test_the_secret_is_nowhere_in_plain_text(ears):
    subscription, secret = subscribed(ears().url)
    subscription.refresh_from_db()
    assert secret not in str(Subscription.objects.values())
    assert secret not in str(AuditEntry.objects.values())
    assert sealing.unseal(subscription.token, subscription.key_id) == secret


# --- retried, given up, sent again ----------------------------------------------------------------------
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
        for _each in range(50):  # the tests' SQLite lives in memory, where a writer is turned away instead of waiting
            with contextlib.suppress(OperationalError):
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
    import ssl
    import subprocess

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


# --- never into our own network -------------------------------------------------------------------------
PRIVATE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "255.255.255.255", "224.0.0.1", "240.0.0.1",
    "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "fec0::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "2002:7f00:1::1", "64:ff9b::a00:1", "64:ff9b::7f00:1", "2001:db8::1",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_that_are_not_public_are_refused(address):
    assert not guard.may_talk_to(ip_address(address))
    host = f"[{address}]" if ":" in address else address
    with pytest.raises(guard.Refused):
        guard.demand(f"https://{host}/hooks")


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822"])
def test_public_addresses_are_let_through(address):
    assert guard.may_talk_to(ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        "http://93.184.216.34/", "ftp://93.184.216.34/", "https://user:word@93.184.216.34/", "https://93.184.216.34/#x", "https://93.184.216.34:22/",
        "https://93.184.216.34:99999/", "https:///x", "file:///etc/passwd", "https://localhost/", "https://2130706433/", "https://0x7f.1/", "https://no-such-host.invalid/",
        "https://93.184.216.34/a b", "https://93.184.216.34/\r\nHost: x",
    ],
)  # fmt: skip
def test_addresses_of_another_form_are_refused(url):
    with pytest.raises(guard.Refused):
        guard.demand(url)


def test_loopback_is_allowed_by_the_setting_alone_and_nothing_else_with_it(settings):
    settings.WEBHOOKS_LOOPBACK = True
    assert guard.demand("http://127.0.0.1:9999/") == ["127.0.0.1"]
    for address in ("10.0.0.1", "169.254.169.254", "192.168.0.1"):
        with pytest.raises(guard.Refused):
            guard.demand(f"http://{address}:9999/")


def test_a_name_that_points_elsewhere_when_it_is_sent_is_refused_then(ears, monkeypatch):
    """The name was public when saved and is private when sent (DNS rebinding): nothing leaves."""
    ear = ears()
    port = ear.server_address[1]
    subscription, _ = subscribed(f"http://rebinding.example:{port}/hooks")
    told()
    asked = []

    def resolver(host, number, **options):
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.7", number))]

    monkeypatch.setattr(guard.socket, "getaddrinfo", resolver)
    assert send_webhooks(subscription.pk) == 0
    assert (Attempt.objects.get().fault, asked, ear.heard) == ("address refused", ["rebinding.example"], [])


def test_the_connection_goes_to_the_very_address_that_was_checked(ears, monkeypatch):
    """The name is looked up once; the socket opens to that answer, and a second look-up is never made."""
    ear = ears()
    port = ear.server_address[1]
    subscription, _ = subscribed(f"http://once.example:{port}/hooks")
    told()
    real, asked = socket.getaddrinfo, []

    def resolver(host, number, *rest, **options):
        asked.append(host)
        return real("127.0.0.1" if host == "once.example" else host, number, *rest, **options)

    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    assert send_webhooks(subscription.pk) == 1
    assert asked.count("once.example") == 1
    assert ear.heard[0][0]["Host"] == f"once.example:{port}"


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch):
    found = [(socket.AF_INET, 1, 6, "", (address, 443)) for address in ("93.184.216.34", "10.0.0.7")]
    monkeypatch.setattr(guard.socket, "getaddrinfo", lambda *words, **options: found)
    with pytest.raises(guard.Refused):
        guard.demand("https://mixed.example/")


def test_a_redirect_is_not_followed(ears):
    inner = ears()
    subscription, _ = subscribed(ears(status=307, location=inner.url).url)
    told()
    assert send_webhooks(subscription.pk) == 0
    assert (inner.heard, Attempt.objects.get().status) == ([], 307)


# --- pages ----------------------------------------------------------------------------------------------
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


def test_what_was_told_of_a_person_goes_with_them_and_in_time(ears):
    subscribed(ears().url)
    told(about="people.person:7"), told(about="people.person:8")
    assert events.forget("people.person:7") == 1
    from portal import privacy

    Delivery.objects.update(state="delivered", settled_at=clock.now() - timedelta(days=31))
    privacy.keep_promises()
    assert not Delivery.objects.exists()
