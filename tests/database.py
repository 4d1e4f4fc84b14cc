"""The tests' database: migrated once for a state of the migrations, kept beside the demo's, and copied for every worker."""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

# What migrating writes once: no test changes it, so none has to write it again.
STAYS = {"django_migrations", "django_content_type", "auth_permission", "search_usualname"}
LOCKED = "portal_auditentry"  # PostgreSQL refuses to delete its rows one by one, as it should


def state() -> str:
    """A name for what migrating would make today: all migrations of all apps, and their places."""
    told = hashlib.sha256()
    for config in apps.get_app_configs():
        for path in sorted((Path(config.path) / "migrations").glob("*.py")):
            told.update(f"{config.label} {path.name} ".encode() + path.read_bytes())
    return told.hexdigest()[:12]


@contextmanager
def alone():
    """One process at a time makes or copies the database that is kept."""
    place = settings.DATA_DIR / "tests"
    place.mkdir(parents=True, exist_ok=True)
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield place


def take(place: Path) -> Callable:
    """Point the default connection at a migrated database of its own, under `place` where it is a file; what gives it back."""
    return _take_on_postgresql() if settings.POSTGRESQL else _take_on_sqlite(place)


def _use(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name


def _migrate(name: str) -> None:
    _use(name)
    call_command("migrate", verbosity=0)
    connection.close()


def kept_file() -> Path:
    """Where the migrated database is kept, beside SQLite."""
    return settings.DATA_DIR / "tests" / f"{state()}.sqlite3"


def _take_on_sqlite(place: Path) -> Callable:
    mine = place / "tests.sqlite3"
    with alone() as folder:
        kept = kept_file()
        if not kept.exists():
            for old in folder.glob("*.sqlite3*"):
                old.unlink()
            _migrate(str(folder / "new.sqlite3"))
            (folder / "new.sqlite3").rename(kept)
        shutil.copy(kept, mine)
    _use(str(mine))
    return connection.close


def _take_on_postgresql() -> Callable:
    base = settings.DATABASES["default"]["NAME"]
    kept, mine = f"test_{base}_kept_{state()}", f"test_{base}_{os.environ.get('PYTEST_XDIST_WORKER', os.getpid())}"
    with alone(), connection._nodb_cursor() as server:
        server.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [f"test_{base}_kept_"])
        there = {row[0] for row in server}
        if kept not in there:
            for old in there:
                server.execute(f'DROP DATABASE "{old}" WITH (FORCE)')
            server.execute(f'CREATE DATABASE "{kept}_new"')
            _migrate(f"{kept}_new")
            server.execute(f'ALTER DATABASE "{kept}_new" RENAME TO "{kept}"')
        server.execute(f'DROP DATABASE IF EXISTS "{mine}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{mine}" TEMPLATE "{kept}"')
    _use(mine)

    def give_back():
        connection.close()
        with connection._nodb_cursor() as server:
            server.execute(f'DROP DATABASE IF EXISTS "{mine}" WITH (FORCE)')

    return give_back


def empty() -> None:
    """Take away what a test committed; only tables that hold rows are touched, so this is quick however many there are."""
    tables = [table for table in connection.introspection.table_names() if table not in STAYS]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM \"{table}\")" for table in tables))
        for (table,) in cursor.fetchall():
            cursor.execute(f'TRUNCATE "{table}"' if table == LOCKED and settings.POSTGRESQL else f'DELETE FROM "{table}"')
