"""Checks: honest answers, written when they change, one run at a time, other systems that really answer."""

import json
import socket
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from aiosmtpd.controller import Controller
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onboarding import asking
from onboarding.models import Arrival, Lease, Result
from portal import clock, readiness
from portal.plans import equipment, probes, transitions
from portal.plans.models import Access, Plan
from tests.plans import making


def state(arrival, code):
    return arrival.results.get(code=f"onboarding.{code}").state


def test_every_shipped_check_answers_about_our_own_data(arrival, cast):
    assert asking.run() == 1
    assert state(arrival, "buddy") == "ready"
    assert state(arrival, "manager") == "ready"
    assert state(arrival, "workstation_assigned") == "not_ready"
    assert state(arrival, "contract") == "not_ready"
    unit = making.unit(cast.nantes)
    ilan = cast.ilan.user
    equipment.assign(unit.pk, arrival.plan, by=ilan)
    equipment.prepare(unit.pk, by=ilan)
    equipment.test(unit.pk, by=ilan)
    transitions.finish(arrival.plan.steps.get(key="contract-signed").pk, by=cast.hugo.user)
    Plan.objects.update(desk="2.14")
    arrival.plan.accesses.update(status=Access.Status.OPEN)
    asking.run()
    for code in ("workstation_assigned", "workstation_prepared", "workstation_tested", "contract", "seat", "badge", "codes"):
        assert state(arrival, code) == "ready", code
    assert not arrival.results.filter(code="onboarding.licences").exists()  # nobody asked for a licence


def test_a_buddy_who_left_will_not_be_there(arrival, cast):
    cast.ben.employee.assignments.update(ended_on=clock.today())
    asking.run()
    assert state(arrival, "buddy") == "not_ready"


def test_a_second_run_writes_nothing_but_the_hour(arrival):
    asking.run()
    before = list(arrival.results.values_list("pk", "changed_at", "state").order_by("pk"))
    with CaptureQueriesContext(connection) as queries:
        asking.run()
    assert list(arrival.results.values_list("pk", "changed_at", "state").order_by("pk")) == before
    assert [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE")) and "onboarding_result" in q["sql"]] == []


def test_two_runs_exclude_each_other_and_a_dead_one_gives_way(arrival):
    token = asking.take("arrivals")
    assert asking.run() is None
    Lease.objects.update(until=clock.now() - timedelta(seconds=1))  # its worker was killed
    assert asking.run() == 1
    assert asking.renew("arrivals", token) is False


def test_a_check_that_breaks_cannot_tell(arrival, monkeypatch):
    def broken(subject):
        raise RuntimeError("personal words")

    monkeypatch.setitem(readiness._checks, "test.broken", readiness.Check("test.broken", "Broken", 3, "team", False, "hr", broken))
    asking.run()
    result = arrival.results.get(code="test.broken")
    assert (result.state, result.because) == (readiness.CANNOT_TELL, "RuntimeError")


def test_queries_do_not_grow_with_arrivals(arrival, cast):
    with CaptureQueriesContext(connection) as one:
        asking.ask_about([arrival.pk])
    from portal.people.models import Person

    people = Person.objects.bulk_create(Person(slug=f"q{n}", given_name="Q", family_name=str(n)) for n in range(60))
    plans = Plan.objects.bulk_create(Plan(kind="arrival", person=p, site=cast.nantes, first_day=arrival.plan.first_day, manager=cast.maya) for p in people)
    Arrival.objects.bulk_create(Arrival(plan=plan) for plan in plans)
    with CaptureQueriesContext(connection) as many:
        asking.ask_about(list(Arrival.objects.values_list("pk", flat=True)))
    # New rows are written in batches, as many as the database takes parameters; one question more names the arrivals.
    asked, at_first = ([q for q in queries if not q["sql"].startswith("INSERT")] for queries in (many, one))
    assert len(asked) <= len(at_first) + 1


# --- other systems that really answer -------------------------------------------------------------------
class Accounts(BaseHTTPRequestHandler):
    known, status = {"nia@rivage.example"}, None

    def do_GET(self):
        name = self.path.rpartition("/")[2]
        if self.path.startswith("/scim"):
            found = [{"userName": "nia@rivage.example", "active": True}] if "nia%40" in self.path or "nia@" in self.path else []
            body = json.dumps({"totalResults": len(found), "Resources": found}).encode()
            self.send_response(200)
        else:
            body = b"{}"
            self.send_response(self.status or (200 if name in self.known else 404))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def http():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Accounts)
    threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()  # looks that often whether it shall end
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


