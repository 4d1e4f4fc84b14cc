"""The vault: a lost key is said with every code to issue again, rotation reaches every secret, and no way out shows a code."""

import io
import logging
import sqlite3
import zipfile
from datetime import timedelta

import pytest
import time_machine
from cryptography.fernet import Fernet
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from portal import clock, health, roles, sealing
from portal.models import Mail, Subscription
from portal.plans import access, calls, vault
from portal.plans.models import Access, AccessCode, Desk, DeskKey
from portal.webhooks import sending, transitions
from tests import factories as make
from tests.cast import NAMES
from tests.plans import making

SECRET = "QX-4817-PLAIN"


@pytest.fixture
def plan(cast):
    making.template()
    cast.nadia = make.colleague("Nadia", "Roy", team=cast.desk, site=cast.nantes)
    make.duty(cast.nadia, roles.SECURITY)
    return making.plan_for(cast.nia, by=cast.hugo.user, buddy=cast.ben)


@pytest.fixture
def door(plan, cast):
    return access.write_code(plan.accesses.get(thing="door").pk, SECRET, by=cast.nadia.user)


@pytest.fixture
def lost(door, settings):
    settings.FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    return door


def part():
    return next(part for part in health.parts() if part.key == "vault")


def test_all_is_well_while_every_code_can_be_read(door):
    assert (part().ok, part().vital) == (True, False)


def test_a_lost_key_is_said_to_operators_and_does_not_take_the_portal_down(lost, client_of):
    assert not part().ok
    page = client_of("hugo").get(reverse("operations")).content.decode()
    assert "1 code cannot be read any more" in page
    assert reverse("plans:lost_codes") in page
    answer = Client().get(reverse("health_ready")).json()
    assert answer["parts"]["vault"] is False
    assert answer["ready"] == all(ok for key, ok in answer["parts"].items() if key != "vault")


@pytest.mark.parametrize("name", NAMES)
def test_who_opens_the_list(lost, client_of, name):
    answer = client_of(name).get(reverse("plans:lost_codes"))
    assert answer.status_code == (200 if name in ("hugo", "ilan") else 302 if name in ("zoe", "visitor") else 404)
    if answer.status_code == 200:
        assert ("Main door" in answer.content.decode()) is (name == "hugo")  # Ilan's desk did not write it


def test_one_click_asks_for_all_of_them_again(lost, client_of, cast):
    client = client_of("hugo")
    client.post(reverse("plans:lost_codes"))
    lost.refresh_from_db()
    assert lost.status == Access.Status.ASKED
    assert part().ok
    access.write_code(lost.pk, "NEW-1", by=cast.nadia.user)
    with time_machine.travel(f"{lost.plan.first_day}T10:00:00+01:00", tick=False):
        assert access.reveal(lost.pk, by=cast.nia.user) == "NEW-1"


def test_rotation_reaches_every_secret(plan, cast, settings):
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.FIELD_ENCRYPTION_KEYS = [old]
    access.write_code(plan.accesses.get(thing="door").pk, SECRET, by=cast.nadia.user)
    subscription, secret = transitions.subscribe({"name": "Desk", "url": "https://93.184.216.34/", "events": []}, by=cast.hugo.user)
    desk = Desk.objects.create(role="security", email="gate@rivage.example")
    key, call_secret = calls.give_key(desk.pk, by=cast.hugo.user)
    settings.FIELD_ENCRYPTION_KEYS = [new, old]
    said = io.StringIO()
    call_command("rotate_codes", stdout=said)
    call_command("rotate_codes", stdout=io.StringIO())
    assert said.getvalue().startswith("3 ")
    settings.FIELD_ENCRYPTION_KEYS = [new]
    subscription.refresh_from_db()
    assert sealing.unseal(subscription.token, subscription.key_id) == secret
    key = DeskKey.objects.get()
    assert sealing.unseal(key.token, key.key_id) == call_secret
    assert vault.unseal(*AccessCode.objects.values_list("token", "key_id").get()) == SECRET


def test_rotation_reaches_the_old_secret_of_a_webhook_for_as_long_as_it_signs(cast, settings):
    first, newest = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.FIELD_ENCRYPTION_KEYS = [first]
    changed, before = transitions.subscribe({"name": "Desk", "url": "https://93.184.216.34/", "events": []}, by=cast.hugo.user)
    long_ago, _secret = transitions.subscribe({"name": "Gate", "url": "https://93.184.216.34/", "events": []}, by=cast.hugo.user)
    _changed, now = transitions.renew(changed.pk, by=cast.hugo.user)
    transitions.renew(long_ago.pk, by=cast.hugo.user)
    Subscription.objects.filter(pk=long_ago.pk).update(old_until=clock.now() - timedelta(minutes=1))
    settings.FIELD_ENCRYPTION_KEYS = [newest, first]
    assert vault.rotate() == (3, 0)  # both secrets that sign and the one in force; what signs no more is left alone
    settings.FIELD_ENCRYPTION_KEYS = [newest]
    changed.refresh_from_db()
    assert sending.secrets_of(changed) == [now, before]


def test_no_export_mail_or_database_file_holds_the_code(door, cast, client_of):
    for name in ("nia", "hugo", "maya"):
        packed = zipfile.ZipFile(io.BytesIO(client_of(name).post(reverse("my_data_download")).content))
        assert [part for part in packed.namelist() if SECRET.encode() in packed.read(part)] == [], name
    assert [mail.pk for mail in Mail.objects.all() if SECRET in f"{mail.subject}{mail.body}{mail.attachment}{mail.headers}"] == []
    if isinstance(getattr(connection, "connection", None), sqlite3.Connection):
        assert SECRET.encode() not in connection.connection.serialize()  # the bytes of the file, its free pages included


def test_an_error_page_and_its_log_do_not_hold_the_code(plan, cast, caplog, monkeypatch):
    """Whatever breaks while a code is written or shown, neither the page nor the log repeats it."""
    door = plan.accesses.get(thing="door")

    def breaks(*words, **options):
        raise RuntimeError("the disk is full")

    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr(access.vault, "seal", breaks)
    desk = Client(raise_request_exception=False)
    desk.force_login(cast.nadia.user, backend="django.contrib.auth.backends.ModelBackend")
    answer = desk.post(reverse("plans:code_write", args=[door.pk]), {"code": SECRET})
    assert answer.status_code == 500
    assert SECRET not in answer.content.decode()
    assert SECRET not in caplog.text
    from django.views.debug import SafeExceptionReporterFilter

    assert SECRET not in str(SafeExceptionReporterFilter().get_post_parameters(answer.wsgi_request))


def test_a_refused_form_does_not_send_the_code_back(plan, cast, client_of):
    desk = client_of("hugo")
    desk.force_login(cast.nadia.user, backend="django.contrib.auth.backends.ModelBackend")
    answer = desk.post(reverse("plans:code_write", args=[plan.accesses.get(thing="door").pk]), {"code": SECRET * 20})
    assert answer.status_code == 422
    assert SECRET not in answer.content.decode()


def test_what_is_handed_over_in_person_is_written_down(plan, cast, client_of):
    badge = plan.accesses.get(thing="badge")
    Access.objects.filter(pk=badge.pk).update(status=Access.Status.OPEN)
    desk = client_of("hugo")
    desk.force_login(cast.nadia.user, backend="django.contrib.auth.backends.ModelBackend")
    desk.post(reverse("plans:access_hand_over", args=[badge.pk]))
    badge.refresh_from_db()
    assert badge.status == Access.Status.GIVEN
    assert badge.given_at is not None
