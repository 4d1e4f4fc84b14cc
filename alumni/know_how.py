"""What would be lost when somebody leaves: topics nobody takes over, and skills that few others of the team have."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from alumni.models import Departure, Topic
from portal import clock
from portal.people import visibility
from portal.people.models import Assignment, Person, PersonSkill
from portal.people.models.employment import current

ALONE = PersonSkill.Level.SKILLED  # "works with it alone": from here on somebody can hand it over, or take it
MOST = 6


@dataclass(frozen=True)
class Rare:
    """A skill of who leaves that one other in the team has, or nobody: `other` is that one, as far as the reader may know."""

    holding: PersonSkill
    other: Person | None

    @property
    def skill(self):
        return self.holding.tag


def rare(departure: Departure, reader: visibility.Reader) -> list[Rare]:
    """The skills this reader may know of that the rest of the team barely has, those nobody else has first; three queries."""
    holdings = list(PersonSkill.objects.filter(content_object=departure.person, level__gte=ALONE).select_related("tag"))
    holdings = [each for each in holdings if visibility.readable_skill(each, departure.person, reader)]
    if not holdings:
        return []
    teams = list(Assignment.objects.filter(employee=departure.employee, ended_on__gte=departure.last_day).values_list("team", flat=True))
    mates = Assignment.objects.filter(current(), team__in=teams).exclude(employee=departure.employee).values("employee__person")
    others: dict[int, list[PersonSkill]] = {}
    rows = PersonSkill.objects.filter(tag__in=[each.tag_id for each in holdings], content_object__in=mates, level__gte=ALONE)
    for row in rows.select_related("content_object"):
        others.setdefault(row.tag_id, []).append(row)
    found = []
    for holding in holdings:
        known = others.get(holding.tag_id, [])
        if len(known) > 1:
            continue
        other = known[0].content_object if known and visibility.readable_skill(known[0], known[0].content_object, reader) else None
        if known and other is None:
            continue  # somebody has it, and keeps it to themself: nothing is said
        found.append(Rare(holding, other))
    found.sort(key=lambda each: (each.other is not None, -each.holding.level, each.skill.name))
    return found


def suggestions(departure: Departure, topics: list[Topic], reader) -> list[Rare]:
    """Rare skills that no topic speaks of yet."""
    named = {topic.skill_id for topic in topics}
    return [each for each in rare(departure, reader) if each.skill.pk not in named][:MOST]


def topics_of(departure: Departure):
    """The topics that count, those with nobody first."""
    shown = departure.topics.exclude(status=Topic.Status.DROPPED).select_related("taker", "skill")
    order = {Topic.Status.FREE: 0, Topic.Status.TAKEN: 1, Topic.Status.HANDED: 2}
    return sorted(shown, key=lambda topic: (order[topic.status], topic.pk))


def sessions_to_come(user):
    """What `user` takes over from others, as far as it is still running."""
    return Topic.objects.filter(Q(status__in=[Topic.Status.FREE, Topic.Status.TAKEN]), taker__user=user, departure__status__in=Departure.OPEN)


def calendar_of(topic: Topic) -> bytes:
    """The session as an .ics file; its address never changes, so that an import twice is an import once."""
    book = Calendar()
    book.add("prodid", f"-//{settings.ORGANISATION}//hand-over//")
    book.add("version", "2.0")
    event = Event()
    event.add("uid", f"topic-{topic.pk}@{settings.SITE_URL.split('//')[-1].split(':')[0]}")
    event.add("dtstamp", clock.now())
    event.add("dtstart", topic.session_at)
    event.add("dtend", topic.ends_at)
    event.add("summary", _("Hand-over: %(topic)s") % {"topic": topic.title})
    event.add("location", topic.place)
    book.add_component(event)
    return book.to_ical()
