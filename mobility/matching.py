"""Pure thinking: a person's skills against what a job needs, as words and reasons, for the person only; never a score."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

HAVE, GROW, CLOSE, LEARN, TAUGHT = "have", "grow", "close", "learn", "taught"
ORDER = (HAVE, GROW, CLOSE, LEARN, TAUGHT)
FRESH_DAYS = 730  # a skill said or confirmed less than two years ago


@dataclass(frozen=True)
class Need:
    """A skill a job needs: its key, its group ("" for none), the level asked, whether it is learnt in the job."""

    skill: int
    group: str
    level: int
    learnt: bool = False


@dataclass(frozen=True)
class Held:
    """A skill somebody has: its key, group, level, and the day it was last confirmed, if ever."""

    skill: int
    group: str
    level: int
    confirmed_on: date | None = None


@dataclass(frozen=True)
class Reason:
    """What one need finds: `kind` (HAVE, GROW, CLOSE, LEARN, TAUGHT), the skill held for it or near it, and whether it is fresh."""

    kind: str
    need: Need
    held: Held | None = None
    fresh: bool = False


def reasons(needs: Iterable[Need], holdings: Iterable[Held], today: date) -> list[Reason]:
    """Each need with what answers it: the skill itself at its level (HAVE) or below it (GROW), else the best known of
    the same group (CLOSE), else TAUGHT when the job teaches it, else LEARN. Interests, reputation, place: not read."""
    held = {each.skill: each for each in holdings}
    found = []
    for need in needs:
        own = held.get(need.skill)
        if own:
            fresh = own.confirmed_on is not None and (today - own.confirmed_on).days <= FRESH_DAYS
            found.append(Reason(HAVE if own.level >= need.level or need.learnt else GROW, need, own, fresh))
            continue
        near = [each for each in held.values() if need.group and each.group == need.group]
        best = max(near, key=lambda each: (each.level, -each.skill), default=None)
        kind = TAUGHT if need.learnt else CLOSE if best else LEARN
        found.append(Reason(kind, need, best if kind == CLOSE else None))
    return sorted(found, key=lambda reason: ORDER.index(reason.kind))
