"""The run itself: two processes exclude each other, it answers honestly after a dead one, and the page says when the worker is silent."""

import select
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from onboarding import asking, mornings
from onboarding.models import Arrival, Lease, Result
from portal import clock, pulse
from portal.models import TaskRun
from tests.ops.machine import ROOT

RUN = """
import sys
import pytest  # settings see it and take the values for tests
import django
django.setup()
from onboarding import asking, mornings
from portal import readiness
def answer(arrival):
    sys.stdin.readline()  # the one that asks holds on until the other has been turned away
    return readiness.Answer(readiness.READY)
readiness.check("test.slow", "Slow", days_before=3)(answer)
print("ready", flush=True)
sys.stdin.readline()
print(asking.run(all_of_them=True), flush=True)
"""


@pytest.mark.django_db(transaction=True)
def test_two_processes_at_once_ask_once(arrival, settings):
    environment = {"DJANGO_SETTINGS_MODULE": "portal.settings", "DATABASE_URL": _url(), "REDIS_URL": settings.REDIS_URL, "PATH": "/usr/bin:/bin"}
    both = [
        subprocess.Popen([sys.executable, "-c", RUN], cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    try:
        for process in both:
            assert process.stdout.readline() == "ready\n"
        for process in both:
            process.stdin.write("go\n")
            process.stdin.flush()
        (first,), _, _ = select.select([process.stdout for process in both], [], [], 60)
        assert first.readline() == "None\n"
        (asking_one,) = (process for process in both if process.stdout is not first)
        asking_one.stdin.write("the other is gone\n")
        asking_one.stdin.flush()
        assert asking_one.stdout.readline() == "1\n"
    finally:
        for process in both:
            process.kill()
            process.wait()
            process.stdin.close()
            process.stdout.close()
    assert Result.objects.filter(code="test.slow").count() == 1
    assert not Lease.objects.filter(until__gt=clock.now()).exists()


def _url():
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{values['NAME']}"
    return f"postgres://{values['USER']}:{values['PASSWORD']}@{values['HOST']}:{values['PORT']}/{values['NAME']}"


def test_a_clock_that_jumped_back_stops_nobody_for_long(arrival):
    """What a clock an hour ahead wrote down holds nobody up: neither the lease, nor the hour of asking, nor nine o'clock."""
    asking.take("arrivals")
    Lease.objects.update(until=clock.now() + timedelta(hours=1))
    assert asking.run() == 1
    Arrival.objects.update(asked_at=clock.now() + timedelta(hours=1))
    assert asking.run() == 1


def test_an_answer_from_the_future_says_nothing_about_nine_oclock(arrival):
    asking.run()
    result = arrival.results.first()
    nine = mornings.nine_of(arrival.plan)
    for minutes, seen in ((-10, {"kept", "broken"}), (30, {"not_measured"})):
        arrival.asked_at = nine + timedelta(minutes=minutes)
        result.state = "ready"
        assert mornings.item_of(arrival, result, nine, nine + timedelta(minutes=1)).seen in seen


def test_a_system_put_off_by_a_clock_that_was_ahead_is_asked(arrival, settings):
    settings.PROBE_ACCOUNTS = "http://127.0.0.1:9/accounts"
    arrival.plan.accesses.update(status="open")
    asking.run()
    Result.objects.filter(remote=True).update(ask_at=clock.now() + timedelta(days=1))
    assert asking.ask_system("onboarding.account") == 1


def test_two_runs_one_after_the_other_are_one(arrival):
    asking.run()
    rows = list(Result.objects.order_by("pk").values())
    asking.run(all_of_them=True)
    assert list(Result.objects.order_by("pk").values()) == rows
    assert Arrival.objects.get().asked_at is not None


@pytest.mark.parametrize(("minutes", "silent"), [(3, False), (60, True), (None, True)])
def test_the_board_says_when_the_checks_ran_and_when_nobody_runs_them(arrival, client_of, minutes, silent):
    pulse.write(pulse.WORKER, pulse.BEAT, pulse.ROUND)
    if minutes is not None:
        at = clock.machine_now() - timedelta(minutes=minutes)
        TaskRun.objects.create(name="onboarding.check_arrivals", started_at=at, finished_at=at)
    page = client_of("hugo").get(reverse("onboarding:arrival_list")).content.decode()
    assert ("background work stands still" in page) is silent
