"""A test of one column reaches neither database, search store nor broker, each proved by a planted fault."""

import os
import socket
from types import SimpleNamespace

import pytest

from portal import search
from portal.people.models import Site
from portal.search import backends
from tests import one_column

pytestmark = pytest.mark.one_column
PLANTED = {
    "the database": lambda: Site.objects.count(),
    "the search store": lambda: backends.current().is_ready(),
    "the search store, by its own words": lambda: search.reindex(),
    "the broker": lambda: socket.create_connection(("127.0.0.1", 6379), timeout=1),
}


@pytest.mark.parametrize("what", PLANTED)
def test_a_planted_question_fails(what):
    with pytest.raises((one_column.Reached, RuntimeError), match=r"marked one_column|Database access not allowed"):
        PLANTED[what]()


def test_a_process_is_told_of_no_database_and_no_broker():
    assert [name for name in one_column.OURS if name in os.environ] == []


@pytest.mark.parametrize("names", [["db"], ["cast", "client_of"], ["transactional_db"]])
def test_a_planted_test_of_the_database_is_seen(names):
    assert one_column.asks_for_the_database(SimpleNamespace(get_closest_marker=lambda name: None, fixturenames=names))


def test_beside_postgresql_it_is_left_to_the_other_column(settings):
    marked, plain = SimpleNamespace(get_closest_marker=lambda name: True), SimpleNamespace(get_closest_marker=lambda name: None)
    settings.POSTGRESQL = True
    assert one_column.kept([marked, plain]) == ([plain], [marked])
    settings.POSTGRESQL = False
    assert one_column.kept([marked, plain]) == ([marked, plain], [])
