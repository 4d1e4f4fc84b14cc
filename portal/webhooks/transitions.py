"""What changes in webhooks: subscriptions are made, changed, ended and get new secrets; what was given up is sent again."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from portal import audit, bell, clock, sealing
from portal.moves import MoveRefused, locked
from portal.webhooks import events, signing
from portal.webhooks.models import Delivery, Subscription

OLD_SECRET_HOLDS = timedelta(hours=24)


def _sealed(secret: str) -> tuple[str, str]:
    try:
        return sealing.seal(secret)
    except sealing.KeyLost as error:
        raise MoveRefused(_("No encryption key is set: tell the operators. Nothing was kept.")) from error


def subscribe(fields: dict, *, by) -> tuple[Subscription, str]:
    """A new subscription and its secret, which nobody can read again."""
    secret = signing.new_secret()
    with transaction.atomic():
        token, key_id = _sealed(secret)
        subscription = Subscription.objects.create(**fields, token=token, key_id=key_id, made_by=by)
        audit.record("webhook.subscribed", by=by, on=subscription, events=len(subscription.events))
    return subscription, secret


def change(subscription_id: int, fields: dict, *, by) -> Subscription:
    with transaction.atomic():
        subscription = locked(Subscription, subscription_id, by, "portal.change_subscription")
        for name, value in fields.items():
            setattr(subscription, name, value)
        if subscription.active:
            subscription.stopped_because = ""
        subscription.save(update_fields=[*fields, "stopped_because"])
        audit.record("webhook.changed", by=by, on=subscription)
        bell.ring("portal.send_webhooks", args=[subscription.pk])
    return subscription


def renew(subscription_id: int, *, by) -> tuple[Subscription, str]:
    """A new secret; the old one signs beside it for a day, so that the other side can change without a gap."""
    secret = signing.new_secret()
    with transaction.atomic():
        subscription = locked(Subscription, subscription_id, by, "portal.change_subscription")
        subscription.old_token, subscription.old_key_id = subscription.token, subscription.key_id
        subscription.old_until = clock.now() + OLD_SECRET_HOLDS
        subscription.token, subscription.key_id = _sealed(secret)
        subscription.save(update_fields=["token", "key_id", "old_token", "old_key_id", "old_until"])
        audit.record("webhook.secret_renewed", by=by, on=subscription)
    return subscription, secret


def end(subscription_id: int, *, by) -> None:
    """No more is told; the log of what was told goes too."""
    with transaction.atomic():
        subscription = locked(Subscription, subscription_id, by, "portal.change_subscription")
        audit.record("webhook.ended", by=by, on=subscription)
        subscription.delete()


def try_out(subscription_id: int, *, by) -> Delivery:
    """Send a greeting, to see whether the other side hears and reads the signature."""
    with transaction.atomic():
        subscription = locked(Subscription, subscription_id, by, "portal.change_subscription")
        if not subscription.active:
            raise MoveRefused(_("This subscription is stopped: turn it on first."))
        delivery = events._row(subscription, "ping", events.News(lambda names: {"greeting": "hello"}))
        delivery.save(force_insert=True)
        bell.ring("portal.send_webhooks", args=[subscription.pk])
    return delivery


def replay(delivery_id: int, *, by) -> Delivery:
    """Send one again, as it was written and under the same id: whoever heard it before can tell."""
    with transaction.atomic():
        delivery = locked(Delivery, delivery_id, by, "portal.replay_delivery")
        if not delivery.body:
            raise MoveRefused(_("Its content was erased: it cannot be sent again."))
        if not delivery.subscription.active:
            raise MoveRefused(_("This subscription is stopped: turn it on first."))
        if delivery.state in (Delivery.State.WAITING, Delivery.State.SENDING):
            raise MoveRefused(_("It is on its way already."))
        delivery.state, delivery.attempts, delivery.send_after, delivery.settled_at = Delivery.State.WAITING, 0, clock.now(), None
        delivery.save(update_fields=["state", "attempts", "send_after", "settled_at"])
        audit.record("webhook.replayed", by=by, on=delivery)
        bell.ring("portal.send_webhooks", args=[delivery.subscription_id])
    return delivery


def replay_dead(*, by, subscription: int | None = None) -> int:
    """Send again all that was given up, of one subscription or of all; how many."""
    with transaction.atomic():
        rows = Delivery.objects.allowing(by, "portal.replay_delivery").filter(state=Delivery.State.DEAD, subscription__active=True).exclude(body="")
        if subscription:
            rows = rows.filter(subscription=subscription)
        for key in rows.values_list("subscription", flat=True).distinct().order_by():
            bell.ring("portal.send_webhooks", args=[key])
        keys = list(rows.values_list("pk", flat=True))
        again = {"state": Delivery.State.WAITING, "attempts": 0, "send_after": clock.now(), "settled_at": None}
        count = Delivery.objects.filter(pk__in=keys, state=Delivery.State.DEAD).update(**again)
        audit.record("webhook.replayed_all", by=by, count=count)
    return count
