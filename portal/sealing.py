"""Secrets at rest, codes and keys alike: encrypted with the newest key, readable with any listed one (FIELD_ENCRYPTION_KEYS)."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


class KeyLost(Exception):
    """No listed key opens this secret: it must be issued again."""


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


def known() -> list[str]:
    """The ids of the listed keys."""
    return [key_id(key) for key in keys()]


def rotate(model, primary_keys, *, prefix: str = "") -> tuple[int, int]:
    """Encrypt the `token` of these rows of `model` with the newest key, one at a time: (rotated, lost).

    A row may keep a second secret in columns named alike, told by their `prefix`.
    """
    from django.db import transaction

    token, sealed_with = f"{prefix}token", f"{prefix}key_id"
    rotated, gone = 0, 0
    for pk in list(primary_keys):
        with transaction.atomic():
            row = model.objects.select_for_update(of=("self",)).filter(pk=pk).first()
            if row is None or not getattr(row, token) or getattr(row, sealed_with) == known()[0]:
                continue
            try:
                fresh = seal(unseal(getattr(row, token), getattr(row, sealed_with)))
            except KeyLost:
                gone += 1
                continue
            setattr(row, token, fresh[0])
            setattr(row, sealed_with, fresh[1])
            row.save(update_fields=[token, sealed_with])
            rotated += 1
    return rotated, gone
