"""Once a night the index is made one piece again, and finds what it found."""

import pytest

from portal import search
from portal.search import backends, tasks
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_many_small_changes_become_one_piece_and_everybody_is_still_found(indexed, found):
    for number in range(6):
        make.colleague(f"Odile{number}", f"Marchetti{number}", team=indexed.data, site=indexed.nantes)
        indexed.ben.headline = f"Line {number}"
        indexed.ben.save()
        search.drain()
    before = found("cleo", "marchetti"), found("cleo", "okafor"), found("cleo", "lefebvre")
    assert before[0]
    assert before[1] == ["Ben Okafor"]
    assert tasks.tidy_index() is True
    assert (found("cleo", "marchetti"), found("cleo", "okafor"), found("cleo", "lefebvre")) == before
    segments = getattr(backends.current(), "segments", None)
    assert segments is None or len(segments) == 1
    assert tasks.tidy_index() is True  # nothing left to do
    indexed.ben.headline = "Written after"
    indexed.ben.save()
    search.drain()
    assert found("cleo", "written after") == ["Ben Okafor"]
