"""What changes while somebody hands over: topics and who takes them, and the conversation before they leave."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alumni.models import Departure, ExitTalk, Topic
from alumni.transitions.departure import notify
from portal import audit, clock
from portal.moves import MoveRefused, locked, move, remember
from portal.people.models import Assignment, Person
from portal.people.models.employment import ToldTo, current


# --- what they know -------------------------------------------------------------------------------------
def takers(departure: Departure):
    """Who may be asked to take something over without learning more than they may know."""
    people = Person.objects.filter(employee__assignments__in=Assignment.objects.filter(current())).exclude(pk=departure.person_id)
    if departure.told_now == ToldTo.COLLEAGUES or departure.status != Departure.Status.COMING:
        return people.distinct()
    teams = Assignment.objects.filter(current(), employee=departure.employee).values("team")
    near = Person.objects.filter(pk=departure.manager_id)
    if departure.told_now == ToldTo.TEAM:
        mates = people.filter(employee__assignments__in=Assignment.objects.filter(current(), team__in=teams))
        return Person.objects.filter(pk__in=mates.values("pk")) | near
    return near


def add_topic(departure_id: int, values: dict, *, by, skill=None) -> Topic:
    """One more thing to hand over."""
    with transaction.atomic():
        departure = locked(Departure, departure_id, by, "alumni.hand_over_departure")
        topic = Topic.objects.create(departure=departure, language=by.language, skill=skill, title=values["title"])
        remember(topic, "added", by=by)
        return _hand(topic, values, by=by)


def change_topic(topic_id: int, values: dict, *, by) -> Topic:
    """Who takes over, when they sit together, where it is written."""
    with transaction.atomic():
        topic = locked(Topic, topic_id, by, "alumni.change_topic")
        if topic.status == Topic.Status.HANDED:
            raise MoveRefused(_("%(name)s confirmed this already.") % {"name": topic.taker.first_name if topic.taker else "—"})
        return _hand(topic, values, by=by)


def _hand(topic: Topic, values: dict, *, by) -> Topic:
    before, taker = topic.taker_id, values.get("taker")
    if taker and taker.pk != before and not takers(topic.departure).filter(pk=taker.pk).exists():
        raise MoveRefused(_("%(name)s may not know of this departure yet.") % {"name": taker.first_name})
    for name in ("title", "session_at", "place", "link", "note", "taker"):
        if name in values:
            setattr(topic, name, values[name])
    topic.save()
    wanted = Topic.Status.TAKEN if topic.taker_id else Topic.Status.FREE
    if topic.status != wanted and topic.is_running:
        move(topic, wanted, by=by)
    if topic.taker_id and topic.taker_id != before and topic.taker.user and topic.taker.user.pk != by.pk:
        told = gettext_lazy("%(name)s hands over to you: %(topic)s.")
        words = {"name": topic.departure.person.display_name, "topic": topic.title}
        url = reverse("alumni:topic_detail", args=[topic.pk])
        notify(topic.taker.user, "topic", lambda: told % words, topic.departure, mail=True, url=url)
    return topic


def confirm_topic(topic_id: int, *, by) -> Topic:
    """The one who takes it over says: I can do it."""
    with transaction.atomic():
        topic = locked(Topic, topic_id, by, "alumni.confirm_topic")
        move(topic, Topic.Status.HANDED, by=by)
        topic.confirmed_at = clock.now()
        topic.save(update_fields=["confirmed_at"])
        if topic.departure.person.user:
            told = gettext_lazy("%(name)s confirms: %(topic)s is handed over.")
            words = {"name": topic.taker.display_name, "topic": topic.title}
            notify(topic.departure.person.user, "topic", lambda: told % words, topic.departure)
    return topic


def unconfirm_topic(topic_id: int, *, by) -> Topic:
    """Not yet after all."""
    with transaction.atomic():
        topic = locked(Topic, topic_id, by, "alumni.confirm_topic")
        move(topic, Topic.Status.TAKEN, by=by)
        topic.confirmed_at = None
        topic.save(update_fields=["confirmed_at"])
    return topic


def drop_topic(topic_id: int, *, by) -> Topic:
    """Nobody needs it any more."""
    with transaction.atomic():
        topic = locked(Topic, topic_id, by, "alumni.change_topic")
        move(topic, Topic.Status.DROPPED, by=by)
    return topic


def pick_up_topic(topic_id: int, *, by) -> Topic:
    """Needed after all."""
    with transaction.atomic():
        topic = locked(Topic, topic_id, by, "alumni.change_topic")
        move(topic, Topic.Status.TAKEN if topic.taker_id else Topic.Status.FREE, by=by)
    return topic


# --- the conversation -----------------------------------------------------------------------------------
def book_talk(departure_id: int, *, by, at: datetime, host: Person) -> ExitTalk:
    """Offer a day and an hour; the person is told, and may say no: nothing hangs on it."""
    with transaction.atomic():
        departure = locked(Departure, departure_id, by, "alumni.host_departure")
        talk, _new = ExitTalk.objects.update_or_create(departure=departure, defaults={"at": at, "host": host})
        remember(departure, "talk", by=by)
        if departure.person.user:
            told = gettext_lazy("An exit conversation is offered to you. You are free to decline.")
            notify(departure.person.user, "talk", lambda: told, departure)
    return talk


def write_up_talk(talk_id: int, *, by, held: bool, notes: str) -> ExitTalk:
    """What was said, for the People team alone; the person is handed it with their data."""
    with transaction.atomic():
        talk = locked(ExitTalk, talk_id, by, "alumni.view_exittalk")
        talk.held, talk.notes, talk.language = held, notes, by.language
        talk.save(update_fields=["held", "notes", "language"])
        audit.record("departure.talk_written", by=by, on=talk.departure)
    return talk


def decline_talk(talk_id: int, *, by) -> None:
    """The person would rather not: the appointment goes, nothing else happens."""
    with transaction.atomic():
        talk = locked(ExitTalk, talk_id, by, "alumni.attend_exittalk")
        if talk.held:
            raise MoveRefused(_("It was held already."))
        departure = talk.departure
        talk.delete()
        remember(departure, "talk_declined", by=by)
