"""The doorbell: rung after the commit, heard by a real broker, and a dead one loses nothing and stops nobody."""

import uuid

import pytest
import redis
from django.conf import settings as real
from django.db import transaction

from portal import bell
from portal.celery import app

BROKER = "redis://127.0.0.1:6379/6"
OURS = f"test-{uuid.uuid4()}-"  # before every key: another run may ring at the same server


@pytest.fixture
def broker():
    """A real broker, with keys of our own in it."""
    try:
        client = redis.Redis.from_url(BROKER, socket_connect_timeout=1)
        client.ping()
    except redis.RedisError:
        pytest.skip("there is no Redis here")
    speak_to(BROKER)
    yield client
    if keys := list(client.scan_iter(f"{OURS}*")):
        client.delete(*keys)
    speak_to(real.REDIS_URL)


@pytest.fixture
def dead_broker():
    """Nobody listens on the port of “discard”."""
    speak_to("redis://127.0.0.1:9/0")
    yield
    speak_to(real.REDIS_URL)


def speak_to(address):
    options = {**real.CELERY_BROKER_TRANSPORT_OPTIONS, "global_keyprefix": OURS}
    app.conf.update(broker_url=address, broker_write_url=address, broker_read_url=address, broker_transport_options=options)
    app._pool = app.amqp._producer_pool = None


def waiting(client):
    return client.llen(f"{OURS}{app.conf.task_default_queue}")


@pytest.mark.django_db(transaction=True)
def test_the_bell_rings_after_the_commit_and_not_before(broker):
    with transaction.atomic():
        bell.ring("portal.send_mails")
        assert waiting(broker) == 0
    assert waiting(broker) == 1


@pytest.mark.django_db(transaction=True)
def test_an_undone_transaction_rings_nothing(broker):
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012
        bell.ring("portal.send_mails")
        raise RuntimeError
    assert waiting(broker) == 0


@pytest.mark.django_db(transaction=True)
def test_a_dead_broker_stops_nobody_and_is_soon_given_up(dead_broker, caplog, monkeypatch):
    pauses = []
    monkeypatch.setattr("kombu.utils.functional.sleep", pauses.append)
    with transaction.atomic():
        bell.ring("portal.send_mails")
    assert sum(pauses) < 1, "the pauses between tries, in seconds"
    assert "bell not heard: portal.send_mails" in caplog.text


def test_pressing_says_whether_it_was_heard(broker):
    assert bell.press("portal.send_mails") is True


@pytest.mark.django_db(transaction=True)
def test_a_hushed_bell_rings_nobody_and_rings_again_afterwards(broker):
    with bell.hushed(), transaction.atomic():
        bell.ring("portal.send_mails")
    assert waiting(broker) == 0
    bell.ring("portal.send_mails")
    assert waiting(broker) == 1
