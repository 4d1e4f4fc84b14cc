"""Names over the whole pool: nobody above one's capacity, never one's own line, whatever the order of the input."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alumni import matching
from alumni.matching import Mentor, Seeker

few = st.frozensets(st.integers(1, 6), max_size=4)
words = st.frozensets(st.sampled_from(["morning", "noon", "evening"]), max_size=3)
speech = st.frozensets(st.sampled_from(["fr", "en", "br"]), min_size=1, max_size=3)
wheres = st.sampled_from(["any", "remote", "near"])
towns = st.sampled_from(["", "nantes", "bristol"])
paths = st.frozensets(st.sampled_from(["job:1", "trade:1", "trade:2"]), max_size=2)
teams = st.sampled_from([(), (1,), (1, 2), (1, 2, 3), (1, 4)])
FAR = 100  # keys of mentors begin here


@st.composite
def pools(draw):
    mentors = [
        Mentor(FAR + n, draw(few), draw(paths), draw(speech), draw(words), draw(wheres), draw(towns), draw(teams), draw(st.integers(0, 3)))
        for n in range(draw(st.integers(0, 6)))
    ]
    keys = [mentor.key for mentor in mentors]
    some = st.frozensets(st.sampled_from(keys), max_size=3) if keys else st.just(frozenset())
    seekers = [
        Seeker(n + 1, draw(few), draw(paths), draw(speech), draw(words), draw(wheres), draw(towns), draw(teams), draw(some), draw(some))
        for n in range(draw(st.integers(0, 7)))
    ]
    return seekers, mentors


@given(pools())
@settings(max_examples=120, deadline=None)
def test_no_mentor_is_named_more_often_in_a_round_than_they_have_places(pool):
    seekers, mentors = pool
    places = {mentor.key: mentor.places for mentor in mentors}
    for names in (1, 3):
        found = matching.propose(seekers, mentors, names=names)
        for key in places:
            assert sum(key in chosen for chosen in found.values()) <= places[key] * names


@given(pools())
@settings(max_examples=120, deadline=None)
def test_nobody_is_given_their_own_line_or_a_name_twice(pool):
    seekers, mentors = pool
    found = matching.propose(seekers, mentors)
    for seeker in seekers:
        chosen = found[seeker.key]
        assert len(chosen) == len(set(chosen)) <= 3
        assert not set(chosen) & (seeker.line | seeker.spared | {seeker.key})


@given(pools(), st.randoms(use_true_random=False))
@settings(max_examples=80, deadline=None)
def test_the_order_in_which_people_are_given_changes_nothing(pool, random):
    seekers, mentors = pool
    before = matching.propose(seekers, mentors)
    random.shuffle(seekers)
    random.shuffle(mentors)
    assert matching.propose(seekers, mentors) == before


@given(pools())
@settings(max_examples=120, deadline=None)
def test_whoever_may_meet_has_three_reasons_and_the_others_none(pool):
    seekers, mentors = pool
    for seeker in seekers:
        for mentor in mentors:
            found = matching.reasons(seeker, mentor)
            assert len(found) == (3 if matching.may_meet(seeker, mentor) else 0)
            assert len({why.kind for why in found}) == len(found)


def test_everybody_is_served_when_there_is_room_though_all_want_the_same():
    star = Mentor(FAR, offers=frozenset({1, 2, 3}), tongues=frozenset({"fr"}), places=1)
    others = [Mentor(FAR + n, tongues=frozenset({"fr"}), places=1) for n in range(1, 4)]
    seekers = [Seeker(n, learn=frozenset({1, 2, 3}), tongues=frozenset({"fr"})) for n in range(1, 5)]
    found = matching.propose(seekers, [star, *others], names=1)
    assert sorted(key for chosen in found.values() for key in chosen) == [FAR, FAR + 1, FAR + 2, FAR + 3]


def test_what_is_to_be_learnt_speaks_before_all():
    seeker = Seeker(1, learn=frozenset({7}), tongues=frozenset({"fr"}), town="nantes")
    teaches = Mentor(FAR + 1, offers=frozenset({7}), tongues=frozenset({"fr"}))
    near = Mentor(FAR, tongues=frozenset({"fr"}), town="nantes")
    assert matching.propose([seeker], [near, teaches], names=1) == {1: [FAR + 1]}
    assert [why.kind for why in matching.reasons(seeker, teaches)] == [matching.LEARN, matching.TONGUE, matching.REMOTE]


@pytest.mark.parametrize(("one", "other", "steps"), [((1, 2), (1, 2), 0), ((1, 2), (1, 3), 2), ((1,), (1, 2, 3), 2), ((), (), 0)])
def test_distance_is_counted_in_teams_walked(one, other, steps):
    assert matching.steps_between(one, other) == steps


def test_the_web_process_never_reads_the_solver():
    """Importing every address of the portal leaves SciPy on the disk."""
    code = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'portal.settings'; import pytest; django.setup(); "
        "from django.urls import get_resolver; get_resolver().url_patterns; import alumni.tasks; sys.exit('scipy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
