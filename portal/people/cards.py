"""People as cards and rows: only what the reader may read of each, for a constant number of queries."""

from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from portal.dates import date_format
from portal.languages import at_place
from portal.people import path
from portal.people.models import Assignment, Person, PersonSkill
from portal.people.models.skill import fold
from portal.people.visibility import Reader, may_read, phase_of, readable, readable_skill

KNOTS = {path.ARRIVING: "newcomer", path.NEWCOMER: "newcomer", path.LEAVER: "leaver", path.LEFT: "alumni"}
SHOWN_SKILLS = 3
HOLDINGS = Prefetch("holdings", queryset=PersonSkill.objects.select_related("tag"), to_attr="all_holdings")


def with_cards(people):
    """`people` with all that a card needs: their seats and their skills, two queries more."""
    return path.with_path(people).prefetch_related(HOLDINGS)


def by_key(keys, visible) -> dict[int, Person]:
    """Of the people of these keys, those in `visible`, with all that a card needs, in two queries: they come with their seats."""
    people: dict[int, Person] = {}
    if not keys:
        return people
    mine = visible.filter(pk__in=keys).order_by()
    for seat in Assignment.objects.filter(employee__person__in=mine.values("pk")).select_related("employee__person", "team", "site"):
        person = people.setdefault(seat.employee.person_id, seat.employee.person)
        if not hasattr(person, "_seats"):
            person.employee, person._seats = seat.employee, []
            person.employee.all_seats = person._seats
        person._seats.append(seat)
    seatless = [key for key in keys if key not in people]
    if seatless:
        people |= {person.pk: person for person in mine.filter(pk__in=seatless)}
    prefetch_related_objects(list(people.values()), HOLDINGS)
    return people


def card_of(person: Person, reader: Reader, words: str = "", skill_slugs=()) -> dict:
    """The props of components/person_card.html."""
    dress(person, reader)
    fields = readable(person, reader)
    on_path, phase = path.of(person), phase_of(person, reader)
    seat = on_path.main if "title" in fields else None
    ask = person.ask_me_about.strip().partition("\n")[0] if "ask_me_about" in fields else ""
    return {
        "person": person,
        "pronouns": person.pronouns if "pronouns" in fields else "",
        "role": seat.title if seat else "",
        "place": at_place(seat.team.name, seat.site.name) if seat else "",
        "skills": _skills(person, reader, words, skill_slugs),
        "ask": format_html('<span lang="{}">{}</span>', person.language, ask) if ask else "",
        "phase": KNOTS.get(phase, ""),
        "phase_label": phase_words(on_path, phase) if phase in KNOTS else "",
        "foot": _foot(person, fields),
        "write_url": f"mailto:{person.work_email}" if person.work_email and "work_email" in fields and on_path.phase != path.LEFT else "",
    }


def dress(person: Person, reader: Reader) -> Person:
    """Give `person` the address of their photo if this reader may see it; initials otherwise."""
    person.photo_url = reverse("people:person_photo", args=[person.slug]) if person.photo and may_read("photo", person, reader) else ""
    return person


def dressed(people, reader: Reader) -> list[Person]:
    """All of `people`, each with the photo this reader may see."""
    return [dress(person, reader) for person in people]


def phase_words(on_path: path.Path, phase: str) -> str:
    """Where somebody is on their path, in a few words with its date; `phase` is what the reader may know of it."""
    if phase == path.ARRIVING:
        return _("Arrives on %(day)s") % {"day": date_format(on_path.coming[0].started_on, "j F")}
    if phase == path.NEWCOMER:
        return _("New since %(day)s") % {"day": date_format(on_path.held[0].started_on, "j F")}
    if phase == path.LEAVER:
        return _("Leaves on %(day)s") % {"day": date_format(on_path.last_day, "j F")}
    if phase == path.LEFT:
        return _("Left on %(day)s") % {"day": date_format(on_path.last_day, "j F")}
    if on_path.joined_on:
        return _("Colleague since %(year)s") % {"year": on_path.joined_on.year}
    return ""


def _skills(person: Person, reader: Reader, words: str, slugs) -> list[tuple]:
    """Three skills, what was looked for first, then the best known."""
    wanted = [word for word in fold(words).split() if len(word) > 1]

    def looked_for(holding):
        return holding.tag.slug in slugs or any(word in holding.tag.folded for word in wanted)

    shown = [(looked_for(holding), holding) for holding in person.all_holdings if readable_skill(holding, person, reader)]
    shown.sort(key=lambda pair: (not pair[0], -pair[1].level, pair[1].tag.name))
    return [(holding.tag.label, "", matched) for matched, holding in shown[:SHOWN_SKILLS]]


def _foot(person: Person, fields) -> str:
    if "can_mentor" in fields and person.can_mentor:
        return _("Accepts to mentor")
    if "can_help" in fields and person.can_help:
        return _("Accepts questions")
    return ""
