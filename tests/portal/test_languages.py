"""Texts in two languages, and a place beside a name."""

import pytest

from portal.languages import Text, at_place


@pytest.mark.parametrize(
    ("name", "place", "said"),
    [
        ("IT desk", "Lyon", "IT desk, Lyon"),
        ("IT desk, Lyon", "Lyon", "IT desk, Lyon"),
        ("Bureau de prévision de Bristol", "Bristol", "Bureau de prévision de Bristol"),
        ("Lyonnaise des eaux", "Lyon", "Lyonnaise des eaux, Lyon"),
        (Text("Data", "en"), "Nantes", "Data, Nantes"),
    ],
)
def test_a_place_is_said_once(name, place, said):
    assert at_place(name, place) == said
