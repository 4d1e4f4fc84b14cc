"""What ballots say never depends on their order, and a rule says what it says."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from portal.panels import counting
from portal.panels.counting import ABSTAIN, COLLEGES, CONSENT, GO, HR, MAJORITY, MANAGER, MEETING, NO, NO_GO, TEAM, YES, Cast

QUORUM = {HR: 1, MANAGER: 1, TEAM: 2}
casts = st.lists(st.builds(Cast, st.sampled_from(COLLEGES), st.sampled_from([YES, NO, ABSTAIN])), max_size=9)


@given(casts, st.sampled_from([CONSENT, MAJORITY]), st.randoms())
def test_order_does_not_matter(ballots, rule, random):
    shuffled = list(ballots)
    random.shuffle(shuffled)
    assert counting.outcome(rule, QUORUM, ballots) == counting.outcome(rule, QUORUM, shuffled)


@given(casts)
def test_consent_is_yes_only_with_every_quorum_and_no_objection(ballots):
    enough = all(sum(cast.college == college for cast in ballots) >= QUORUM[college] for college in COLLEGES)
    objected = any(cast.choice == NO for cast in ballots)
    assert (counting.outcome(CONSENT, QUORUM, ballots).result == GO) == (enough and not objected)


@given(casts)
def test_a_majority_of_one_college_cannot_outvote_another(ballots):
    found = counting.outcome(MAJORITY, QUORUM, ballots)
    if found.result == GO:
        for college in {cast.college for cast in ballots}:
            yes = sum(cast.college == college and cast.choice == YES for cast in ballots)
            assert yes > sum(cast.college == college and cast.choice == NO for cast in ballots)


def test_an_objection_is_a_meeting_and_no_veto():
    ballots = [Cast(HR, YES), Cast(MANAGER, YES), Cast(TEAM, YES), Cast(TEAM, NO)]
    assert counting.outcome(CONSENT, QUORUM, ballots).result == MEETING


def test_a_tie_in_the_team_is_a_meeting_and_a_no_of_the_manager_is_no():
    tie = [Cast(HR, YES), Cast(MANAGER, YES), Cast(TEAM, YES), Cast(TEAM, NO)]
    assert counting.outcome(MAJORITY, QUORUM, tie) == counting.Outcome(MEETING, tied=(TEAM,))
    no = [Cast(HR, YES), Cast(MANAGER, NO), Cast(TEAM, YES), Cast(TEAM, YES)]
    assert counting.outcome(MAJORITY, QUORUM, no).result == NO_GO


def test_a_college_below_its_quorum_decides_nothing():
    found = counting.outcome(CONSENT, QUORUM, [Cast(HR, YES), Cast(MANAGER, YES), Cast(TEAM, YES)])
    assert (found.result, found.without_quorum) == (MEETING, (TEAM,))


@given(st.sets(st.integers(1, 40)), st.sets(st.integers(1, 40)), st.sets(st.integers(1, 40)), st.integers())
def test_the_draw_takes_volunteers_first_and_nobody_excluded(volunteers, team, excluded, seed):
    order = counting.drawn(volunteers, team, excluded, Random(seed))
    assert set(order) == team - excluded
    first = len(volunteers & team - excluded)
    assert set(order[:first]) <= volunteers
