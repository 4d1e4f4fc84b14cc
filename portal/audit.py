"""The audit log: append-only, chained by hashes, with identifiers and never values.

Each line carries the digest of the one before. A seal is a signed note of where the chain stood: one is set every
night, and one replaces what retention removed. `verify` walks it all (`manage.py verify_audit`).
"""

import hashlib
import json
from contextvars import ContextVar

from allauth.account.adapter import get_adapter
from django.core.signing import BadSignature, Signer
from django.db import connection, models, transaction

from portal import clock
from portal.models import AuditEntry, AuditSeal

START = "0" * 64
present_request: ContextVar = ContextVar("present_request", default=None)  # set by the middleware


def _actor(by) -> str:
    if by is None:
        return "worker"
    return f"user:{by.pk}" if getattr(by, "pk", None) else "visitor"


def _digest(entry: AuditEntry) -> str:
    line = json.dumps(
        [entry.previous, entry.at.isoformat(), entry.actor, entry.action, entry.target, entry.detail, entry.address], sort_keys=True, ensure_ascii=False
    )
    return hashlib.sha256(line.encode()).hexdigest()


def _alone() -> None:
    """One writer at a time, until the transaction ends: the chain has one end. SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(7301)")


def record(action: str, *, by=None, on: models.Model | str = "", request=None, **detail) -> AuditEntry:
    """Append one line: `action` such as "person.exported", done by user `by` on the thing `on`.

    Without `by` and `request` they are those of the request being answered, if there is one. `detail` holds
    identifiers and counts only, never what people wrote.
    """
    request = request or present_request.get()
    by = by or getattr(request, "user", None)
    with transaction.atomic():
        _alone()
        last = AuditEntry.objects.order_by("-pk").values_list("digest", flat=True).first() or _floor()[1]
        entry = AuditEntry(
            at=clock.now(),
            actor=_actor(by),
            action=action,
            target=on if isinstance(on, str) else f"{on._meta.label_lower}:{on.pk}",
            detail=detail,
            address=get_adapter().get_client_ip(request) if request and request.META.get("REMOTE_ADDR") else None,
            previous=last,
        )
        entry.digest = _digest(entry)
        entry.save(force_insert=True)
    return entry


# --- seals --------------------------------------------------------------------------------------------
def _words(seal: AuditSeal) -> str:
    return f"{seal.last}|{seal.digest}|{seal.removed}|{seal.at.isoformat()}"


def _signer() -> Signer:
    return Signer(salt="portal.audit")


def _seal(last: int, digest: str, *, removed: bool) -> AuditSeal:
    seal = AuditSeal(last=last, digest=digest, removed=removed, at=clock.now())
    seal.signature = _signer().signature(_words(seal))
    seal.save(force_insert=True)
    return seal


def _holds(seal: AuditSeal) -> bool:
    try:
        _signer().unsign(f"{_words(seal)}:{seal.signature}")
    except BadSignature:
        return False
    return True


def _floor() -> tuple[int, str]:
    """Where the chain begins: after the last row that retention removed."""
    seal = AuditSeal.objects.filter(removed=True).order_by("-last").first()
    return (seal.last, seal.digest) if seal else (0, START)


def seal() -> AuditSeal | None:
    """Sign where the chain stands now, so that rows missing from its end are noticed; None when nothing is new."""
    with transaction.atomic():
        _alone()
        head = AuditEntry.objects.order_by("-pk").first()
        if head is None or AuditSeal.objects.filter(last=head.pk).exists():
            return None
        return _seal(head.pk, head.digest, removed=False)


def retire(rows) -> None:
    """Remove the beginning of the chain up to the newest of `rows`, leaving a signed seal in its place."""
    with transaction.atomic():
        _alone()
        head = rows.order_by("-pk").first()
        _seal(head.pk, head.digest, removed=True)
        AuditSeal.objects.filter(last__lte=head.pk, removed=False).delete()
        AuditEntry.objects.filter(pk__lte=head.pk)._raw_delete(using=rows.db)


def verify() -> str | None:
    """What is wrong with the log, in one sentence for the operator, or None when the whole chain holds."""
    seals = list(AuditSeal.objects.order_by("last"))
    for each in seals:
        if not _holds(each):
            return f"seal {each.pk} is not signed by this house"
    last, previous = _floor()
    expected = {each.last: each.digest for each in seals if each.last > last}
    for entry in AuditEntry.objects.order_by("pk").iterator(chunk_size=2000):
        if entry.pk <= last:
            return f"row {entry.pk} stands before the beginning of the chain"
        if entry.previous != previous:
            return f"row {entry.pk} does not follow the one before: something was removed or put in"
        if entry.digest != _digest(entry):
            return f"row {entry.pk} was changed"
        if expected.pop(entry.pk, entry.digest) != entry.digest:
            return f"row {entry.pk} is not what was sealed"
        previous = entry.digest
    if expected:
        return f"row {max(expected)} was sealed and is missing"
    return None


def head() -> str:
    """The digest of the newest line, to be noted outside this machine."""
    return AuditEntry.objects.order_by("-pk").values_list("digest", flat=True).first() or _floor()[1]
