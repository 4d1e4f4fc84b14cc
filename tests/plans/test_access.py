"""Access codes: written once, shown once to their person on the day, destroyed; nowhere in plain text."""

import io
import json
import logging
from datetime import timedelta

import pytest
import time_machine
from cryptography.fernet import Fernet
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.http import Http404
from django.urls import reverse

from portal import clock, roles
from portal.models import AuditEntry
from portal.moves import MoveRefused
from portal.plans import access, vault
from portal.plans.models import Access, AccessCode, Step
from portal.rules import get
from tests import factories as make
from tests.cast import NAMES, user_of
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


def on_the_day(plan, hour=10):
    return time_machine.travel(f"{plan.first_day}T{hour:02}:00:00+01:00", tick=False)


def test_writing_the_code_finishes_the_step_and_keeps_only_ciphertext(plan, door, cast):
    assert plan.steps.get(key="door-code").status == Step.Status.DONE
    assert door.status == Access.Status.OPEN
    assert SECRET not in AccessCode.objects.get().token


def test_before_the_day_nobody_sees_it(plan, door, cast):
    with pytest.raises(MoveRefused):
        access.reveal(door.pk, by=cast.nia.user)


@pytest.mark.parametrize("name", [*NAMES, "nadia"])
def test_only_its_person_may_see_it(plan, door, cast, name):
    with on_the_day(plan):
        user = user_of(cast, name)
        if name == "nia":
            assert access.reveal(door.pk, by=user) == SECRET
        else:
            with pytest.raises(Http404):
                access.reveal(door.pk, by=user)


def test_a_superuser_sees_no_code(plan, door, cast):
    cast.hugo.user.is_superuser = True
    cast.hugo.user.save()
    assert not AccessCode.objects.allowing(cast.hugo.user, "plans.view_accesscode").exists()
    assert get("plans.reveal_accesscode").q(cast.hugo.user) != get("plans.reveal_accesscode").q(cast.nia.user)


def test_it_is_shown_once_and_then_destroyed(plan, door, cast):
    with on_the_day(plan):
        access.reveal(door.pk, by=cast.nia.user)
        assert not AccessCode.objects.exists()
        with pytest.raises(Http404):
            access.reveal(door.pk, by=cast.nia.user)
    entry = AuditEntry.objects.get(action="access.revealed")
    assert entry.actor == f"user:{cast.nia.user.pk}"
    assert SECRET not in json.dumps(entry.detail)


def test_one_click_asks_for_a_new_one(plan, door, cast):
    with on_the_day(plan):
        access.reveal(door.pk, by=cast.nia.user)
        access.reissue(door.pk, by=cast.nia.user)
        step = plan.steps.get(key="door-code")
        assert step.status == Step.Status.OPEN
        assert step.due_on == plan.first_day
        access.write_code(door.pk, "NEW-1", by=cast.nadia.user)
        assert access.reveal(door.pk, by=cast.nia.user) == "NEW-1"


def test_a_code_nobody_collects_is_destroyed(plan, door, cast):
    with time_machine.travel(f"{plan.first_day + timedelta(days=8)}T10:00:00+01:00", tick=False):
        assert access.expire() == 1
        assert access.expire() == 0
        door.refresh_from_db()
        assert door.status == Access.Status.EXPIRED
        assert not AccessCode.objects.exists()


def test_a_step_with_a_code_is_not_done_without_it(plan, cast):
    from portal.plans import transitions

    with pytest.raises(MoveRefused):
        transitions.finish(plan.steps.get(key="door-code").pk, by=cast.nadia.user)


def test_finishing_the_account_step_opens_the_account(plan, cast):
    from portal.plans import transitions

    transitions.finish(plan.steps.get(key="open-account").pk, by=cast.ilan.user)
    assert plan.accesses.get(thing="system").status == Access.Status.OPEN


def test_rotation_opens_with_the_old_key_and_seals_with_the_new(plan, cast, settings):
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.FIELD_ENCRYPTION_KEYS = [old]
    door = access.write_code(plan.accesses.get(thing="door").pk, SECRET, by=cast.nadia.user)
    settings.FIELD_ENCRYPTION_KEYS = [new, old]
    call_command("rotate_codes", stdout=io.StringIO())
    settings.FIELD_ENCRYPTION_KEYS = [new]
    assert not vault.lost().exists()
    with on_the_day(plan):
        assert access.reveal(door.pk, by=cast.nia.user) == SECRET


