"""Is all ready: any app adds the questions it can answer about a coming first day."""

from collections.abc import Callable
from dataclasses import dataclass

READY = "ready"
NOT_READY = "not_ready"
CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True)
class Answer:
    """What a check found: one of READY, NOT_READY, CANNOT_TELL, with the reason in words."""

    state: str
    reason: str = ""


@dataclass(frozen=True)
class Check:
    """A question about an arrival, asked from `days_before` the first day on."""

    code: str
    label: str
    days_before: int
    family: str
    remote: bool
    ask: Callable


_checks: dict[str, Check] = {}


def check(code: str, label: str, *, days_before: int = 3, family: str = "day_one", remote: bool = False):
    """Register a question; the function takes the subject and returns an Answer.

    `remote` says that another system is asked: it runs under a time limit on its own queue, and a failure to
    answer is CANNOT_TELL, never READY.
    """

    def register(function):
        if code in _checks:
            raise ValueError(f"The check {code} is said twice.")
        _checks[code] = Check(code, label, days_before, family, remote, function)
        return function

    return register


def every() -> list[Check]:
    """All checks of the house, by code."""
    return [_checks[code] for code in sorted(_checks)]


def ask(one: Check, subject) -> Answer:
    """The answer of a check; whatever it raises is a check that cannot tell."""
    try:
        return one.ask(subject)
    except Exception as error:
        return Answer(CANNOT_TELL, type(error).__name__)
