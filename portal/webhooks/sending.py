"""Sends what is due: signed, to the very address that was checked, with a deadline; retried later and later, then given up."""

import contextlib
import http.client
import logging
import random
import socket
import ssl
import threading
import time
from datetime import timedelta

from django.db.models import F, Q

from portal import audit, bell, clock, sealing
from portal.webhooks import guard, signing
from portal.webhooks.models import Attempt, Delivery, Subscription

log = logging.getLogger(__name__)
CONNECT_LIMIT, DEADLINE = 5.0, 10.0  # seconds: to be let in, and for the whole talk
AT_ONCE = 45.0  # seconds one run spends on one subscription
GIVEN_UP_AFTER = 3  # failures in a row after which this run leaves the others for later
CLAIM_LASTS = timedelta(minutes=5)  # a delivery whose worker died is taken again after this
MOST_ATTEMPTS = 8
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=12)
GONE = 410


class CheckedHTTP(http.client.HTTPConnection):
    """A connection to an address that was looked at; the name is only said in the Host header."""

    def __init__(self, host: str, port: int, address: str):
        super().__init__(host, port, timeout=CONNECT_LIMIT)
        self.address = address

    def connect(self):
        self.sock = socket.create_connection((self.address, self.port), CONNECT_LIMIT)


class CheckedHTTPS(CheckedHTTP):
    """The same, encrypted: the certificate must be that of the name."""

    default_port = 443

    def connect(self):
        super().connect()
        self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
        self.sock.do_handshake()  # after the assignment, so that the deadline can cut a slow handshake too


def _ready(now) -> Q:
    """Waiting and due, or claimed by a worker that fell silent; of the row's own columns alone, so that a claim looks
    again at the very row it waited for (PostgreSQL does not look again at what a join had found)."""
    return Q(state=Delivery.State.WAITING, send_after__lte=now) | Q(state=Delivery.State.SENDING, claimed_at__lt=now - CLAIM_LASTS)


def due(subscription=None):
    """The deliveries to send now."""
    rows = Delivery.objects.filter(_ready(clock.now()), subscription__active=True)
    return rows.filter(subscription=subscription) if subscription else rows


def ring_all() -> int:
    """Ring once for each subscription that something waits for; how many."""
    waiting = due().values_list("subscription", flat=True).distinct().order_by()
    for subscription in waiting:
        bell.ring("portal.send_webhooks", args=[subscription])
    return len(waiting)


def send(subscription_id: int) -> int:
    """Send what is due to one subscription, oldest first; how many were delivered."""
    begun, delivered, failures = time.monotonic(), 0, 0
    for pk in due(subscription_id).order_by("written_at", "pk").values_list("pk", flat=True)[:500]:
        if time.monotonic() - begun > AT_ONCE or failures >= GIVEN_UP_AFTER:
            break
        outcome = deliver(pk)
        if outcome is not None:
            delivered += outcome
            failures = 0 if outcome else failures + 1
    return delivered


def deliver(pk: int) -> bool | None:
    """Send one delivery if nobody else has it: whether it arrived, None when it was not ours. Claimed by one conditional update."""
    now = clock.now()
    if not Delivery.objects.filter(_ready(now), pk=pk).update(state=Delivery.State.SENDING, claimed_at=now, attempts=F("attempts") + 1):
        return None
    delivery = Delivery.objects.select_related("subscription").get(pk=pk)
    begun = time.monotonic()
    status, fault = _talk(delivery)
    Attempt.objects.create(delivery=delivery, at=now, status=status, fault=fault, milliseconds=int((time.monotonic() - begun) * 1000))
    arrived = status is not None and 200 <= status < 300
    if arrived:
        values = {"state": Delivery.State.DELIVERED, "settled_at": clock.now()}
    elif delivery.attempts >= MOST_ATTEMPTS or status == GONE:
        values = {"state": Delivery.State.DEAD, "settled_at": clock.now()}
    else:
        values = {"state": Delivery.State.WAITING, "send_after": now + wait(delivery.attempts)}
    Delivery.objects.filter(pk=pk).update(**values)
    if status == GONE:
        _stop(delivery.subscription)
    return arrived


def wait(attempts: int) -> timedelta:
    """How long to wait after so many attempts: four times longer each time, a tenth more or less so that not all come at once."""
    longest = min(FIRST_WAIT * 4 ** (attempts - 1), LONGEST_WAIT)
    return longest * random.uniform(0.9, 1.1)  # noqa: S311 - spreads load, keeps no secret


def _stop(subscription: Subscription) -> None:
    """Its owner answered that nobody lives there any more."""
    if Subscription.objects.filter(pk=subscription.pk, active=True).update(active=False, stopped_because="gone"):
        audit.record("webhook.stopped", on=subscription)


def secrets_of(subscription: Subscription) -> list[str]:
    """The secrets that sign for it now, the newest first. Raises KeyLost."""
    found = [sealing.unseal(subscription.token, subscription.key_id)]
    if subscription.old_token and subscription.old_until and subscription.old_until > clock.now():
        with contextlib.suppress(sealing.KeyLost):
            found.append(sealing.unseal(subscription.old_token, subscription.old_key_id))
    return found


def _talk(delivery: Delivery) -> tuple[int | None, str]:
    """(status, "") when somebody answered, else (None, what went wrong in a word)."""
    body = delivery.body.encode()
    try:
        signed = signing.headers(secrets_of(delivery.subscription), delivery.message_id, int(clock.machine_now().timestamp()), body)
        scheme, host, port, path = guard.split(delivery.subscription.url)
        address = guard.addresses_of(host, port)[0]
        return _post(scheme, host, port, address, path, body, signed), ""
    except sealing.KeyLost:
        return None, "key lost"
    except guard.Refused:
        return None, "address refused"
    except ssl.SSLError:
        return None, "certificate"
    except TimeoutError:
        return None, "no answer in time"
    except (OSError, http.client.HTTPException) as error:
        return None, type(error).__name__[:40]


def _post(scheme: str, host: str, port: int, address: str, path: str, body: bytes, signed: dict) -> int:
    """The status that was answered within DEADLINE. A redirect is an answer like another: it is not followed."""
    link = (CheckedHTTPS if scheme == "https" else CheckedHTTP)(host, port, address)
    late = threading.Event()

    def cut() -> None:
        late.set()
        with contextlib.suppress(OSError):
            if link.sock:
                link.sock.shutdown(socket.SHUT_RDWR)

    watch = threading.Timer(DEADLINE, cut)  # a receiver that sends a byte now and then would hold us for ever
    watch.daemon = True
    watch.start()
    try:
        link.request("POST", path, body, {**signed, "Content-Type": "application/json; charset=utf-8", "User-Agent": "employee-lifecycle-portal"})
        status = link.getresponse().status
        if late.is_set():  # what came before the cut may look like the whole answer
            raise TimeoutError
        return status
    except (OSError, http.client.HTTPException) as error:
        if late.is_set():
            raise TimeoutError from error
        raise
    finally:
        watch.cancel()
        link.close()
