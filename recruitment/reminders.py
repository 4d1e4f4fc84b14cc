"""A reminder before a job closes, as an iCalendar file: the reader's own calendar keeps it, and we learn nothing."""

from datetime import timedelta

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from portal import clock
from portal.people.models import Opening
from recruitment import markup

BEFORE = timedelta(days=3)


def before_closing(opening: Opening, title: str) -> bytes:
    """A whole-day entry on the last day to apply, which rings three days before."""
    book = Calendar()
    book.add("prodid", f"-//{settings.ORGANISATION}//jobs//")
    book.add("version", "2.0")
    entry = Event()
    entry.add("uid", f"job-{opening.pk}-{get_language()}@{settings.SITE_URL.split('//')[-1].split(':')[0]}")
    entry.add("dtstamp", clock.now())
    entry.add("dtstart", opening.closes_on)
    entry.add("dtend", opening.closes_on + timedelta(days=1))
    entry.add("transp", "TRANSPARENT")
    words = _("Last day to apply: %(title)s") % {"title": title}
    entry.add("summary", words)
    entry.add("url", markup.absolute("recruitment:job", opening.slug))
    bell = Alarm()
    bell.add("action", "DISPLAY")
    bell.add("description", words)
    bell.add("trigger", -BEFORE)
    entry.add_component(bell)
    book.add_component(entry)
    return book.to_ical()
