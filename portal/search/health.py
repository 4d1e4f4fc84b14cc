"""How the index is, for the health page."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from portal import clock
from portal import health as house
from portal.search import backends, outbox
from portal.search.models import Change

LATE = 60.0  # seconds a change may wait before the index counts as late


@dataclass(frozen=True)
class State:
    """`oldest` is how many seconds the oldest change has waited."""

    ok: bool
    missing: bool
    building: bool
    waiting: int
    oldest: float
    words: str


def state() -> State:
    """The index now: three small queries at most."""
    missing = not backends.current().is_ready()
    build = outbox.build_under_way()
    waiting = Change.objects.filter(copied=False)
    first = waiting.order_by("pk").values_list("at", flat=True).first()
    oldest = (clock.machine_now() - first).total_seconds() if first else 0.0
    count = waiting.count() if first else 0
    if build is not None:
        words = _("Being rebuilt: %(done)s of %(total)s.") % {"done": build.done, "total": build.total}
    elif missing:
        words = _("Missing, damaged or of an older version: names are searched in the database meanwhile.")
    elif oldest > LATE:
        words = _("Late. Changes waiting: %(count)s, the oldest for %(seconds)s s.") % {"count": count, "seconds": int(oldest)}
    else:
        words = _("Answers. Changes waiting: %(count)s.") % {"count": count}
    return State(not missing and oldest <= LATE, missing, build is not None, count, oldest, words)


@house.part("search", gettext_noop("Search index"))
def _part():
    now = state()
    return now.ok, now.words
