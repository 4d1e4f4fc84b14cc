"""How long departures, hand-overs and exit conversations are kept, and what each person is handed of theirs."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from alumni.models import Departure, ExitTalk, Topic
from portal import clock, privacy
from portal.models import TimelineEntry
from portal.people import standing

FILE = timedelta(days=5 * 365 + 2)
YEAR = timedelta(days=365)
STAYED = timedelta(days=90)
ENDED = (Departure.Status.LEFT, Departure.Status.CLOSED)


def forget(departures) -> None:
    """With its plan, its steps and their timeline; hand-overs of units stay in the register until it forgets them."""
    for departure in departures:
        TimelineEntry.objects.filter(content_type__app_label="alumni", content_type__model="departure", object_id=departure.pk).delete()
        departure.plan.delete()  # the departure goes with it


@privacy.keep(
    "departures",
    Departure,
    data=_("Departures, with the proof of what came back"),
    event=_("the last day worked"),
    period=_("five years"),
    action=privacy.ERASE,
    basis=_("legal obligation (staff register) and legitimate interest (proof)"),
    purpose=_("know that everything given came back and that papers were handed over"),
    recipients=_("the People team of the site, the manager, the person"),
    act=forget,
)
def departures_due(moment):
    return Departure.objects.filter(status__in=ENDED, last_day__lt=clock.day(moment) - FILE)


@privacy.keep(
    "departures that were cancelled",
    Departure,
    data=_("Departures that were cancelled"),
    event=_("the last day that was planned"),
    period=_("90 days"),
    action=privacy.ERASE,
    basis=_("legitimate interest"),
    purpose=_("explain what was announced and undone"),
    recipients=_("the People team of the site, the manager, the person"),
    act=forget,
)
def cancelled_due(moment):
    return Departure.objects.filter(status=Departure.Status.CANCELLED, last_day__lt=clock.day(moment) - STAYED)


@privacy.keep(
    "topics handed over",
    Topic,
    data=_("Topics handed over"),
    event=_("the last day of who hands over"),
    period=_("one year"),
    action=privacy.ERASE,
    basis=_("legitimate interest"),
    purpose=_("keep what the team needs to know"),
    recipients=_("the person, who takes over, the manager, the People team of the site"),
)
def topics_due(moment):
    return Topic.objects.filter(departure__last_day__lt=clock.day(moment) - YEAR)


@privacy.keep(
    "exit conversations",
    ExitTalk,
    data=_("Exit conversations"),
    event=_("the last day worked"),
    period=_("one year"),
    action=privacy.ERASE,
    basis=_("legitimate interest"),
    purpose=_("learn from departures"),
    recipients=_("the People team of the site; never the manager"),
)
def talks_due(moment):
    return ExitTalk.objects.filter(departure__last_day__lt=clock.day(moment) - YEAR)


@privacy.eraser
def forget_person(person) -> None:
    forget(Departure.objects.filter(person=person))
    Topic.objects.filter(taker=person).update(taker=None)
    ExitTalk.objects.filter(host=person).update(host=None)


def _person(user):
    return standing.of(user).person


@privacy.exporter("departures", _("My departure"))
def departures(user):
    person = _person(user)
    found = Departure.objects.filter(person=person).select_related("talk__host").prefetch_related("topics") if person else []
    return [
        [
            *privacy.facts(each, "kind", "last_day", "told_to", "told_from", "own_address", "status", "announced_at"),
            privacy.fact("topics", _("topics"), [topic.title for topic in each.topics.all()]),
            *(privacy.facts(each.talk, "at", "held", "notes") if hasattr(each, "talk") else []),
        ]
        for each in found
    ]


@privacy.exporter("topics_taken", _("What I take over from others"))
def topics_taken(user):
    person = _person(user)
    return [privacy.facts(topic, "title", "session_at", "place", "link", "status") for topic in Topic.objects.filter(taker=person)] if person else []
