"""When the events of a calendar happen: on their own day and, for repeated ones, each time they come back (RFC 5545)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import recurring_ical_events

# Counting starts at the first time of an event: nobody is away once an hour, nor since before anybody here worked.
DAYS = {"YEARLY": 365, "MONTHLY": 28, "WEEKLY": 7, "DAILY": 1}
EARLIEST = 1970
MOST = 200_000  # times all events may come back before a calendar is called no calendar
DAY = timedelta(days=1)


class TooMuch(ValueError):
    """This calendar repeats itself in a way that is not counted through: nobody can tell from it."""


def occurrences(book, day: date) -> Iterator[tuple]:
    """(event, begins, ends) of what this calendar holds on `day` and the days around it, in whichever zone."""
    refuse_too_much(book, day)
    for event in recurring_ical_events.of(book).between(day - DAY, day + 2 * DAY):
        if str(event.get("STATUS", "")).upper() != "CANCELLED":
            yield event, event.start, event.end


def refuse_too_much(book, day: date) -> None:
    """Raise TooMuch where counting to `day` would take longer than an answer is waited for."""
    times = 0
    for event in book.walk("VEVENT"):
        begins = event.start.date() if isinstance(event.start, datetime) else event.start
        for rule in event.rrules:
            frequency = rule.get("FREQ", [""])[0]
            if frequency not in DAYS or begins.year < EARLIEST:
                raise TooMuch(f"{frequency} since {begins.year}")
            until = rule.get("UNTIL", [day])[0]
            last = min(until.date() if isinstance(until, datetime) else until, day)
            times += max((last - begins).days, 0) // DAYS[frequency] * (1 + len(rule.get("BYDAY", [])))
    if times > MOST:
        raise TooMuch(f"{times} times")
