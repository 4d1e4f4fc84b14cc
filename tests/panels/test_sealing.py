"""Whatever members do, in whatever order: nobody reads another's ballot before the opening, and each holds one, for one college."""

from django.db import transaction
from django.http import Http404
from hypothesis import HealthCheck, given
from hypothesis import settings as of_hypothesis
from hypothesis import strategies as st

from portal.panels import transitions
from portal.panels.models import Ballot, BallotLine, Panel
from tests.panels.test_transitions import lines, panel, team  # noqa: F401 - fixtures

acts = st.lists(st.tuples(st.integers(0, 9), st.sampled_from([Ballot.Choice.YES, Ballot.Choice.ABSTAIN])), max_size=9)


@given(acts)
@of_hypothesis(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_order_of_ballots_shows_one_before_the_opening_nor_lets_anybody_hold_two(panel, acts):  # noqa: F811
    with transaction.atomic():
        members, voted = list(panel.members.order_by("pk")), set()
        for place, choice in acts:
            member = members[place % len(members)]
            try:
                transitions.seal(panel.pk, by=member.person.user, choice=choice, lines=lines(panel))
                voted.add(member.pk)
            except Http404:
                assert voted == {each.pk for each in members}  # only an opened panel refuses a member's ballot
            now = Panel.objects.get(pk=panel.pk)
            assert now.is_blind == (voted != {each.pk for each in members})
            assert set(Ballot.objects.values_list("member", flat=True)) == voted
            if now.is_blind:
                for reader in members:
                    assert set(Ballot.objects.visible_to(reader.person.user).values_list("member", flat=True)) <= {reader.pk}
                    assert set(BallotLine.objects.visible_to(reader.person.user).values_list("ballot__member", flat=True)) <= {reader.pk}
        assert Ballot.objects.count() == len(voted)
        assert len({member.person_id for member in members}) == len(members)
        transaction.set_rollback(True)
