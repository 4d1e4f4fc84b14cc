"""The published figures of mobility: counts and a median over a year, from answered applications alone."""

from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from mobility.models import Application
from portal import clock
from portal.people.models import Opening

YEAR = timedelta(days=365)
FEWEST = 5  # below it nothing is said of answers: too few people to stay unknown


@dataclass(frozen=True)
class Figures:
    """Over the last twelve months. `days` (median, calendar days to an answer) and `late` are None below FEWEST answers."""

    moves: int
    answers: int
    days: int | None
    late: int | None
    filled_inside: int
    filled: int


def of_the_year() -> Figures:
    """Three queries. What still waits is not counted: a count could say that somebody applied."""
    since = clock.now() - YEAR
    answered = list(Application.objects.filter(answered_at__gte=since).values_list("sent_at", "answered_at", "due_on", "opening__site__timezone"))
    moved = Application.objects.filter(status=Application.Status.MOVED, answered_at__gte=since).values_list("opening", flat=True)
    inside = list(moved)
    closed = set(Opening.objects.filter(status=Opening.Status.CLOSED, closed_at__gte=since).values_list("pk", flat=True))
    enough = len(answered) >= FEWEST
    return Figures(
        moves=len(inside),
        answers=len(answered),
        days=round(median((to - start).days for start, to, _due, _zone in answered)) if enough else None,
        late=sum(clock.day(to, zone) > due for _start, to, due, zone in answered) if enough else None,
        filled_inside=len(set(inside)),
        filled=len(closed | set(inside)),
    )
