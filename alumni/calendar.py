"""A mentoring session as an iCalendar file: one address for life, each change counted, and no address of the other."""

from email.utils import parseaddr

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress

from alumni.models import Session
from portal import clock
from portal.people.models import Person


def of_session(session: Session, person: Person) -> bytes:
    """The file for `person`, one of the two: the session as it stands, or its cancellation."""
    over = session.status == Session.Status.CANCELLED
    book = Calendar()
    book.add("prodid", f"-//{settings.ORGANISATION}//mentoring//")
    book.add("version", "2.0")
    book.add("method", "CANCEL" if over else "REQUEST")
    event = Event()
    event.add("uid", f"mentoring-{session.pk}@{settings.SITE_URL.split('//')[-1].split(':')[0]}")
    event.add("sequence", session.sequence)
    event.add("dtstamp", clock.now())
    event.add("dtstart", session.starts_at)
    event.add("dtend", session.ends_at)
    other = session.pair.other(person)
    event.add("summary", _("Mentoring with %(name)s") % {"name": other.display_name if other else "—"})
    if session.place:
        event.add("location", session.place)
    event.add("status", "CANCELLED" if over else "CONFIRMED")
    event.add("organizer", vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"))
    if person.user:
        event.add("attendee", vCalAddress(f"mailto:{person.user.email}"))
    book.add_component(event)
    return book.to_ical()