def test_a_lost_key_is_said_with_every_code_to_issue_again(plan, cast, settings):
    settings.FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    door = access.write_code(plan.accesses.get(thing="door").pk, SECRET, by=cast.nadia.user)
    settings.FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    assert [code.access_id for code in vault.lost()] == [door.pk]
    with on_the_day(plan), pytest.raises(MoveRefused):
        access.reveal(door.pk, by=cast.nia.user)


def test_without_a_key_the_start_stops(settings):
    settings.FIELD_ENCRYPTION_KEYS, settings.RELAXED = [], False
    assert [error.id for error in vault.check_keys(None)] == ["plans.E001"]
    settings.FIELD_ENCRYPTION_KEYS = ["not a key"]
    assert [error.id for error in vault.check_keys(None)] == ["plans.E002"]


def everything_in_the_database():
    """Each value of each table, as text."""
    for model in apps.get_models():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            for row in cursor.fetchall():
                yield model._meta.label, " ".join(str(value) for value in row)


def test_the_plain_code_is_nowhere(plan, cast, client_of, caplog, settings, tmp_path):
    """Written and shown through the pages; then database, logs, mails, index files and every other page are searched."""
    caplog.set_level(logging.DEBUG)
    door = plan.accesses.get(thing="door")
    desk, newcomer = client_of("hugo"), client_of("nia")
    desk.force_login(cast.nadia.user, backend="django.contrib.auth.backends.ModelBackend")
    written = desk.post(reverse("plans:code_write", args=[door.pk]), {"code": SECRET}, follow=True)
    assert SECRET not in written.content.decode()
    with on_the_day(plan):
        newcomer.force_login(cast.nia.user, backend="django.contrib.auth.backends.ModelBackend")
        shown = newcomer.post(reverse("plans:code_reveal", args=[door.pk]))
        assert " ".join(SECRET) in shown.content.decode()
        assert "no-store" in shown["Cache-Control"]
        again = newcomer.post(reverse("plans:code_reveal", args=[door.pk]))
        assert again.status_code == 409
        pages = [newcomer.get(reverse("onboarding:day_one")), newcomer.get("/"), desk.get(reverse("plans:desk")), desk.get(reverse("plans:step_list"))]
    for page in (again, *pages):
        assert SECRET not in page.content.decode()
        assert " ".join(SECRET) not in page.content.decode()
    assert [label for label, row in everything_in_the_database() if SECRET in row] == []
    assert SECRET not in caplog.text
    files = (
        [path for place in (settings.SEARCH_INDEX_DIR, tmp_path) for path in place.rglob("*") if path.is_file()] if settings.SEARCH_INDEX_DIR.exists() else []
    )
    assert [path for path in files if SECRET.encode() in path.read_bytes()] == []


def test_get_never_shows_a_code(plan, door, cast, client_of):
    with on_the_day(plan):
        client = client_of("nia")
        assert client.get(reverse("plans:code_reveal", args=[door.pk])).status_code == 405
        assert AccessCode.objects.exists()
    assert clock.today() < plan.first_day


def test_a_step_undone_is_not_ready_any_more(cast):
    from portal.plans import transitions

    making.template()
    cast.nadia = make.colleague("Nadia", "Roy", team=cast.desk, site=cast.nantes)
    make.duty(cast.nadia, roles.SECURITY)
    plan = making.plan_for(cast.nia, by=cast.hugo.user, buddy=cast.ben)
    door, badge = plan.accesses.get(thing="door"), plan.accesses.get(thing="badge")
    access.write_code(door.pk, "4817#", by=cast.nadia.user)
    transitions.finish(badge.step_id, by=cast.nadia.user)
    for step in (door.step_id, badge.step_id):
        transitions.reopen(step, by=cast.nadia.user)
    assert {each.status for each in plan.accesses.filter(pk__in=[door.pk, badge.pk])} == {"asked"}
    assert not AccessCode.objects.filter(access=door).exists()
