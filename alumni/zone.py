"""What the pages of the alumni zone show: consents in words, the sentence of the day, cards of those who agreed."""

from allauth.account.models import EmailAddress
from django.db.models import Prefetch
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alumni import consenting
from alumni.models import AlumniCard, Consent, Offer
from alumni.pool import places_left
from portal.dates import date_format
from portal.people.models import Assignment, Person

Scope = Consent.Scope


def day(moment) -> str:
    return date_format(moment, "j F Y")


def scopes(person: Person) -> list[dict]:
    """The three purposes, each with its text, the consent that holds, and the words for a screen reader."""
    held = consenting.held_by(person)
    return [
        {"scope": scope, "label": Scope(scope).label, "text": consenting.words_of(scope), "consent": held.get(scope), "short": _short(scope, person, held)}
        for scope in Scope.values
    ]


def _short(scope: str, person: Person, held: dict) -> str:
    """In the aside of the home: who sees what, in a line."""
    if scope == Scope.REACHABLE:
        return _("Colleagues and alumni see your name, your former role and what you open of your card.")
    if scope == Scope.AMBASSADOR:
        return _("Testimonies, fairs, contest juries. You are asked each time.")
    if scope not in held:
        return _("Newcomers find you among the mentors.")
    offer = Offer.objects.filter(person=person).first()
    if offer is None:
        return _("Say what you offer, and newcomers find you.")
    left = places_left([offer])[person.pk]
    return ngettext("%(n)s place left of %(all)s.", "%(n)s places left of %(all)s.", left) % {"n": left, "all": offer.capacity}


def own_addresses(user) -> list[str]:
    """The proven addresses that stay after the last day: those that are not the company's own."""
    work = getattr(getattr(user, "person", None), "work_email", "")
    return [email for email in EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True) if email.lower() != work.lower()]


def sentence(person: Person, requests: list) -> SafeString:
    """Hello Omar. Nia would like you as a mentor, and so would Baptiste."""
    hello = _("Hello %(name)s.") % {"name": person.first_name}
    if not requests:
        return format_html('{} <span class="soft">{}</span>', hello, _("Nothing waits for you."))
    first = _("%(name)s would like you as a mentor") % {"name": requests[0].seeker.first_name}
    if len(requests) == 1:
        return format_html("{} <em>{}.</em>", hello, first)
    if len(requests) == 2:
        return format_html('{} <em>{},</em> <span class="soft">{}</span>', hello, first, _("and so would %(name)s.") % {"name": requests[1].seeker.first_name})
    more = ngettext("and so would %(n)s other person.", "and so would %(n)s other people.", len(requests) - 1) % {"n": len(requests) - 1}
    return format_html('{} <em>{},</em> <span class="soft">{}</span>', hello, first, more)


# --- cards --------------------------------------------------------------------------------------------
LABELS = {"now": "briefcase-business", "town": "map-pin", "topics": "message-circle", "address": "mail", "link": "external-link"}


def cards(queryset):
    """Cards with their people and the seats that say the former role, in three queries."""
    seats = Assignment.objects.select_related("team", "site").order_by("-ended_on", "-main")
    return queryset.select_related("person__employee", "person__user").prefetch_related(
        Prefetch("person__employee__assignments", queryset=seats, to_attr="all_seats")
    )


def dressed(card: AlumniCard, *, colleague: bool, alumnus: bool, own: bool = False) -> dict:
    """One card as its reader may read it."""
    person = card.person
    seats = getattr(person.employee, "all_seats", [])
    last = seats[0] if seats else None
    years = {seat.started_on.year for seat in seats} | {seat.ended_on.year for seat in seats if seat.ended_on}
    return {
        "card": card,
        "person": person,
        "role": last.title if last else "",
        "team": last.team.name if last else "",
        "years": f"{min(years)}–{max(years)}" if len(years) > 1 else str(*years),
        "shown": card.shown(colleague=colleague, alumnus=alumnus, own=own),
    }
