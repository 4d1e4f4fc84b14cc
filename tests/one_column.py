"""What never reaches the database, the search store or the broker answers the same beside each: it is asked once, beside SQLite.

Such a test says `pytest.mark.one_column`. While it runs, all three refuse, so that the mark cannot be a mistake: pytest-django
refuses the database, and what follows refuses the rest. A process it starts hears of no database and no broker of ours.
"""

import socket
from contextlib import contextmanager

import pytest
from django.conf import settings

from portal.search import backends

NAME = "one_column"
OURS = ("DATABASE_URL", "REDIS_URL", "DATA_DIR")


class Reached(AssertionError):
    """A test that runs in one column asked for what the columns differ in."""


def kept(items: list) -> tuple[list, list]:
    """(the tests of this column, those it leaves to the other)."""
    left = [item for item in items if settings.POSTGRESQL and item.get_closest_marker(NAME)]
    return [item for item in items if item not in left], left


def refused(what: str):
    def refuse(*args, **kwargs):
        raise Reached(f"A test marked {NAME} asked for {what}.")

    return refuse


@contextmanager
def closed():
    """Neither search store nor any server can be reached, and a process started now is not told of ours."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(backends, "current", refused("the search store"))
        patch.setattr(socket.socket, "connect", refused("a server"))
        patch.setattr(socket.socket, "connect_ex", refused("a server"))
        for name in OURS:
            patch.delenv(name, raising=False)
        yield


def asks_for_the_database(item) -> bool:
    """Whether pytest-django would open the database for `item`."""
    return item.get_closest_marker("django_db") is not None or bool({"db", "transactional_db", "django_db_setup", "cast"} & set(item.fixturenames))
