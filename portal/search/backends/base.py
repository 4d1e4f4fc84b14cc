"""What a store of rows must do; all thinking about words is done before it is asked."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field

from portal.search.rows import Row

MOST = 500
MOST_PREFIXED = 300  # words one prefix may stand for


class Away(Exception):
    """The index is missing, damaged or of an older schema: the database must answer."""


@dataclass(frozen=True)
class Way:
    """One way a word may be found: a token, what it is worth, whether it starts the token, whether grades weigh."""

    token: str
    points: float
    prefix: bool = False
    graded: bool = False


@dataclass(frozen=True)
class Term:
    """One word of the question: it is found by its best way; without `required` it only adds points."""

    ways: tuple[Way, ...]
    required: bool = True


@dataclass(frozen=True)
class Question:
    """What the store is asked. A row answers when each required term has a way (any of them if `some`)."""

    terms: tuple[Term, ...] = ()
    without: tuple[str, ...] = ()  # tokens no answer may have
    phrases: tuple[str, ...] = ()  # folded runs of words the row's text must hold
    some: bool = False
    audiences: frozenset[str] = frozenset()
    kinds: tuple[str, ...] = ()
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)  # facet → values: any of them
    sort: str = "best"
    start: int = 0
    size: int = 20
    facets: bool = True
    most: int = MOST  # a store that cannot score all answers may stop at so many, the best first


@dataclass
class Answer:
    """`rows` are (kind, key, score, data) of the page; `facets` maps "name=value=en=fr" to a count.

    With `more` the store stopped at `total` answers: there are others, and the facets count these alone.
    """

    total: int = 0
    more: bool = False
    rows: list[tuple[str, str, float, dict]] = field(default_factory=list)
    facets: dict[str, int] = field(default_factory=dict)


class Backend:
    """A store of rows. Every method that reads may raise Away."""

    def is_ready(self) -> bool:
        """Whether a live index of the present schema is there."""
        raise NotImplementedError

    def check(self) -> bool:
        """Whether the live index can be read through; slower than is_ready."""
        raise NotImplementedError

    @contextmanager
    def questions(self):
        """Around all that one search asks."""
        yield

    def exclusive(self, name: str, wait: bool = False) -> AbstractContextManager[bool]:
        """Hold the lock `name` ("writer" or "build"): yields whether it is mine; it falls by itself when its holder dies."""
        raise NotImplementedError

    def replace(self, idents: Iterable[tuple[str, str]], rows: Iterable[Row]) -> None:
        """Take away all rows of these (kind, key) and put `rows`, in one commit."""
        raise NotImplementedError

    def build(self, rows: Iterator[Row], swap: Callable) -> int:
        """Write all `rows` beside the live index, then `swap(put_live)`; how many."""
        raise NotImplementedError

    def tidy(self) -> None:
        """Make the live index as small and quick as a new one; nothing to do where the store does it by itself."""

    def lookup(self, tokens: set[str], audiences: frozenset[str]) -> list[tuple[str, dict]]:
        """(kind, data) of the vocabulary rows, and of the concepts these audiences read, that hold one of `tokens`."""
        raise NotImplementedError

    def ask(self, question: Question) -> Answer:
        raise NotImplementedError

    def count(self, question: Question) -> int:
        """How many rows answer, up to one more than `question.most`."""
        return self.ask(question).total

    def size(self) -> tuple[int, int]:
        """(rows, bytes) of the live index."""
        raise NotImplementedError
