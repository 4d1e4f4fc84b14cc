"""The calendar check: asked over HTTP of a calendar that really answers; whoever says nothing or rubbish cannot tell."""

import time
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from onboarding import asking, presence
from onboarding.models import Result
from portal.plans import probes
from portal.plans.models import Absence
from tests.onboarding import systems

DAY = date(2026, 11, 30)
ALL_DAY = "BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20261101T000000Z\r\nDTSTART;VALUE=DATE:{0}\r\nDTEND;VALUE=DATE:{1}\r\n{2}END:VEVENT\r\n"
TIMED = "BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:20261130T{0}00Z\r\nDTEND:20261130T{1}00Z\r\n{2}END:VEVENT\r\n"
BUSY = "BEGIN:VFREEBUSY\r\nUID:1\r\nDTSTAMP:20261101T000000Z\r\nFREEBUSY;FBTYPE={0}:20261130T080000Z/20261130T160000Z\r\nEND:VFREEBUSY\r\n"
OOF = "X-MICROSOFT-CDO-BUSYSTATUS:OOF\r\n"
AGAIN = "BEGIN:VEVENT\r\nUID:2\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;{0}\r\n{1}\r\n{2}END:VEVENT\r\n"
MONDAYS = "RRULE:FREQ=WEEKLY;BYDAY=MO\r\n"


def days_off(first: str, last: str, *more: str) -> str:
    """A whole-day event that comes back; DAY is a Monday."""
    return AGAIN.format(f"VALUE=DATE:{first}", f"DTEND;VALUE=DATE:{last}", "".join(f"{line}\r\n" for line in more))


def hours_off(zone: str, first: str, last: str, *more: str) -> str:
    """Some hours out of office that come back every Monday since July, by the clock of `zone`."""
    lines = MONDAYS + OOF + "".join(f"{line}\r\n" for line in more)
    return AGAIN.format(f"TZID={zone}:20260706T{first}", f"DTEND;TZID={zone}:20260706T{last}", lines)


MOVED = (
    "BEGIN:VEVENT\r\nUID:2\r\nDTSTAMP:20260101T000000Z\r\nRECURRENCE-ID;VALUE=DATE:{0}\r\nDTSTART;VALUE=DATE:{1}\r\nDTEND;VALUE=DATE:{2}\r\n{3}END:VEVENT\r\n"
)
# Repeated events: each with whether it is there on DAY.
REPEATED = {
    "daily-until-then": (days_off("20261123", "20261124", "RRULE:FREQ=DAILY;UNTIL=20261130"), True),
    "daily-until-the-day-before": (days_off("20261123", "20261124", "RRULE:FREQ=DAILY;UNTIL=20261129"), False),
    "daily-eight-times": (days_off("20261123", "20261124", "RRULE:FREQ=DAILY;COUNT=8"), True),
    "daily-seven-times": (days_off("20261123", "20261124", "RRULE:FREQ=DAILY;COUNT=7"), False),
    "every-third-day": (days_off("20261121", "20261122", "RRULE:FREQ=DAILY;INTERVAL=3"), True),
    "never-on-mondays": (days_off("20240102", "20240103", "RRULE:FREQ=WEEKLY;BYDAY=WE,FR"), False),
    "mondays-and-fridays": (days_off("20240101", "20240102", "RRULE:FREQ=WEEKLY;BYDAY=MO,FR"), True),
    "every-other-monday": (days_off("20261116", "20261117", "RRULE:FREQ=WEEKLY;INTERVAL=2"), True),
    "the-other-mondays": (days_off("20261123", "20261124", "RRULE:FREQ=WEEKLY;INTERVAL=2"), False),
    "last-monday-of-the-month": (days_off("20260126", "20260127", "RRULE:FREQ=MONTHLY;BYDAY=-1MO"), True),
    "sunday-to-monday": (days_off("20261101", "20261103", "RRULE:FREQ=WEEKLY"), True),
    "but-not-that-monday": (days_off("20261102", "20261103", "RRULE:FREQ=WEEKLY", "EXDATE;VALUE=DATE:20261116,20261130"), False),
    "and-that-day-too": (days_off("20261101", "20261102", "RDATE;VALUE=DATE:20261130"), True),
    "free-on-mondays": (days_off("20261102", "20261103", "RRULE:FREQ=WEEKLY", "TRANSP:TRANSPARENT"), False),
    "moved-to-tuesday": (days_off("20261102", "20261103", "RRULE:FREQ=WEEKLY") + MOVED.format("20261130", "20261201", "20261202", ""), False),
    "moved-to-monday": (days_off("20261101", "20261102", "RRULE:FREQ=WEEKLY") + MOVED.format("20261129", "20261130", "20261201", ""), True),
    "once-called-off": (
        days_off("20261102", "20261103", "RRULE:FREQ=WEEKLY") + MOVED.format("20261130", "20261130", "20261201", "STATUS:CANCELLED\r\n"),
        False,
    ),
    # At 12:30 in Paris all year: an hour later by UTC since October, which would make it 11:30 if UTC were repeated.
    "paris-after-noon": (hours_off("Europe/Paris", "123000", "133000"), False),
    # At 3:30 in New York all year: 9:30 in Paris on the day, 8:30 if UTC were repeated.
    "new-york-early": (hours_off("America/New_York", "033000", "040000"), True),
    "london-at-nine": (hours_off("Europe/London", "090000", "100000"), True),
    "london-but-not-then": (hours_off("Europe/London", "090000", "100000", "EXDATE:20261130T090000Z"), False),
    "paris-last-week": (hours_off("Europe/Paris", "090000", "100000").replace("BYDAY=MO", "BYDAY=MO;UNTIL=20261123T080000Z"), False),
    "paris-until-then": (hours_off("Europe/Paris", "090000", "100000").replace("BYDAY=MO", "BYDAY=MO;UNTIL=20261130T080000Z"), True),
}
BOOKS = {
    "free": "",
    "away": ALL_DAY.format("20261128", "20261202", ""),
    "back-that-day": ALL_DAY.format("20261128", "20261130", ""),
    "birthday": ALL_DAY.format("20261130", "20261201", "TRANSP:TRANSPARENT\r\n"),
    "called-off": ALL_DAY.format("20261130", "20261201", "STATUS:CANCELLED\r\n"),
    "meeting": TIMED.format("0900", "1000", ""),
    "out-in-the-morning": TIMED.format("0700", "1100", OOF),
    "out-in-the-evening": TIMED.format("1700", "1900", OOF),
    "unavailable": BUSY.format("BUSY-UNAVAILABLE"),
    "busy": BUSY.format("BUSY"),
    **{name: book for name, (book, _there) in REPEATED.items()},
}
AWAY = {"away", "out-in-the-morning", "unavailable", *(name for name, (_book, there) in REPEATED.items() if there)}
# Calendars that are read and still say nothing one could rely on.
UNTOLD = {
    "every-second": days_off("20261101", "20261102", "RRULE:FREQ=SECONDLY"),
    "since-the-middle-ages": days_off("12000101", "12000102", "RRULE:FREQ=DAILY"),
    "a-hundred-times-all-days": days_off("19800101", "19800102", "RRULE:FREQ=DAILY", "TRANSP:TRANSPARENT") * 100,
    "too-long": days_off("20261101", "20261102") * 3000,
    "no-rule": days_off("20261101", "20261102", "RRULE:FREQ=WEEKLY;BYDAY=XX"),
}