class Mailboxes:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("busy"):
            return "451 4.3.0 Try again later"
        if address.startswith("blocked"):
            return "550 5.7.1 Your network may not ask"
        return "250 2.1.5 Ok" if address == "nia@rivage.example" else "550 5.1.1 No such mailbox"


@pytest.fixture
def smtp():
    controller = Controller(Mailboxes(), hostname="127.0.0.1", port=_free_port())
    controller.start()
    yield f"smtp://127.0.0.1:{controller.port}"
    controller.stop()


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_http_answers_yes_no_and_cannot_tell(http, monkeypatch):
    assert probes.http_account(f"{http}/accounts", "nia@rivage.example").state == "ready"
    assert probes.http_account(f"{http}/accounts", "nobody@rivage.example").state == "not_ready"
    monkeypatch.setattr(Accounts, "status", 500)
    assert probes.http_account(f"{http}/accounts", "nia@rivage.example").state == "cannot_tell"
    monkeypatch.setattr(Accounts, "status", 302)
    assert probes.http_account(f"{http}/accounts", "nia@rivage.example").state == "cannot_tell"


def test_smtp_answers_yes_no_and_cannot_tell(smtp):
    assert probes.mailbox(smtp, "nia@rivage.example").state == "ready"
    assert probes.mailbox(smtp, "nobody@rivage.example").state == "not_ready"
    assert probes.mailbox(smtp, "busy@rivage.example").state == "cannot_tell"
    assert probes.mailbox(smtp, "blocked@rivage.example").state == "cannot_tell"  # of us, not of the mailbox


def test_scim_answers_yes_and_no(http):
    assert probes.scim_account(f"{http}/scim", "nia@rivage.example").state == "ready"
    assert probes.scim_account(f"{http}/scim", "zoe@rivage.example").state == "not_ready"


def test_silence_is_never_green(monkeypatch):
    monkeypatch.setattr(probes, "TIME_LIMIT", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as mute:  # takes the connection and says nothing
        place = f"127.0.0.1:{mute.getsockname()[1]}"
        assert probes.http_account(f"http://{place}/accounts", "a").state == "cannot_tell"
        assert probes.mailbox(f"smtp://{place}", "a@b.example").state == "cannot_tell"
    assert probes.http_account(f"http://127.0.0.1:{_free_port()}/x", "a").state == "cannot_tell"
    assert probes.mailbox(f"smtp://127.0.0.1:{_free_port()}", "a@b.example").state == "cannot_tell"
    assert probes.ldap_account(f"ldap://127.0.0.1:{_free_port()}", "dc=x", "a@b.example").state == "cannot_tell"


def test_what_the_desk_says_is_asked_of_the_system_itself(arrival, cast, http, smtp, settings):
    settings.PROBE_ACCOUNTS, settings.PROBE_MAIL = f"{http}/accounts", smtp
    asking.run()
    assert state(arrival, "account") == "not_ready"  # the desk has not opened it: nothing to ask yet
    arrival.plan.accesses.update(status=Access.Status.OPEN)
    asking.run()
    assert state(arrival, "account") == "cannot_tell"  # to be asked: nobody can tell before the answer
    assert asking.ask_system("onboarding.account") == 1
    assert asking.ask_system("onboarding.mailbox") == 1
    assert state(arrival, "account") == state(arrival, "mailbox") == "ready"
    arrival.plan.accesses.filter(thing="system").update(address="typo@rivage.example")
    Result.objects.update(ask_at=clock.now())
    asking.ask_system("onboarding.account")
    assert state(arrival, "account") == "not_ready"  # done, said the desk; not there, says the system


def test_a_silent_system_is_asked_later_and_later(arrival, settings):
    settings.PROBE_ACCOUNTS = f"http://127.0.0.1:{_free_port()}/accounts"
    arrival.plan.accesses.update(status=Access.Status.OPEN)
    asking.run()
    waits = []
    for _each in range(3):
        Result.objects.filter(remote=True).update(ask_at=clock.now())
        asking.ask_system("onboarding.account")
        row = arrival.results.get(code="onboarding.account")
        waits.append(round((row.ask_at - row.asked_at).total_seconds() / 60))
    assert waits == [2, 4, 8]
    assert row.state == "cannot_tell"
