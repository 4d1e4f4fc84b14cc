"""When the events of a calendar happen: on their own day and, for repeated ones, each time they come back (RFC 5545)."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

# Nobody is away once an hour: such a rule, or one that began before anybody here worked, is not counted through.
FREQUENCIES = {"YEARLY", "MONTHLY", "WEEKLY", "DAILY"}
EARLIEST = 1970
MOST = 20_000  # times one calendar may come back before it is called no calendar
DAY = timedelta(days=1)


class TooMuch(ValueError):
    """This calendar repeats itself in a way that is not counted through: nobody can tell from it."""


def occurrences(book, day: date, zone: ZoneInfo) -> Iterator[tuple]:
    """(event, begins, ends) of what this calendar holds around `day`; times without a zone are read by the clock of `zone`."""
    replaced, left = set(), [MOST]
    events = list(book.walk("VEVENT"))
    for event in events:
        if "RECURRENCE-ID" in event:
            if "RANGE" in event["RECURRENCE-ID"].params:
                raise TooMuch("A change of all that follows.")
            replaced.add((str(event.get("UID")), _key(event.RECURRENCE_ID, zone)))
    for event in events:
        if str(event.get("STATUS", "")).upper() == "CANCELLED":
            continue
        begins, ends = event.start, event.end
        if "RECURRENCE-ID" in event or not (event.rrules or event.rdates):
            yield event, begins, ends
            continue
        for start, end in _repeated(event, begins, ends, day, zone, left):
            if (str(event.get("UID")), _key(start, zone)) not in replaced:
                yield event, start, end


def _repeated(event, begins, ends, day: date, zone: ZoneInfo, left: list[int]) -> list[tuple]:
    """The times one event happens up to the day after `day`. It comes back by the clock of its own zone: at eight in summer and in winter."""
    first, length = _plain(begins, begins, zone), _plain(ends, begins, zone) - _plain(begins, begins, zone)
    last = datetime.combine(day + 2 * DAY, time.min)
    found = {first: length}
    for rule in event.rrules:
        for at in _by_rule(rule, first, begins, last, zone, left):
            found[at] = length
    for start, end in event.rdates:
        at = _plain(start, begins, zone)
        found[at] = _plain(end, begins, zone) - at if end is not None else length
    for each in event.exdates:
        found.pop(_plain(each, begins, zone), None)
    return [(_like(at, begins), _like(at + span, begins)) for at, span in found.items() if at < last]


def _by_rule(rule, first: datetime, begins, last: datetime, zone: ZoneInfo, left: list[int]) -> Iterator[datetime]:
    """What one rule says, from the first time on; never beyond `last`, so that a rule without an end has one."""
    frequency, count, until = (rule.get(name, [None])[0] for name in ("FREQ", "COUNT", "UNTIL"))
    if frequency not in FREQUENCIES or first.year < EARLIEST:
        raise TooMuch(f"{frequency} since {first.year}")
    if until is not None:
        end = _plain(until, begins, zone)
        if not isinstance(until, datetime) and isinstance(begins, datetime):
            end = datetime.combine(until, time.max)  # "until the 4th" means to its end
        last = min(last, end)
    parts = [part for part in rule.to_ical().decode().split(";") if not part.startswith(("COUNT=", "UNTIL="))]
    for at in islice(rrulestr(";".join([*parts, f"UNTIL={last:%Y%m%dT%H%M%S}"]), dtstart=first), count):
        left[0] -= 1
        if left[0] < 0:
            raise TooMuch("Too many.")
        yield at


def _plain(moment, begins, zone: ZoneInfo) -> datetime:
    """`moment` on the clock by which the event that `begins` then is repeated, without its zone; midnight for a day."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, begins.timetz().replace(tzinfo=None) if isinstance(begins, datetime) else time.min)
    if not isinstance(begins, datetime):  # a whole day: what an instant says of it is its day on the site's clock
        return datetime.combine((moment.astimezone(zone) if moment.tzinfo else moment).date(), time.min)
    return (moment.astimezone(begins.tzinfo or zone) if moment.tzinfo else moment).replace(tzinfo=None)


def _like(plain: datetime, begins):
    """A plain time as the event says its own: a day for a day, in the zone of its beginning for an hour."""
    return plain.replace(tzinfo=begins.tzinfo) if isinstance(begins, datetime) else plain.date()


def _key(moment, zone: ZoneInfo):
    """What two ways of writing one moment have in common."""
    if not isinstance(moment, datetime):
        return moment
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).timestamp()
