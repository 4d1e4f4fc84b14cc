"""Asking a calendar whether somebody is away on a day: a whole day blocked, or marked out of office."""

import http.client
import urllib.error
from datetime import date, datetime, time
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_noop
from icalendar import Calendar

from onboarding import recurring
from portal.plans import probes
from portal.readiness import CANNOT_TELL, NOT_READY, READY, Answer

MORNING = (time(9), time(12))  # by the site's clock: whoever is out of office then does not welcome anybody
MOST_BYTES = 256 * 1024  # years of somebody's meetings


def calendars(template: str, people: list[tuple[str, str]], day: date, zone: str, *, token: str = "") -> Answer:
    """Whether none of `people` (name, address) is away on `day`; `template` is an address with {address} in it."""
    cannot = None
    for name, address in people:
        answer = calendar(template, name, address, day, zone, token=token)
        if answer.state == NOT_READY:
            return answer
        cannot = cannot or (answer if answer.state == CANNOT_TELL else None)
    return cannot or Answer(READY, gettext_noop("Nobody is marked away."))


def calendar(template: str, name: str, address: str, day: date, zone: str, *, token: str = "") -> Answer:
    """Whether this calendar says that `name` is away."""
    system = urlsplit(template).hostname or template
    try:
        request = probes._ask(template.replace("{address}", quote(address, safe="@.")), "text/calendar", token)
        with probes._opener().open(request, timeout=probes.TIME_LIMIT) as response:
            text = response.read(MOST_BYTES + 1)
        if len(text) > MOST_BYTES:  # half a calendar would say of the other half that nobody is away
            return probes.strange(system, "too long")
        book = Calendar.from_ical(text)
        away = is_away(book, day, ZoneInfo(zone))
    except urllib.error.HTTPError as error:
        return probes.strange(system, error.code)
    except http.client.HTTPException:
        return probes.strange(system, "no HTTP")
    except OSError:
        return probes.silent(system)
    except (ValueError, KeyError, AttributeError, TypeError, IndexError):
        return probes.strange(system, "no calendar")
    if away:
        return Answer(NOT_READY, gettext_noop("The calendar says that %(name)s is away."), {"name": name})
    return Answer(READY, gettext_noop("Nobody is marked away."))


def is_away(book, day: date, zone: ZoneInfo) -> bool:
    """Whether this calendar blocks the whole day or marks its morning out of office, by an event of that day or one that comes back on it."""
    if book.name != "VCALENDAR":
        raise ValueError("Not a calendar.")
    start, end = (datetime.combine(day, hour, zone) for hour in MORNING)
    for event, begins, ends in recurring.occurrences(book, day):
        if not isinstance(begins, datetime):
            if begins <= day < ends and str(event.get("TRANSP", "OPAQUE")).upper() != "TRANSPARENT":
                return True
        elif str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper() == "OOF" and _at(begins, zone) < end and _at(ends, zone) > start:
            return True
    return any(_at(a, zone) < end and _at(b, zone) > start for a, b in _out_of_office(book))


def _out_of_office(book):
    """The stretches a free-busy answer marks as unavailable."""
    for answer in book.walk("VFREEBUSY"):
        periods = answer.get("FREEBUSY", [])
        for each in periods if isinstance(periods, list) else [periods]:
            if str(each.params.get("FBTYPE", "BUSY")).upper() == "BUSY-UNAVAILABLE":
                yield each.start, each.end


def _at(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)
