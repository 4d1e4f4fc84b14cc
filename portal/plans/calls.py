"""Signed calls by which a desk's own system says a step is done: once each, for that desk's steps alone."""

from django.db import transaction

from portal import audit, clock, sealing
from portal.moves import locked
from portal.plans import transitions
from portal.plans.models import Desk, Step
from portal.plans.models.desk_key import DeskKey
from portal.plans.models.plan import told
from portal.webhooks import incoming, signing


def give_key(desk_id: int, *, by) -> tuple[DeskKey, str]:
    """A key for the calls of a desk, or a new secret for the one it has, and the secret, which nobody can read again."""
    secret = signing.new_secret()
    with transaction.atomic():
        desk = locked(Desk, desk_id, by, "plans.change_desk")
        token, key_id = sealing.seal(secret)
        key, _new = DeskKey.objects.update_or_create(desk=desk, defaults={"token": token, "key_id": key_id, "made_at": clock.now()})
        audit.record("desk.key_given", by=by, on=key)
    return key, secret


def take_key(desk_id: int, *, by) -> None:
    """Calls of this desk are not heard any more."""
    with transaction.atomic():
        desk = locked(Desk, desk_id, by, "plans.change_desk")
        DeskKey.objects.filter(desk=desk).delete()
        audit.record("desk.key_taken", by=by, on=desk)


def steps_of(desk: Desk):
    """The steps a desk may speak of: its own role, its own site, and no plan it may not know of."""
    steps = Step.objects.filter(told(), role=desk.role)
    return steps.filter(plan__site=desk.site_id) if desk.site_id else steps


def hear(key: DeskKey, message_id: str, step_id: int, *, request) -> Step:
    """Do what a call says, once. Raises incoming.Heard, Step.DoesNotExist or MoveRefused."""
    with transaction.atomic():
        incoming.hear_once(key.name, message_id)
        DeskKey.objects.filter(pk=key.pk).update(used_at=clock.now())
        step = steps_of(key.desk).get(pk=step_id)
        audit.record("step.called", on=step, request=request, key=key.pk)
        return transitions.finish_from_outside(step.pk, how="signed call")
