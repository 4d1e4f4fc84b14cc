"""Matching says words, never a score, whatever the skills."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mobility.matching import CLOSE, GROW, HAVE, LEARN, TAUGHT, Held, Need, Reason, reasons

TODAY = date(2026, 11, 23)
groups = st.sampled_from(["", "water", "code", "words"])
needs = st.lists(st.builds(Need, st.integers(1, 20), groups, st.integers(1, 4), st.booleans()), unique_by=lambda need: need.skill)
holdings = st.lists(
    st.builds(Held, st.integers(1, 20), groups, st.integers(1, 4), st.none() | st.dates(date(2018, 1, 1), TODAY)), unique_by=lambda held: held.skill
)


def kinds(*args):
    return [reason.kind for reason in reasons(*args, TODAY)]


def test_a_skill_at_its_level_is_held_below_it_is_begun():
    assert kinds([Need(1, "water", 3)], [Held(1, "water", 3)]) == [HAVE]
    assert kinds([Need(1, "water", 3)], [Held(1, "water", 2)]) == [GROW]


def test_the_best_known_of_the_same_group_is_close():
    found = reasons([Need(1, "water", 3)], [Held(2, "water", 2), Held(3, "water", 4), Held(4, "code", 4)], TODAY)
    assert (found[0].kind, found[0].held.skill) == (CLOSE, 3)


def test_a_skill_without_a_group_is_close_to_nothing():
    assert kinds([Need(1, "", 3)], [Held(2, "", 4)]) == [LEARN]


def test_what_the_job_teaches_is_not_missing():
    assert kinds([Need(1, "water", 3, learnt=True)], [Held(2, "water", 4)]) == [TAUGHT]


def test_a_skill_confirmed_over_two_years_ago_is_not_fresh():
    old, new = TODAY - timedelta(days=800), TODAY - timedelta(days=90)
    assert [reasons([Need(1, "", 1)], [Held(1, "", 1, day)], TODAY)[0].fresh for day in (old, new, None)] == [False, True, False]


@given(needs, holdings)
def test_each_need_has_one_reason_and_no_number_is_made_of_them(asked, held):
    found = reasons(asked, held, TODAY)
    assert sorted(reason.need.skill for reason in found) == sorted(need.skill for need in asked)
    assert set(Reason.__dataclass_fields__) == {"kind", "need", "held", "fresh"}


@given(needs, holdings)
def test_the_order_of_skills_held_changes_nothing(asked, held):
    assert reasons(asked, held, TODAY) == reasons(asked, list(reversed(held)), TODAY)
