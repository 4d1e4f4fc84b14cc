"""Signed calls from other systems: who calls, whether the signature holds, and that each call is heard once."""

from datetime import timedelta

from django.core.cache import cache
from django.db import IntegrityError, transaction

from portal import clock, sealing
from portal.webhooks import signing
from portal.webhooks.models import HeardCall

MOST_BYTES = 16 * 1024
KEPT = timedelta(seconds=4 * signing.WINDOW)  # a call older than the window is refused by its time


class Heard(Exception):
    """This very call was heard before."""


def demand(request, *, token: str, key_id: str) -> str:
    """The message id of a call signed with the sealed secret (`token`, `key_id`); signing.Refused otherwise."""
    try:
        secret = sealing.unseal(token, key_id)
    except sealing.KeyLost as error:
        raise signing.Refused("key lost") from error
    if int(request.headers.get("content-length") or 0) > MOST_BYTES:
        raise signing.Refused("size")
    return signing.demand(secret, request.headers, request.body, clock.machine_now().timestamp())


def too_many(caller: str, most: int) -> bool:
    """Whether `caller` has called more than `most` times this minute; counted in the database, so for all processes."""
    minute = f"signed-call:{caller}:{int(clock.machine_now().timestamp() // 60)}"
    cache.add(minute, 0, 120)
    try:
        return cache.incr(minute) > most
    except ValueError:  # it was culled between the two
        return False


def hear_once(caller: str, message_id: str) -> None:
    """Note the call in the present transaction; Heard when it was noted before."""
    try:
        with transaction.atomic():
            HeardCall.objects.create(caller=caller, message_id=message_id)
    except IntegrityError as error:
        raise Heard from error


def forget_heard() -> int:
    """Forget the calls whose time is over: their signature would be refused; how many."""
    return HeardCall.objects.filter(at__lt=clock.machine_now() - KEPT).delete()[0]
