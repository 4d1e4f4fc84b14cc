"""Is all ready: any app adds the questions it can answer about a coming first day."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import get_language, gettext

READY = "ready"
NOT_READY = "not_ready"
CANNOT_TELL = "cannot_tell"
STATES = (READY, NOT_READY, CANNOT_TELL)


@dataclass(frozen=True)
class Answer:
    """What a check found: READY, NOT_READY or CANNOT_TELL, and why.

    `reason` is a message of the catalogue (`gettext_noop`) with `words` for its placeholders, so that each reader has
    it in their language; a word may be {"en": …, "fr": …}.
    """

    state: str
    reason: str = ""
    words: dict = field(default_factory=dict)


def in_words(reason: str, words: dict) -> str:
    """The reason of an answer in the reader's language."""
    if not reason:
        return ""
    here = (get_language() or "en")[:2]
    chosen = {name: (word.get(here) or word.get("en", "")) if isinstance(word, dict) else word for name, word in words.items()}
    said = gettext(reason)
    return said % chosen if chosen else said


@dataclass(frozen=True)
class Check:
    """A question about an arrival, asked from `days_before` the first day on; `role` is who sees to it."""

    code: str
    label: str
    days_before: int
    family: str
    remote: bool
    role: str
    ask: Callable


_checks: dict[str, Check] = {}


def check(code: str, label, *, days_before: int = 3, family: str = "day_one", role: str = "hr", remote: bool = False):
    """Register a question; the function takes the subject and returns an Answer, or None when it does not concern them.

    `remote` says that another system is asked. Such a function touches our own data only and returns a Probe: a
    function without arguments that asks the other system, run under a time limit on the queue of its own. A failure
    to answer is CANNOT_TELL, never READY.
    """

    def register(function):
        if code in _checks:
            raise ValueError(f"The check {code} is said twice.")
        _checks[code] = Check(code, label, days_before, family, remote, role, function)
        return function

    return register


def every() -> list[Check]:
    """All checks of the house, by code."""
    return [_checks[code] for code in sorted(_checks)]


def get(code: str) -> Check | None:
    """The check `code`, or None when no app asks it any more."""
    return _checks.get(code)


def ask(one: Check, subject):
    """What a check returns; whatever it raises is a check that cannot tell."""
    try:
        return one.ask(subject)
    except Exception as error:
        return failed(error)


def failed(error: Exception) -> Answer:
    """The answer of a question that broke: the kind of error, never its text, which may hold data."""
    return Answer(CANNOT_TELL, "%(error)s", {"error": type(error).__name__})
