"""The shipped checks against systems that really answer, and against those that do not: never green by silence, never a crash."""

import json
import ssl
import subprocess
import time
import urllib.request
from datetime import timedelta

import pytest
from django.db import connection
from ldap3 import Connection, Server

from onboarding import asking
from onboarding.models import Arrival, Lease, Result
from portal import clock, readiness
from portal.people.models import Person
from portal.plans import probes
from portal.plans.models import Access, Plan
from tests.onboarding import systems

NIA, ZOE = "nia@rivage.example", "zoe@rivage.example"


@pytest.fixture
def bad(monkeypatch):
    """Opens servers that behave badly; questions have little time."""
    monkeypatch.setattr(probes, "TIME_LIMIT", 0.4)
    monkeypatch.setattr(probes, "PATIENCE", 1.2)
    opened = []

    def open_one(manner, context=None):
        opened.append(systems.Bad(manner, context))
        return opened[-1]

    yield open_one
    for server in opened:
        server.close()


# --- SCIM -----------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def scim():
    with systems.scim("word") as base:
        for name, active in ((NIA, True), ("gone@rivage.example", False)):
            body = {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": name, "active": active}
            headers = {"Content-Type": "application/scim+json", "Authorization": "Bearer word"}
            urllib.request.urlopen(urllib.request.Request(f"{base}/Users", json.dumps(body).encode(), headers)).close()
        yield base


def test_a_scim_server_of_others_says_who_is_there_and_who_is_active(scim):
    assert probes.scim_account(scim, NIA, token="word").state == "ready"
    assert probes.scim_account(scim, ZOE, token="word").state == "not_ready"
    gone = probes.scim_account(scim, "gone@rivage.example", token="word")
    assert (gone.state, gone.reason) == ("not_ready", "%(account)s is not active.")


def test_a_scim_server_that_refuses_us_cannot_tell(scim):
    assert probes.scim_account(scim, NIA, token="wrong").state == "cannot_tell"


def test_a_name_with_quotes_asks_for_nobody_else(scim):
    assert probes.scim_account(scim, f'x" or userName eq "{NIA}', token="word").state != "ready"


def test_the_scim_check_goes_all_the_way(arrival, scim, settings):
    settings.PROBE_SCIM, settings.PROBE_TOKEN = scim, "word"
    assert asked(arrival, "onboarding.scim_account", thing="mailbox", address=NIA) == "ready"
    assert asked(arrival, "onboarding.scim_account", thing="mailbox", address=ZOE) == "not_ready"


def asked(arrival, code, *, thing, address):
    """The state of a check once the desk said it is open, and the other system was asked."""
    arrival.plan.accesses.filter(thing=thing).update(status=Access.Status.OPEN, address=address)
    asking.run()
    Result.objects.filter(code=code).update(ask_at=clock.now())
    asking.ask_system(code)
    return Result.objects.get(arrival=arrival, code=code).state


# --- LDAP -----------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def ldap(tmp_path_factory):
    if systems.SLAPD is None or systems.SCHEMAS is None:
        pytest.skip("there is no slapd on this machine (Debian: apt install slapd)")
    with systems.ldap(tmp_path_factory.mktemp("ldap")) as url:
        with Connection(Server(url, get_info=None), systems.ROOT, systems.WORD, auto_bind=True) as root:
            assert root.add(systems.BASE, ["dcObject", "organization"], {"dc": "rivage", "o": "Rivage"})
            entry = {"cn": "Nia Diallo", "sn": "Diallo", "mail": NIA, "uid": "nia"}
            assert root.add(f"uid=nia,{systems.BASE}", "inetOrgPerson", entry)
        yield url


def test_an_ldap_server_says_who_is_there(ldap):
    assert probes.ldap_account(ldap, systems.BASE, NIA).state == "ready"
    assert probes.ldap_account(ldap, systems.BASE, ZOE).state == "not_ready"
    assert probes.ldap_account(ldap, systems.BASE, NIA, bind=systems.ROOT, password=systems.WORD).state == "ready"


@pytest.mark.parametrize("address", ["*", "n*", "*)(uid=*", "nia@rivage.example)(|(uid=*"])
def test_an_ldap_filter_is_not_widened_by_an_address(ldap, address):
    assert probes.ldap_account(ldap, systems.BASE, address).state == "not_ready"


def test_a_wrong_password_or_another_base_cannot_tell(ldap):
    assert probes.ldap_account(ldap, systems.BASE, NIA, bind=systems.ROOT, password="wrong").state == "cannot_tell"
    assert probes.ldap_account(ldap, "dc=elsewhere", NIA).state == "cannot_tell"


def test_the_ldap_check_goes_all_the_way(arrival, ldap, settings):
    settings.PROBE_LDAP, settings.PROBE_LDAP_BASE = ldap, systems.BASE
    assert asked(arrival, "onboarding.ldap_account", thing="mailbox", address=NIA) == "ready"
    assert asked(arrival, "onboarding.ldap_account", thing="mailbox", address=ZOE) == "not_ready"


# --- those that do not answer -----------------------------------------------------------------------------
def everyone_asks(port, *, tls=False):
    """Each shipped probe at this port: {name: state}."""
    web, mail, directory = ("https", "smtp", "ldaps") if tls else ("http", "smtp", "ldap")
    place = f"127.0.0.1:{port}"
    questions = {
        "http": lambda: probes.http_account(f"{web}://{place}/accounts", NIA),
        "scim": lambda: probes.scim_account(f"{web}://{place}/v2", NIA),
        "smtp": lambda: probes.mailbox(f"{mail}://{place}", NIA),
        "ldap": lambda: probes.ldap_account(f"{directory}://{place}", systems.BASE, NIA),
    }
    return dict(zip(questions, (answer.state for answer in probes.together(list(questions.values()))), strict=True))


@pytest.mark.parametrize("manner", ["mute", "rubbish", "drip", "closes"])
def test_silence_rubbish_and_dripping_cannot_tell_and_take_their_time_limit_at_most(bad, manner):
    begun = time.monotonic()
    assert set(everyone_asks(bad(manner).port).values()) == {"cannot_tell"}
    assert time.monotonic() - begun < 60


def test_nobody_there_cannot_tell(bad):
    assert set(everyone_asks(systems.free_port()).values()) == {"cannot_tell"}


def test_a_certificate_nobody_vouches_for_cannot_tell(bad, tmp_path):
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    words = [
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        key,
        "-out",
        cert,
        "-days",
        "2",
        "-subj",
        "/CN=127.0.0.1",
        "-addext",
        "subjectAltName=IP:127.0.0.1",
    ]
    subprocess.run(["openssl", *words], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    answers = everyone_asks(bad("rubbish", context).port, tls=True)
    assert set(answers.values()) == {"cannot_tell"}


def test_a_probe_goes_where_it_was_told_and_nowhere_else(bad):
    """Neither a redirect nor a file."""
    assert probes.http_account("file:///etc", "hostname").state == "cannot_tell"


def many_to_ask(arrival, count, code="onboarding.account"):
    people = Person.objects.bulk_create(Person(slug=f"q{n}", given_name="Q", family_name=str(n)) for n in range(count))
    plan = arrival.plan
    plans = Plan.objects.bulk_create(Plan(kind="arrival", person=p, site=plan.site, first_day=plan.first_day) for p in people)
    arrivals = Arrival.objects.bulk_create(Arrival(plan=plan) for plan in plans)
    shared = {"thing": "system", "name_en": "Account", "role": "it", "status": Access.Status.OPEN, "due_on": plan.first_day, "opens_on": plan.first_day}
    Access.objects.bulk_create(Access(plan=p, person=p.person, address=f"{p.pk}@rivage.example", **shared) for p in plans)
    return arrivals


def test_a_system_that_never_answers_costs_one_round_and_is_asked_later(arrival, bad, settings):
    """A hundred questions wait for it: four silences, and the rest of the run is spared; nothing turned green."""
    silent = bad("mute")
    settings.PROBE_ACCOUNTS = f"http://127.0.0.1:{silent.port}/accounts"
    many_to_ask(arrival, 100)
    asking.run()
    Result.objects.filter(remote=True).update(state=readiness.READY)  # it had answered yes, an hour ago
    begun = time.monotonic()
    asking.ask_system("onboarding.account")
    assert time.monotonic() - begun < 60
    assert silent.came <= asking.THREADS
    rows = Result.objects.filter(code="onboarding.account", remote=True)
    assert not rows.filter(state=readiness.READY).exists()
    assert min(rows.values_list("ask_at", flat=True)) > clock.now() + timedelta(seconds=60)


def test_a_silent_system_does_not_keep_another_from_being_asked(arrival, bad, settings):
    """Each system has its own lease and its own task: while one hangs, the other answers."""
    settings.PROBE_ACCOUNTS = f"http://127.0.0.1:{bad('mute').port}/accounts"
    assert asking.take("system onboarding.account"[:40])
    assert asking.ask_system("onboarding.account") is None  # one is at it already
    assert asking.ask_system("onboarding.scim_account") == 0
    Lease.objects.update(until=clock.now())


def test_a_probe_touches_no_database(arrival, bad):
    """Questions run in threads of their own: a query there would leave connections behind."""
    touched = []
    with connection.execute_wrapper(lambda *words: touched.append(words)):
        everyone_asks(bad("mute").port)
    assert touched == []
