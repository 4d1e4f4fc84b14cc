"""Whether a closed account really answers no more: the systems are asked, a silence proves nothing."""

import itertools
from datetime import timedelta

import pytest

from portal import clock
from portal.plans import returns, revocations, transitions
from portal.plans.models import Access, Plan, Step
from portal.plans.tasks import ask_revoked
from portal.readiness import CANNOT_TELL, NOT_READY, READY
from tests.onboarding import systems
from tests.onboarding.test_asking import Accounts, http  # noqa: F401 - a system that really answers

KNOWN, GONE = "nia@rivage.example", "nobody@rivage.example"  # what that system answers for


@pytest.fixture
def asked_back(cast, settings, http):  # noqa: F811
    """Ben's last day was yesterday; `account(address)` is an account that is asked back from him."""
    settings.PROBE_ACCOUNTS, settings.PROBE_MAIL = f"{http}/accounts", ""
    yesterday = clock.today() - timedelta(days=1)
    plan = Plan.objects.create(kind="departure", person=cast.ben, site=cast.nantes, first_day=yesterday, manager=cast.maya)

    def account(address, thing="system", days=0):
        day = yesterday - timedelta(days=days)
        common = {"plan": plan, "person": cast.ben, "due_on": day, "opens_on": day, "status": Access.Status.GIVEN, "role": "it"}
        access = Access.objects.create(thing=thing, name_en=f"Account {thing}", address=address, **common)
        returns.ask_back(plan)
        row = access.asked_back.get()
        Step.objects.filter(pk=row.step_id).update(due_on=clock.today() + timedelta(days=days))
        return row

    return account


def told(row):
    row.refresh_from_db()
    return row.how, row.heard


def test_an_account_the_system_knows_no_more_is_proved_closed(asked_back):
    row = asked_back(GONE)
    assert ask_revoked() == 1
    assert told(row) == ("silent", NOT_READY)
    row.step.refresh_from_db()
    row.access.refresh_from_db()
    assert (row.step.status, row.access.status) == (Step.Status.DONE, Access.Status.CLOSED)


def test_an_account_that_still_answers_stays_open(asked_back):
    row = asked_back(KNOWN)
    revocations.ask()
    assert told(row) == ("", READY)


@pytest.mark.parametrize("status", [500, 302])
def test_a_system_that_cannot_tell_proves_nothing(asked_back, monkeypatch, status):
    monkeypatch.setattr(Accounts, "status", status)
    row = asked_back(GONE)
    assert revocations.ask() == 0
    assert told(row) == ("", CANNOT_TELL)


def test_a_system_nobody_can_reach_proves_nothing(asked_back, settings):
    settings.PROBE_ACCOUNTS = f"http://127.0.0.1:{systems.free_port()}/accounts"
    row = asked_back(GONE)
    revocations.ask()
    assert told(row) == ("", CANNOT_TELL)


def test_a_desk_that_closed_it_is_checked_too(asked_back, cast):
    row = asked_back(KNOWN)
    transitions.finish(row.step_id, by=cast.ilan.user)
    assert told(row) == ("closed", "")
    revocations.ask()
    row.refresh_from_db()
    assert row.is_contradicted
    assert revocations.contradicted(row.plan) == [row]
    transitions.reopen(row.step_id, by=cast.ilan.user)
    assert told(row) == ("", "")


def test_nobody_is_asked_before_the_day_without_an_address_or_without_a_system_that_knows(asked_back):
    rows = [asked_back(GONE, days=3), asked_back("", thing="mailbox"), asked_back(GONE, thing="vpn")]
    assert revocations.due() == []
    assert revocations.ask() == 0
    assert [told(row) for row in rows] == [("", "")] * 3


def test_an_answer_is_asked_for_again_later_not_at_once(asked_back):
    asked_back(KNOWN)
    assert revocations.ask() == 1
    assert revocations.ask() == 0
    clock.shift_by(lambda: timedelta(minutes=30))
    try:
        assert revocations.ask() == 1
    finally:
        clock.shift_by(None)


def test_a_system_speaks_for_the_first_account_of_its_kind_alone(asked_back):
    first, second = asked_back(KNOWN), asked_back(GONE)
    revocations.ask()
    assert (told(first), told(second)) == (("", READY), ("", ""))


def test_a_no_is_a_no_of_every_system():
    for states in itertools.product([READY, NOT_READY, CANNOT_TELL], repeat=3):
        found = revocations.in_one(list(states))
        assert (found == NOT_READY) == (set(states) == {NOT_READY})
        assert (found == READY) == (READY in states)
    assert revocations.in_one([]) == CANNOT_TELL
