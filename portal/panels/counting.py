"""Pure thinking: what sealed ballots say under a rule, and who is drawn to sit. No models, no clock, no order."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from random import Random

HR, MANAGER, TEAM = "hr", "manager", "team"
COLLEGES = (HR, MANAGER, TEAM)

CONSENT, MAJORITY = "consent", "majority"
YES, NO, ABSTAIN = "yes", "no", "abstain"  # with CONSENT: no objection, an objection, and none

GO, NO_GO, MEETING = "go", "no_go", "meeting"


@dataclass(frozen=True)
class Cast:
    """One sealed ballot: its college and its choice (YES, NO, ABSTAIN)."""

    college: str
    choice: str


@dataclass(frozen=True)
class Outcome:
    """What the ballots say: GO, NO_GO or MEETING, and the colleges that kept it from being decided."""

    result: str
    without_quorum: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()
    objections: int = 0


def outcome(rule: str, quorum: dict[str, int], casts: Iterable[Cast]) -> Outcome:
    """Count `casts` under `rule`; `quorum` says how many ballots each college owes at least.

    Consent: go unless somebody objects; an objection opens a meeting, it is no veto. Majority: go when yes exceeds
    no in each college; a tie in a college opens a meeting; else no. A college below its quorum opens a meeting.
    The result depends on what is in the ballots, never on their order (tests/panels/test_counting.py).
    """
    casts = list(casts)
    present = Counter(cast.college for cast in casts)
    missing = tuple(college for college in COLLEGES if present[college] < quorum.get(college, 0))
    votes = Counter((cast.college, cast.choice) for cast in casts)
    objections = sum(count for (_, choice), count in votes.items() if choice == NO)
    if rule == CONSENT:
        result = MEETING if missing or objections else GO
        return Outcome(result, missing, objections=objections)
    lead = {college: votes[college, YES] - votes[college, NO] for college in COLLEGES if present[college]}
    tied = tuple(college for college, ahead in lead.items() if ahead == 0)
    if missing or tied or not lead:
        return Outcome(MEETING, missing, tied)
    return Outcome(GO if all(ahead > 0 for ahead in lead.values()) else NO_GO)


def drawn(volunteers: Collection[int], team: Collection[int], excluded: Collection[int], random: Random) -> list[int]:
    """The keys of those who may sit for the team, in the order of the draw: volunteers first, then the rest of the team.

    Whoever is in `excluded` (applied, referred, sits elsewhere) is never drawn.
    """
    out = set(excluded)
    first = sorted(set(volunteers) & set(team) - out)
    then = sorted(set(team) - set(volunteers) - out)
    random.shuffle(first)
    random.shuffle(then)
    return first + then
