"""Signatures of webhooks and calls, as Standard Webhooks writes them: HMAC-SHA256 over id, timestamp and body."""

import base64
import binascii
import hashlib
import hmac
import secrets

PREFIX = "whsec_"
WINDOW = 300  # seconds a call's clock may differ from ours


class Refused(Exception):
    """A call that is not signed as it should be; the word says why, for the log and never for the caller."""


def new_secret() -> str:
    """A secret of 32 random bytes, as both sides write it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """The value of one signature: "v1," and the digest."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    digest = hmac.new(key, f"{message_id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode()


def headers(secrets_: list[str], message_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The three headers; two secrets (an old one that still holds) give two signatures, separated by a space."""
    signed = " ".join(signature(secret, message_id, timestamp, body) for secret in secrets_)
    return {"webhook-id": message_id, "webhook-timestamp": str(timestamp), "webhook-signature": signed}


def demand(secret: str, given, body: bytes, now: float) -> str:
    """The message id of a call whose headers `given` sign `body` within WINDOW of `now` (seconds); else Refused."""
    message_id, stamp, signed = (given.get(f"webhook-{name}", "") for name in ("id", "timestamp", "signature"))
    if not (0 < len(message_id) <= 80) or not stamp.isascii() or not stamp.isdigit() or len(stamp) > 12:
        raise Refused("headers")
    if abs(now - int(stamp)) > WINDOW:
        raise Refused("time")
    try:
        expected = signature(secret, message_id, int(stamp), body)
    except (binascii.Error, ValueError) as error:
        raise Refused("secret") from error
    if not any(hmac.compare_digest(expected.encode(), one.encode()) for one in signed.split(" ")[:5]):
        raise Refused("signature")
    return message_id
