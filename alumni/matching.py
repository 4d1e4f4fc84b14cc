"""Pure thinking: who may mentor whom, for which reasons in words, and names over the whole pool so that no mentor is overloaded.

No models, no clock. Nothing here is a mark on a person: the cost of a pair lives inside one run and is neither kept nor shown.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

LEARN, PATH, NEAR, WHEN, TONGUE, LINE, REMOTE = "learn", "path", "near", "when", "tongue", "line", "remote"
ORDER = (LEARN, PATH, NEAR, WHEN, LINE, TONGUE, REMOTE)  # the first three that hold are said
REASONS = 3
NAMES = 3  # put before each seeker
ANYWHERE, AT_A_DISTANCE, IN_PERSON = "any", "remote", "near"
NEVER = 10_000.0


@dataclass(frozen=True)
class Seeker:
    """Who looks for a mentor: `line` are the people above and below them, `spared` those asked before; `team` its path in the tree."""

    key: int
    learn: frozenset[int] = frozenset()
    path: frozenset[str] = frozenset()
    tongues: frozenset[str] = frozenset()
    when: frozenset[str] = frozenset()
    where: str = ANYWHERE
    town: str = ""
    team: tuple[int, ...] = ()
    line: frozenset[int] = frozenset()
    spared: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Mentor:
    """Who offers: `places` is how many more people they can take."""

    key: int
    offers: frozenset[int] = frozenset()
    path: frozenset[str] = frozenset()
    tongues: frozenset[str] = frozenset()
    when: frozenset[str] = frozenset()
    where: str = ANYWHERE
    town: str = ""
    team: tuple[int, ...] = ()
    places: int = 1


@dataclass(frozen=True)
class Reason:
    """One thing that speaks for two people: its kind and what it names (keys of skills, codes of languages, …), sorted."""

    kind: str
    values: tuple = ()


def may_meet(seeker: Seeker, mentor: Mentor) -> bool:
    """Whether these two can be put together at all: never one's own line, a language in common, a way to meet, a place left."""
    if seeker.key == mentor.key or mentor.key in seeker.line | seeker.spared or mentor.places < 1:
        return False
    return bool(seeker.tongues & mentor.tongues) and (_at_a_distance(seeker, mentor) or _in_person(seeker, mentor))


def _at_a_distance(seeker: Seeker, mentor: Mentor) -> bool:
    return IN_PERSON not in (seeker.where, mentor.where)


def _in_person(seeker: Seeker, mentor: Mentor) -> bool:
    return AT_A_DISTANCE not in (seeker.where, mentor.where) and bool(seeker.town) and seeker.town == mentor.town


def steps_between(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    """How many teams one walks up and down the tree from one to the other."""
    shared = 0
    for here, there in zip(one, other, strict=False):
        if here != there:
            break
        shared += 1
    return len(one) + len(other) - 2 * shared


def reasons(seeker: Seeker, mentor: Mentor) -> list[Reason]:
    """Exactly three reasons for two people who may meet, each naming both sides; [] for those who may not."""
    if not may_meet(seeker, mentor):
        return []
    found = {
        LEARN: tuple(sorted(seeker.learn & mentor.offers)),
        PATH: tuple(sorted(seeker.path & mentor.path)),
        NEAR: (mentor.town,) if _in_person(seeker, mentor) else (),
        WHEN: tuple(sorted(seeker.when & mentor.when)),
        TONGUE: tuple(sorted(seeker.tongues & mentor.tongues)),
        LINE: (steps_between(seeker.team, mentor.team),),
        REMOTE: (True,) if _at_a_distance(seeker, mentor) else (),
    }
    order = ORDER if found[LINE][0] else sorted(ORDER, key=lambda kind: kind == LINE)  # of one team: said only for want of another
    return [Reason(kind, found[kind]) for kind in order if found[kind]][:REASONS]


def _cost(seeker: Seeker, mentor: Mentor) -> float:
    """How little speaks for two people, for one run of the solver only. Weights: what is to be learnt before all, then the same
    path, then what makes meeting easy, then distance from the line, then who has more room."""
    if not may_meet(seeker, mentor):
        return NEVER
    speaks = 4.0 * min(len(seeker.learn & mentor.offers), 3) + 3.0 * bool(seeker.path & mentor.path)
    speaks += 1.0 * _in_person(seeker, mentor) + 1.0 * bool(seeker.when & mentor.when)
    speaks += 0.5 * min(steps_between(seeker.team, mentor.team), 4) + 0.2 * min(mentor.places, 3)
    return 20.0 - speaks


def solved(costs: list[list[float]]) -> list[tuple[int, int]]:
    """Rows and columns put together at the least cost in all. SciPy is read here and nowhere else: in the worker."""
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(costs)
    return list(zip(rows.tolist(), columns.tolist(), strict=True))


def propose(seekers: Iterable[Seeker], mentors: Iterable[Mentor], *, names: int = NAMES, solve: Callable = solved) -> dict[int, list[int]]:
    """Up to `names` mentors for each seeker (key → keys, in no order of merit), chosen over the whole pool.

    It goes round `names` times; in each round a mentor is named at most as often as they have places, so everybody can
    be taken by somebody. The order in which people are given changes nothing.
    """
    waiting = sorted(seekers, key=lambda seeker: seeker.key)
    chairs = [mentor for mentor in sorted(mentors, key=lambda mentor: mentor.key) for _ in range(mentor.places)]
    found: dict[int, list[int]] = {seeker.key: [] for seeker in waiting}
    if not chairs:
        return found
    for _round in range(names):
        costs = [[NEVER if mentor.key in found[seeker.key] else _cost(seeker, mentor) for mentor in chairs] for seeker in waiting]
        for row, column in solve(costs) if costs else ():
            if costs[row][column] < NEVER:
                found[waiting[row].key].append(chairs[column].key)
    return {key: sorted(keys) for key, keys in found.items()}
