"""A status has one door: only along its MOVES, asked again under the lock, written on the timeline."""

import threading

import pytest
from django.db import connection, transaction
from django.http import Http404

from portal import moves
from portal.models import TimelineEntry
from portal.people.models import Opening
from tests import factories as make

pytestmark = pytest.mark.django_db
DRAFT, OPEN, CLOSED = Opening.Status.DRAFT, Opening.Status.OPEN, Opening.Status.CLOSED


@pytest.fixture
def opening(cast):
    return make.OpeningFactory(hiring_manager=cast.maya, team=cast.data, site=cast.nantes, status=OPEN)


@pytest.mark.parametrize(
    ("before", "after", "allowed"),
    [(DRAFT, OPEN, True), (OPEN, CLOSED, True), (CLOSED, OPEN, True), (DRAFT, CLOSED, False), (OPEN, DRAFT, False), (OPEN, OPEN, False)],
)
def test_only_along_the_moves(opening, cast, before, after, allowed):
    Opening.objects.filter(pk=opening.pk).update(status=before)
    opening.refresh_from_db()
    if allowed:
        moves.move(opening, after, by=cast.maya.user)
    else:
        with pytest.raises(moves.MoveRefused):
            moves.move(opening, after, by=cast.maya.user)
    opening.refresh_from_db()
    assert opening.status == (after if allowed else before)


def test_a_step_is_written_with_its_author(opening, cast):
    moves.move(opening, CLOSED, by=cast.maya.user, note="filled")
    step = TimelineEntry.objects.get(object_id=opening.pk, verb="moved")
    assert (step.before, step.after, step.note, step.by, step.subject) == (OPEN, CLOSED, "filled", cast.maya.user, opening)


def test_a_refusal_speaks_the_readers_language(opening, cast):
    with pytest.raises(moves.MoveRefused, match="This cannot go from “Open” to “Draft”"):
        moves.move(opening, DRAFT, by=cast.maya.user)


@pytest.mark.parametrize(("name", "found"), [("maya", True), ("hugo", True), ("ben", False), ("cleo", False), ("ilan", False), ("omar", False), ("nia", False)])
def test_the_rule_is_asked_again_under_the_lock(opening, cast, name, found):
    user = getattr(cast, name).user
    with transaction.atomic():
        if found:
            assert moves.locked(Opening, opening.pk, user, "people.change_opening") == opening
        else:
            with pytest.raises(Http404):
                moves.locked(Opening, opening.pk, user, "people.change_opening")


def test_what_does_not_exist_is_answered_like_what_is_not_yours(cast):
    with pytest.raises(Http404), transaction.atomic():
        moves.locked(Opening, 10**9, cast.maya.user, "people.change_opening")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer anyway")
@pytest.mark.django_db(transaction=True)
def test_two_at_once_move_it_once(opening, cast):
    outcomes, start = [], threading.Barrier(2)

    def close():
        start.wait()
        try:
            with transaction.atomic():
                moves.move(moves.locked(Opening, opening.pk, cast.maya.user, "people.change_opening"), CLOSED, by=cast.maya.user)
            outcomes.append("moved")
        except moves.MoveRefused:
            outcomes.append("refused")
        connection.close()

    both = [threading.Thread(target=close) for _ in range(2)]
    [one.start() for one in both]
    [one.join() for one in both]
    assert sorted(outcomes) == ["moved", "refused"]
    assert TimelineEntry.objects.filter(object_id=opening.pk, verb="moved").count() == 1
