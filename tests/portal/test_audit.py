"""The audit log: appended to, chained, sealed; a change anywhere is noticed."""

import threading
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from portal import audit, clock, privacy
from portal.models import AuditEntry, AuditSeal

pytestmark = pytest.mark.django_db
POSTGRESQL = connection.vendor == "postgresql"


@pytest.fixture
def chain(db):
    """Five lines."""
    return [audit.record("test.done", on=f"thing:{number}", number=number) for number in range(5)]


def force(statement, *values):
    """Change the table behind the house's back, as somebody with the database's password could."""
    name = "ALTER TABLE portal_auditentry DISABLE TRIGGER portal_audit_append_only" if POSTGRESQL else "DROP TRIGGER IF EXISTS portal_audit_append_only"
    with connection.cursor() as cursor:
        cursor.execute(name)
        cursor.execute(statement, values)


def test_a_sound_chain_holds(chain):
    assert audit.verify() is None


def test_an_empty_log_holds(db):
    assert audit.verify() is None


def test_a_line_names_who_what_on_whom_and_from_where(client_of, cast, rf):
    request = rf.get("/", REMOTE_ADDR="192.0.2.7")
    entry = audit.record("person.exported", by=cast.hugo.user, on=cast.ben, request=request, rows=3)
    assert (entry.actor, entry.target, entry.address, entry.detail) == (f"user:{cast.hugo.user.pk}", f"people.person:{cast.ben.pk}", "192.0.2.7", {"rows": 3})


def test_behind_our_proxy_the_address_is_the_readers(rf, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    request = rf.get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.9, 192.0.2.7")
    assert audit.record("test.done", request=request).address == "192.0.2.7"


@pytest.mark.parametrize("column", ["action", "actor", "target", "address", "previous"])
def test_a_changed_line_is_noticed(chain, column):
    force(f"UPDATE portal_auditentry SET {column} = %s WHERE id = %s", "192.0.2.99", chain[2].pk)
    assert "changed" in audit.verify() or "follow" in audit.verify()


def test_a_changed_line_with_its_digest_made_anew_is_noticed(chain):
    forged = chain[2]
    forged.action = "nothing.happened"
    force("UPDATE portal_auditentry SET action = %s, digest = %s WHERE id = %s", forged.action, audit._digest(forged), forged.pk)
    assert f"row {chain[3].pk} does not follow" in audit.verify()


def test_a_removed_line_is_noticed(chain):
    force("DELETE FROM portal_auditentry WHERE id = %s", chain[2].pk)
    assert f"row {chain[3].pk} does not follow" in audit.verify()


def test_a_removed_beginning_is_noticed(chain):
    force("DELETE FROM portal_auditentry WHERE id <= %s", chain[1].pk)
    assert f"row {chain[2].pk} does not follow" in audit.verify()


def test_a_removed_end_is_noticed_once_sealed(chain):
    audit.seal()
    force("DELETE FROM portal_auditentry WHERE id >= %s", chain[3].pk)
    assert f"row {chain[4].pk} was sealed and is missing" in audit.verify()


def test_a_forged_seal_is_noticed(chain):
    audit.seal()
    AuditSeal.objects.update(last=chain[2].pk)
    assert "not signed" in audit.verify()


def test_sealing_twice_says_nothing_new(chain):
    assert audit.seal() is not None
    assert audit.seal() is None


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: AuditEntry.objects.filter(pk=entry.pk).update(action="x"),
        lambda entry: AuditEntry.objects.filter(pk=entry.pk).delete(),
        lambda entry: entry.save(),
        lambda entry: entry.delete(),
        lambda entry: AuditEntry.objects.all().delete(),
    ],
)
def test_the_model_refuses_change(chain, change):
    with pytest.raises(TypeError):
        change(chain[0])


def test_the_database_refuses_change(chain):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE portal_auditentry SET action = 'x'")


@pytest.mark.skipif(not POSTGRESQL, reason="SQLite's trigger refuses changes only")
def test_the_database_refuses_removal(chain):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM portal_auditentry")


def test_retention_takes_the_beginning_and_the_chain_still_holds(chain):
    with time_machine.travel(clock.now() + timedelta(days=200), tick=True):
        audit.seal()
        later = [audit.record("test.later", number=number) for number in range(3)]
    with time_machine.travel(clock.now() + timedelta(days=366), tick=True):
        privacy.keep_promises()
        assert list(AuditEntry.objects.filter(action__startswith="test.").order_by("pk")) == later
        assert audit.verify() is None
        privacy.keep_promises()
        assert audit.verify() is None


def test_after_retention_took_all_the_chain_goes_on(chain):
    with time_machine.travel(clock.now() + timedelta(days=366), tick=True):
        privacy.keep_promises()
        assert not AuditEntry.objects.filter(action="test.done").exists()
        audit.record("test.again")
        assert audit.verify() is None


def test_retention_without_its_seal_is_noticed(chain):
    with time_machine.travel(clock.now() + timedelta(days=366), tick=True):
        audit.record("test.fresh")
        privacy.keep_promises()
    AuditSeal.objects.all().delete()
    assert "does not follow" in audit.verify()


def test_the_command_says_so_and_fails_when_it_does_not_hold(chain):
    out = StringIO()
    call_command("verify_audit", stdout=out)
    assert "5 rows" in out.getvalue()
    force("DELETE FROM portal_auditentry WHERE id = %s", chain[1].pk)
    with pytest.raises(CommandError, match="does not follow"):
        call_command("verify_audit")


@pytest.mark.skipif(not POSTGRESQL, reason="SQLite has one writer anyway")
@pytest.mark.django_db(transaction=True)
def test_two_writers_make_one_chain():
    def write():
        for number in range(20):
            audit.record("test.race", number=number)
        connection.close()

    writers = [threading.Thread(target=write) for _ in range(4)]
    [writer.start() for writer in writers]
    [writer.join() for writer in writers]
    assert AuditEntry.objects.count() == 80
    assert audit.verify() is None
