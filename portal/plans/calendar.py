"""Appointments of a plan as an iCalendar file, in the site's own time zone."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Calendar, Event

from portal import clock
from portal.plans.models import Step

LASTS = timedelta(minutes=30)


def of_steps(steps: list[Step]) -> bytes:
    """One event a step; the address of the event never changes, so that an import twice is an import once."""
    book = Calendar()
    book.add("prodid", f"-//{settings.ORGANISATION}//people//")
    book.add("version", "2.0")
    for step in steps:
        start = datetime.combine(step.due_on, step.at, ZoneInfo(step.plan.site.timezone))
        event = Event()
        event.add("uid", f"step-{step.pk}@{settings.SITE_URL.split('//')[-1].split(':')[0]}")
        event.add("dtstamp", clock.now())
        event.add("dtstart", start)
        event.add("dtend", start + LASTS)
        event.add("summary", str(step.text))
        event.add("location", str(step.place))
        book.add_component(event)
    book.add_missing_timezones()
    return book.to_ical()
