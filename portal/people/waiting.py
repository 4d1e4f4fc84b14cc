"""Who still waits: before an opening closes, each app that took somebody's interest says how many await an answer."""

from collections.abc import Callable

_questions: list[Callable] = []


def asks(function):
    """Register a function of an opening that returns how many people still await an answer about it."""
    _questions.append(function)
    return function


def for_answer(opening) -> int:
    """How many people, inside and outside, still await an answer about `opening`."""
    return sum(ask(opening) for ask in _questions)
