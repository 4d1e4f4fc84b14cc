"""The calendar check: asked over HTTP of a calendar that really answers; whoever says nothing or rubbish cannot tell."""

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
}
AWAY = {"away", "out-in-the-morning", "unavailable"}


class Calendars(BaseHTTPRequestHandler):
    """One calendar a name; others do not exist."""

    def do_GET(self):
        name = self.path.strip("/").partition("@")[0]
        body = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//\r\n{BOOKS.get(name, '')}END:VCALENDAR\r\n".encode()
        self.send_response(200 if name in BOOKS else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


@pytest.fixture(scope="module")
def calendars():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Calendars)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/{{address}}"
    server.shutdown()


@pytest.mark.parametrize("name", sorted(BOOKS))
def test_a_calendar_says_who_is_away_on_the_morning(calendars, name):
    answer = presence.calendars(calendars, [("Ben", "free@x.example"), ("Maya", f"{name}@x.example")], DAY, "Europe/Paris")
    assert answer.state == ("not_ready" if name in AWAY else "ready")
    assert (answer.words.get("name") == "Maya") is (name in AWAY)


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
