"""Access codes at rest: encrypted with the newest key, readable with any listed one, rotated by a command."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core.checks import Error


class KeyLost(Exception):
    """No listed key opens this code: it must be issued again."""


def keys() -> list[str]:
    """The keys, newest first. The demo and the tests derive one from their secret key."""
    if settings.FIELD_ENCRYPTION_KEYS:
        return settings.FIELD_ENCRYPTION_KEYS
    if settings.RELAXED:
        return [base64.urlsafe_b64encode(hashlib.sha256(b"access codes " + settings.SECRET_KEY.encode()).digest()).decode()]
    return []


def key_id(key: str) -> str:
    """A name for `key` that does not betray it."""
    return hashlib.sha256(b"key id " + key.encode()).hexdigest()[:16]


def seal(text: str) -> tuple[str, str]:
    """`text` encrypted with the newest key, and that key's id. Raises KeyLost when no key is set."""
    if not keys():
        raise KeyLost
    key = keys()[0]
    return Fernet(key).encrypt(text.encode()).decode(), key_id(key)


def unseal(token: str, sealed_with: str) -> str:
    """The text of `token`; KeyLost when its key is no longer listed or does not fit."""
    for key in keys():
        if key_id(key) == sealed_with:
            try:
                return Fernet(key).decrypt(token.encode()).decode()
            except InvalidToken as error:
                raise KeyLost from error
    raise KeyLost


def lost():
    """The codes nobody can open any more, to be issued again; shown on the health page."""
    from portal.plans.models import AccessCode

    return AccessCode.objects.exclude(key_id__in=[key_id(key) for key in keys()]).select_related("access__person", "access__plan")


def rotate() -> tuple[int, int]:
    """Encrypt every code with the newest key: (rotated, lost)."""
    from django.db import transaction

    from portal.plans.models import AccessCode

    newest, rotated, gone = key_id(keys()[0]), 0, 0
    for pk in list(AccessCode.objects.exclude(key_id=newest).values_list("pk", flat=True)):
        with transaction.atomic():
            code = AccessCode.objects.select_for_update().filter(pk=pk).first()
            if code is None:
                continue
            try:
                code.token, code.key_id = seal(unseal(code.token, code.key_id))
            except KeyLost:
                gone += 1
                continue
            code.save(update_fields=["token", "key_id"])
            rotated += 1
    return rotated, gone


def check_keys(app_configs, **kwargs):
    """Say at start when no usable key is set."""
    if not keys():
        return [Error("FIELD_ENCRYPTION_KEYS is missing: give one or more Fernet keys, newest first; without one no access code can be kept.", id="plans.E001")]
    for key in keys():
        try:
            Fernet(key)
        except ValueError:
            return [Error("FIELD_ENCRYPTION_KEYS holds a value that is not a Fernet key (32 bytes in URL-safe base64).", id="plans.E002")]
    return []
