"""Ballots sealed at the same moment, on PostgreSQL: each counts once, and the panel opens once."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection, connections
from django.http import Http404

from portal import clock, switches
from portal.models import Notice, TimelineEntry
from portal.moves import MoveRefused
from portal.panels import transitions
from portal.panels.models import Ballot, BallotLine, Panel
from portal.panels.transitions import Line
from tests import cast as cast_of_tests
from tests import factories as make
from tests.panels.test_transitions import CRITERIA, KIND

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite writes one at a time: there is no race to lose"),
]


@pytest.fixture
def panel(transactional_db):
    cast = cast_of_tests.gather()
    for number in range(4):
        make.colleague(f"Member{number}", "Team", team=cast.data, site=cast.nantes)
    switches.turn(switches.VOTES, True, by=cast.hugo.user, informed_on=clock.today())
    opening = make.OpeningFactory(team=cast.data, site=cast.nantes, hiring_manager=cast.maya)
    return transitions.open(
        KIND, opening, about=cast.cleo, hr=cast.hugo, manager=cast.maya, team=cast.data, criteria=CRITERIA,
        rule=Panel.Rule.CONSENT, deadline=clock.now() + timedelta(days=5), by=cast.hugo.user,
    )  # fmt: skip


def at_once(acts) -> list:
    """Run all acts at the same moment, each on its own connection; what each ended with."""
    gate, ends = Barrier(len(acts)), []

    def run(act):
        gate.wait()
        try:
            ends.append(act())
        except (MoveRefused, Http404) as refused:
            ends.append(refused)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return ends


def sealing(panel, member, choice=Ballot.Choice.YES):
    lines = [Line(criterion.pk, BallotLine.Verdict.MEETS, "Seen at work.") for criterion in panel.criteria.all()]
    user = member.person.user
    return lambda: transitions.seal(panel.pk, by=user, choice=choice, lines=lines)


def members_of(panel):
    return list(panel.members.select_related("person__user"))


def test_all_ballots_sealed_at_once_open_the_panel_once(panel):
    members = members_of(panel)
    ends = at_once([sealing(panel, member) for member in members])
    panel.refresh_from_db()
    assert all(isinstance(end, Ballot) for end in ends), ends
    assert Ballot.objects.count() == len(members)
    assert (panel.status, panel.decision) == (Panel.Status.OPENED, Panel.Decision.GO)
    assert TimelineEntry.objects.filter(object_id=panel.pk, after=Panel.Status.OPENED).count() == 1
    assert Notice.objects.filter(kind="panels.opened").count() == len(members)


def test_one_member_who_seals_twice_at_once_has_one_ballot(panel):
    member = members_of(panel)[0]
    at_once([sealing(panel, member), sealing(panel, member), sealing(panel, member)])
    assert Ballot.objects.count() == 1
    assert BallotLine.objects.count() == len(CRITERIA)


def test_a_ballot_that_meets_the_opening_is_counted_or_refused_never_lost(panel):
    """The last but one seals while the deadline opens the panel: either it is in the count, or its author is told."""
    first, second, *others = members_of(panel)
    for member in others:
        sealing(panel, member)()
    Panel.objects.filter(pk=panel.pk).update(deadline=clock.now() + timedelta(seconds=1))

    def open_at_the_deadline():
        import time

        time.sleep(1.05)
        return transitions.unseal_due()

    ends = at_once([sealing(panel, first), sealing(panel, second), open_at_the_deadline])
    panel.refresh_from_db()
    refused = sum(isinstance(end, MoveRefused | Http404) for end in ends)
    assert panel.status != Panel.Status.VOTING
    assert Ballot.objects.count() + refused == len(others) + 2
    assert TimelineEntry.objects.filter(object_id=panel.pk, before=Panel.Status.VOTING).count() == 1
    assert connection.vendor == "postgresql"
