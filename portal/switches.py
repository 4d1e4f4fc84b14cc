"""Which parts are on: promise checks, recognition, votes and matching wait for a recorded consultation."""

from django.utils.translation import gettext_lazy as _

from portal import audit, clock
from portal.models import Switch

PROMISES = "promises"
RECOGNITION = "recognition"
VOTES = "votes"
MATCHING = "matching"
# ruff: noqa: E501 - these sentences are read whole
# What each part is, as those who are consulted read it.
PARTS = {
    PROMISES: (
        _("Promise checks"),
        _(
            "New colleagues say, without their name, whether what the advert promised is what they live. A result is shown only when at least five people answered."
        ),
    ),
    RECOGNITION: (
        _("Recognition"),
        _(
            "Colleagues keep proofs of what they did and thanks they received. Each decides who sees them; nobody is ranked, and no decision on a career may read them."
        ),
    ),
    VOTES: (
        _("Collegial votes"),
        _(
            "A panel gives reasons for and against on criteria fixed before. Ballots are sealed until the panel closes; a named person decides and answers for it in writing."
        ),
    ),
    MATCHING: (
        _("Matching"),
        _("The portal shows which skills a person named and which an opening asks for, as facts. It gives no score, sorts nobody and decides nothing."),
    ),
}
NAMES = tuple(PARTS)


def is_on(name: str) -> bool:
    """Whether the part `name` is on; off until somebody recorded why it may be."""
    return Switch.objects.filter(name=name, on=True).exists()


def turn(name: str, on: bool, *, by, consulted_on=None, informed_on=None) -> Switch:
    """Turn a part on or off, and log it. Turning on needs a date: works council consulted, or employees informed.

    Raises ValueError without one, or for a part that does not exist. Turning off keeps the dates that were recorded.
    """
    if name not in PARTS:
        raise ValueError(f"No such part: {name}")
    if on and not (consulted_on or informed_on):
        raise ValueError("Give the date the works council was consulted or the employees informed.")
    dates = {"consulted_on": consulted_on, "informed_on": informed_on} if on else {}
    switch, _new = Switch.objects.update_or_create(name=name, defaults={"on": on, "by": by, "at": clock.now(), **dates})
    audit.record("switch.on" if on else "switch.off", by=by, on=f"switch:{name}")
    return switch
