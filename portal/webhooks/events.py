"""What may be told: events are registered by the app they happen in, and announced in the transaction of their cause."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

from portal import bell, clock
from portal.webhooks.models import Delivery, Subscription, new_message_id


@dataclass(frozen=True)
class Event:
    """One thing that happens: its name ("step.done") and its label for the page of subscriptions."""

    name: str
    label: str


_events: dict[str, Event] = {}


def event(name: str, label) -> None:
    """Register an event that subscriptions may ask for."""
    _events[name] = Event(name, label)


def every() -> list[Event]:
    """All events, by name."""
    return [_events[name] for name in sorted(_events)]


@dataclass(frozen=True)
class News:
    """One event that happened. `tell` takes whether names may be said, and returns the body's data in JSON's types.

    With a `key` it is told once to each subscription, however often it is announced.
    """

    tell: Callable[[bool], dict]
    about: str = ""
    key: str | None = None


def announce(name: str, tell, *, about: str = "", key: str | None = None) -> int:
    """Write one delivery a subscription, in the present transaction, and ring; how many."""
    return announce_all(name, [News(tell, about, key)])


def announce_all(name: str, news: list[News]) -> int:
    """The same for many at once: one query to read, one to write."""
    if name not in _events:
        raise KeyError(f"Nobody registered the event {name}.")
    if not news:
        return 0
    wanted = [each for each in Subscription.objects.filter(active=True) if name in each.events]
    told = _told(wanted, [one.key for one in news if one.key])
    rows = [_row(subscription, name, one) for subscription in wanted for one in news if (subscription.pk, one.key) not in told]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    for subscription in {row.subscription_id for row in rows}:
        bell.ring("portal.send_webhooks", args=[subscription])
    return len(rows)


def _told(wanted: list[Subscription], keys: list[str]) -> set[tuple[int, str]]:
    """What was announced before: pairs (subscription, key)."""
    found = set()
    if wanted:
        for start in range(0, len(keys), 500):
            found |= set(Delivery.objects.filter(subscription__in=wanted, key__in=keys[start : start + 500]).values_list("subscription_id", "key"))
    return found


def _row(subscription: Subscription, name: str, one: News) -> Delivery:
    message_id, now = new_message_id(), clock.now()
    body = {"type": name, "timestamp": now.isoformat(timespec="seconds"), "from": settings.SITE_URL, "data": one.tell(subscription.names)}
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return Delivery(subscription=subscription, event=name, key=one.key, message_id=message_id, about=one.about, body=text, written_at=now, send_after=now)


def forget(about: str) -> int:
    """Somebody goes: what was told of them is erased here; how many deliveries."""
    return Delivery.objects.filter(about=about).delete()[0]
