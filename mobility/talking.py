"""Half an hour with somebody who does the job, or did it: who accepts questions, when they work, and the file for both calendars."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vText

from portal import clock
from portal.dates import date_format
from portal.people import cards
from portal.people.models import Assignment, JobDescription, Opening, Person, Site
from portal.people.models.employment import current
from portal.people.visibility import Reader, readable_q
from portal.plans.planning import WorkingDays

HALF_AN_HOUR = timedelta(minutes=30)
FIRST, LAST = time(9), time(18)  # when one may be asked for half an hour, by the clock of one's own site
TALKERS = 2  # of those who do it, and as many of those who did


@dataclass(frozen=True)
class Talker:
    """Somebody to ask: their seat of today, and what they have to do with the job."""

    person: Person
    seat: Assignment
    words: str

    @property
    def site(self) -> Site:
        return self.seat.site


def talkers(opening: Opening, reader: Reader, *, slug: str = "") -> list[Talker]:
    """Who does the job of `opening` and accepts questions, then who did, as far as they show it to `reader`; or the one at `slug`.

    Those of its team first, then those of its site.
    Three questions: those who hold it, those who did, and their seats.
    """
    job = opening.job
    asked = Assignment.objects.filter(job=job)
    now = asked.filter(current()).values("employee__person")
    before = asked.filter(ended_on__lt=clock.today()).values("employee__person")
    here = Assignment.objects.filter(current()).values("employee__person")
    of_them = Assignment.objects.filter(current(), employee__person=OuterRef("pk"))
    shown = readable_q("path", reader)
    people = Person.objects.filter(readable_q("can_help", reader), can_help=True, pk__in=here).exclude(pk=reader.person_id)
    people = people.filter(slug=slug) if slug else people
    people = people.annotate(mate=Exists(of_them.filter(team=opening.team_id)), near=Exists(of_them.filter(site=opening.site_id)))
    people = people.order_by("-mate", "-near", "family_name", "given_name", "pk")
    doing = list(people.filter(pk__in=now)[:TALKERS])
    did = list(people.filter(shown, pk__in=before).exclude(pk__in=now)[:TALKERS])
    found = cards.dressed([*doing, *did], reader)
    seats: dict[int, list[Assignment]] = {}
    held = Assignment.objects.filter(employee__person__in=found).select_related("employee", "site")
    for seat in held.order_by("-main", "-started_on", "pk") if found else ():
        seats.setdefault(seat.employee.person_id, []).append(seat)
    return [_talker(person, job, seats[person.pk], person in doing) for person in found]


def _talker(person: Person, job: JobDescription, seats: list[Assignment], doing: bool) -> Talker:
    held = next(seat for seat in seats if seat.started_on <= (today := clock.today(seat.site.timezone)) and (seat.ended_on is None or seat.ended_on >= today))
    if doing:
        return Talker(person, held, _("Does this job, accepts questions"))
    until = max(seat.ended_on for seat in seats if seat.job_id == job.pk and seat.ended_on)
    return Talker(person, held, _("Did this job until %(month)s, accepts questions") % {"month": date_format(until, "F Y")})


# --- when ---------------------------------------------------------------------------------------------
def next_day(site: Site) -> date:
    """The next day on which people work at `site`."""
    return WorkingDays(site.country).shift(clock.today(site.timezone), 1)


def refused(site: Site, day: date, hour: time) -> str:
    """Why half an hour may not be asked for then, in words; "" when it may."""
    starts_at = moment(site, day, hour)
    if starts_at <= clock.now():
        return _("This time is over: choose one to come.")
    if not WorkingDays(site.country).works(day):
        return _("Nobody works in %(site)s on that day: choose another.") % {"site": site.name}
    if hour < FIRST or (starts_at + HALF_AN_HOUR).time() > LAST or hour > LAST:
        words = {"first": date_format(FIRST, "TIME_FORMAT"), "last": date_format(LAST, "TIME_FORMAT"), "site": site.name}
        return _("Choose half an hour between %(first)s and %(last)s, by the clock of %(site)s.") % words
    return ""


def moment(site: Site, day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, ZoneInfo(site.timezone))


# --- the file -----------------------------------------------------------------------------------------
def file_for(me: Person, my_address: str, talker: Talker, job: JobDescription, starts_at: datetime) -> bytes:
    """The invitation, in the reader's language, to be sent by the reader: it names the job and never the seat they look at.

    Nothing is kept: the address of the event comes from the two and the job, and its number of changes from the clock, so that
    a second file for another hour moves the first one.
    """
    book = Calendar()
    book.add("prodid", f"-//{settings.ORGANISATION}//talks//")
    book.add("version", "2.0")
    book.add("method", "REQUEST")
    event = Event()
    key = salted_hmac("mobility.talking", f"{me.pk}:{talker.person.pk}:{job.pk}").hexdigest()
    event.add("uid", f"talk-{key}@{settings.SITE_URL.split('//')[-1].split(':')[0]}")
    event.add("sequence", int(clock.now().timestamp()) // 60)
    event.add("dtstamp", clock.now())
    event.add("dtstart", starts_at.astimezone(ZoneInfo("UTC")))
    event.add("dtend", (starts_at + HALF_AN_HOUR).astimezone(ZoneInfo("UTC")))
    names = {"job": job.title, "one": me.display_name, "other": talker.person.display_name}
    event.add("summary", _("Half an hour about the job of %(job)s: %(one)s and %(other)s") % names)
    event.add("status", "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("organizer", _address(me.display_name, my_address))
    event.add("attendee", _address(me.display_name, my_address, "ACCEPTED"))
    event.add("attendee", _address(talker.person.display_name, talker.person.work_email, "NEEDS-ACTION"))
    book.add_component(event)
    return book.to_ical()


def _address(name: str, address: str, answer: str = "") -> vCalAddress:
    found = vCalAddress(f"mailto:{address}")
    found.params["CN"] = vText(name)
    if answer:
        found.params["PARTSTAT"] = vText(answer)
        found.params["RSVP"] = vText("TRUE" if answer == "NEEDS-ACTION" else "FALSE")
    return found
