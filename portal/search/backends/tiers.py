"""In which order answers are fetched when more may hold the words than can be scored: those written best first. Pure thinking."""

from collections.abc import Callable, Iterator
from itertools import combinations

from portal.search.backends.base import Question, Term, Way

WHOLE = 40  # what a whole name adds (query.WHOLE): it covers all that was typed
EXACT, WRITTEN, STARTED = 99, 86, 70  # as typed; a word or word form; a name begun
GRADES = (9, 7, 5, 3, 1)
MOST_SETS = 40  # ways to leave words out of a question

# A group is the ways of one word: an answer has one way of every group, in one of the alternatives of a tier.
Alternatives = list[list[list[Way]]]


def tiers(question: Question) -> Iterator[Alternatives]:
    """From the best answers to all of them."""
    needed = [term for term in question.terms if term.required]
    every = [list(term.ways) for term in needed]
    if question.some:
        yield from _without_some(needed)
        yield [[group] for group in every]
        return
    whole = [way for term in question.terms if not term.required for way in term.ways if way.points >= WHOLE]
    yield _possible([whole], *_at(needed, _least(EXACT, graded=False)))
    if any(way.graded for term in needed for way in term.ways):
        for grade in GRADES:
            yield _possible(*_at(needed, _graded(grade)))
    for points in (WRITTEN, STARTED):
        yield _possible(*_at(needed, _least(points)))
    yield [every]


def _without_some(needed: list[Term]) -> Iterator[Alternatives]:
    """Those that lack one word, then two…"""
    groups = [group for group in map(_least(WRITTEN), needed) if group]
    for count in range(min(len(groups), len(needed) - 1), 0, -1):
        sets = list(combinations(groups, count))
        if len(sets) <= MOST_SETS:
            yield [list(one) for one in sets]


def _at(needed: list[Term], level: Callable[[Term], list[Way]]) -> Alternatives:
    return [[level(term) for term in needed]]


def _possible(*alternatives) -> Alternatives:
    """Those in which every word has a way."""
    return [groups for groups in alternatives if all(groups)]


def _least(points: float, graded: bool = True) -> Callable[[Term], list[Way]]:
    return lambda term: [way for way in term.ways if way.points >= points and (graded or not way.graded)]


def _graded(grade: int) -> Callable[[Term], list[Way]]:
    """A word that names a skill by those who have it at least so well; any other word as it is written."""

    def level(term: Term) -> list[Way]:
        skills = [way for way in term.ways if way.graded]
        return [Way(f"{way.token}/{each}", way.points) for way in skills for each in range(grade, 10)] or _least(WRITTEN)(term)

    return level
