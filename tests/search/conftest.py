"""A small company to search in."""

import pytest
from django.db import connection

from portal import search
from portal.search import documents


class Reader:
    """A reader of given audiences, and of every row the rules would show: the machine alone is tried."""


@pytest.fixture
def indexed(cast):
    """The cast, in the index."""
    search.reindex()
    return cast


@pytest.fixture
def found(indexed):
    """`found("maya", "okafor")` → titles of the hits."""
    from tests.cast import user_of

    def ask(name, text, **how):
        return [hit.title for hit in search.find(user_of(indexed, name), text, **how).hits]

    return ask


@pytest.fixture
def on_postgresql():
    return connection.vendor == "postgresql"


@pytest.fixture
def audiences(monkeypatch):
    """Let the test say to which audiences a reader belongs."""

    def are(*names):
        monkeypatch.setattr(documents, "_audiences", [lambda user: names])

    return are
