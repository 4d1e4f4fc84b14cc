"""Which parts are on: promise checks, recognition, votes and matching wait for a recorded consultation."""

from portal import clock
from portal.models import Switch

PROMISES = "promises"
RECOGNITION = "recognition"
VOTES = "votes"
MATCHING = "matching"
NAMES = (PROMISES, RECOGNITION, VOTES, MATCHING)


def is_on(name: str) -> bool:
    """Whether the part `name` is on; off until somebody recorded why it may be."""
    return Switch.objects.filter(name=name, on=True).exists()


def turn(name: str, on: bool, *, by, consulted_on=None, informed_on=None) -> Switch:
    """Turn a part on or off. Turning on needs a date: works council consulted, or employees informed.

    Raises ValueError without one, or for a part that does not exist.
    """
    if name not in NAMES:
        raise ValueError(f"No such part: {name}")
    if on and not (consulted_on or informed_on):
        raise ValueError("Give the date the works council was consulted or the employees informed.")
    switch, _ = Switch.objects.update_or_create(
        name=name,
        defaults={"on": on, "by": by, "at": clock.now(), "consulted_on": consulted_on, "informed_on": informed_on},
    )
    return switch