class Calendars(BaseHTTPRequestHandler):
    """One calendar a name; others do not exist."""

    def do_GET(self):
        name = self.path.strip("/").partition("@")[0]
        body = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//\r\n{BOOKS.get(name) or UNTOLD.get(name, '')}END:VCALENDAR\r\n".encode()
        self.send_response(200 if name in BOOKS or name in UNTOLD else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


@pytest.fixture(scope="module")
def calendars():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Calendars)
    Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/{{address}}"
    server.shutdown()


@pytest.mark.parametrize("name", sorted(BOOKS))
def test_a_calendar_says_who_is_away_on_the_morning(calendars, name):
    answer = presence.calendars(calendars, [("Ben", "free@x.example"), ("Maya", f"{name}@x.example")], DAY, "Europe/Paris")
    assert answer.state == ("not_ready" if name in AWAY else "ready")
    assert (answer.words.get("name") == "Maya") is (name in AWAY)


@pytest.mark.parametrize("name", sorted(UNTOLD))
def test_a_calendar_that_is_not_counted_through_cannot_tell(calendars, name):
    begun = time.monotonic()
    answer = presence.calendar(calendars, "Maya", f"{name}@x.example", DAY, "Europe/Paris")
    assert (answer.state, time.monotonic() - begun < probes.PATIENCE) == ("cannot_tell", True)


def test_the_first_day_of_another_site_is_read_by_its_own_clock(calendars):
    """Nine to ten in London: ten to eleven in Paris, and long over by the morning of Los Angeles."""
    for zone, state in (("Europe/London", "not_ready"), ("Europe/Paris", "not_ready"), ("America/Los_Angeles", "ready")):
        assert presence.calendar(calendars, "Maya", "london-at-nine@x.example", DAY, zone).state == state


@pytest.mark.parametrize("manner", ["mute", "rubbish", "drip"])
def test_silence_and_rubbish_cannot_tell(manner, monkeypatch):
    monkeypatch.setattr(probes, "TIME_LIMIT", 0.4)
    bad = systems.Bad(manner)
    try:
        ask = [lambda: presence.calendar(f"http://127.0.0.1:{bad.port}/{{address}}", "Ben", "b@x.example", DAY, "Europe/Paris")]
        monkeypatch.setattr(probes, "PATIENCE", 1.2)
        assert probes.together(ask)[0].state == "cannot_tell"
    finally:
        bad.close()


def test_a_calendar_nobody_has_cannot_tell(calendars):
    assert presence.calendar(calendars, "Zoé", "nobody@x.example", DAY, "Europe/Paris").state == "cannot_tell"


def test_one_silent_calendar_does_not_hide_that_another_says_away(calendars):
    answer = presence.calendars(calendars, [("Zoé", "nobody@x.example"), ("Maya", "away@x.example")], DAY, "Europe/Paris")
    assert answer.state == "not_ready"


def test_the_check_goes_all_the_way(arrival, cast, calendars, settings):
    settings.PROBE_CALENDAR = calendars
    for person, name in ((cast.maya, "free"), (cast.ben, "free")):
        person.work_email = f"{name}@x.example"
        person.save()
    asking.run()
    assert Result.objects.get(code="onboarding.calendar").state == "cannot_tell"  # asked, not answered yet
    asking.ask_system("onboarding.calendar")
    assert Result.objects.get(code="onboarding.calendar").state == "ready"


def test_an_absence_said_here_counts_without_any_calendar(arrival, cast):
    day = arrival.plan.first_day
    Absence.objects.create(person=cast.maya, starts_on=day - timedelta(days=1), ends_on=day)
    asking.run()
    assert arrival.results.get(code="onboarding.manager").state == "not_ready"
    assert arrival.results.get(code="onboarding.buddy").state == "ready"
