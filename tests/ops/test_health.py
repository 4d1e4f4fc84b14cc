"""What the portal says of itself to machines and to people, with its parts there and away."""

import socket
from datetime import timedelta
from types import SimpleNamespace

import pytest
from celery import Celery
from django.conf import settings as house
from django.test import Client
from django.utils import timezone

from portal import health, pulse, search
from portal.models import TaskRun

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _forget_the_broker(monkeypatch, settings):
    """Each test asks the broker anew; nobody listens where it should be unless a test says so."""
    settings.REDIS_URL = "redis://127.0.0.1:9/0"
    monkeypatch.setattr(health, "_broker_seen", (float("-inf"), True))


@pytest.fixture
def listening(settings):
    """Something takes connections where the broker should be, and there is an index."""
    search.reindex()
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.REDIS_URL = f"redis://:secret-word@127.0.0.1:{server.getsockname()[1]}/0"
        yield


def heard(seconds_ago, *names):
    pulse.write(*names)
    TaskRun.objects.filter(name__in=names).update(started_at=timezone.now() - timedelta(seconds=seconds_ago))


def all_heard(seconds_ago=1):
    heard(seconds_ago, pulse.WORKER, pulse.REMOTE, pulse.BEAT, pulse.ROUND)


def test_a_whole_machine_is_ready(listening):
    all_heard()
    answer = Client().get("/health/ready")
    assert answer.status_code == 200
    assert answer.json()["ready"]
    assert {"database", "broker", "worker", "beat", "disk"} <= answer.json()["parts"].keys()


def test_a_machine_without_broker_is_not_ready():
    all_heard()
    answer = Client().get("/health/ready")
    assert answer.status_code == 503
    assert not answer.json()["parts"]["broker"]


@pytest.mark.parametrize(("part", "name"), [("worker", pulse.WORKER), ("remote", pulse.REMOTE), ("beat", pulse.BEAT)])
def test_a_silent_part_is_named(listening, part, name):
    all_heard()
    heard(60, name)
    answer = Client().get("/health/ready")
    assert answer.status_code == 503
    assert [key for key, ok in answer.json()["parts"].items() if not ok] == [part]


def test_health_tells_no_secret(listening):
    assert b"secret-word" not in Client().get("/health/ready").content
    assert b"secret-word" not in Client().get("/health/live").content


def test_live_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Client().get("/health/live").status_code == 200


def test_nothing_is_said_while_all_live(listening, django_assert_num_queries):
    all_heard()
    with django_assert_num_queries(1):
        assert health.away() is None


def test_people_are_told_what_is_away(listening, django_assert_num_queries):
    all_heard(60)
    with django_assert_num_queries(1):
        assert "worker is away" in health.away()
    heard(1, pulse.WORKER)
    assert "timekeeper is away" in health.away()


def test_people_are_told_that_the_broker_is_away():
    all_heard(60)
    assert "message server is away" in health.away()


@pytest.mark.parametrize("address", ["/en/", "/accounts/login/"])
def test_public_pages_answer_with_the_broker_away(address):
    all_heard(600)
    assert Client().get(address, follow=True).status_code == 200


@pytest.mark.parametrize("name", ["home", "people:person_list", "search"])
def test_pages_answer_and_say_that_the_broker_is_away(client_of, name):
    from django.urls import reverse

    all_heard(600)
    answer = client_of("cleo").get(reverse(name), {"q": "maya"})
    assert answer.status_code == 200
    assert "The message server is away" in answer.content.decode()


def test_a_code_to_sign_in_is_written_and_sent_with_the_broker_away(cast, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = Client().post("/accounts/login/code/", {"email": cast.maya.user.email})
    assert answer.status_code == 302
    assert [letter.to for letter in mailoutbox] == [[cast.maya.user.email]]


def test_operators_read_the_last_run_of_every_task(client_of, listening):
    all_heard()
    TaskRun.objects.create(name="search.drain_outbox", outcome="OperationalError", failed=True)
    page = client_of("hugo").get("/operations/").content.decode()
    assert "search.drain_outbox" in page
    assert "Failed" in page
    assert "secret-word" not in page


@pytest.mark.parametrize("name", ["maya", "nia", "ben", "cleo", "ilan", "omar"])
def test_the_operators_page_is_for_operators(client_of, name):
    assert client_of(name).get("/operations/").status_code == 404


def test_a_terminal_is_told_the_same(listening, capsys):
    from django.core.management import call_command

    all_heard()
    call_command("health")
    assert "NOT WELL" not in capsys.readouterr().out
    heard(60, pulse.BEAT)
    with pytest.raises(SystemExit):
        call_command("health")
    assert "NOT WELL  Timekeeper" in capsys.readouterr().out


def test_a_worker_that_starts_does_what_waited_for_it_and_asks_about_arrivals_at_once():
    app = Celery("started", broker="memory://")
    app.conf.update(beat_schedule=house.CELERY_BEAT_SCHEDULE, task_default_queue="default")
    timer = SimpleNamespace(call_repeatedly=lambda *_: None)  # Celery's own: the pulse itself is tried with real workers
    pulse.worker_is_ready(SimpleNamespace(app=app, timer=timer))
    with app.connection_for_read() as connection, connection.SimpleQueue("default") as queue:
        rung = [queue.get_nowait().headers["task"] for _ in range(len(queue))]
    assert {"onboarding.check_arrivals", "portal.send_mails", "search.drain_outbox"} <= set(rung)
    assert len(rung) == len(set(rung))
    assert "portal.keep_retention" not in rung
