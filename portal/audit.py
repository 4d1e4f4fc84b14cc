"""The audit log: append-only, chained by hashes, with identifiers and never values."""

import hashlib
import json

from django.db import connection, models, transaction

from portal import clock
from portal.models import AuditEntry

START = "0" * 64


def _actor(by) -> str:
    if by is None:
        return "worker"
    return f"user:{by.pk}" if getattr(by, "pk", None) else "visitor"


def _digest(entry: AuditEntry) -> str:
    line = json.dumps(
        [entry.previous, entry.at.isoformat(), entry.actor, entry.action, entry.target, entry.detail, entry.address], sort_keys=True, ensure_ascii=False
    )
    return hashlib.sha256(line.encode()).hexdigest()


def record(action: str, *, by=None, on: models.Model | str = "", request=None, **detail) -> AuditEntry:
    """Append one line: `action` such as "person.exported", done by user `by` on the thing `on`.

    `detail` holds identifiers and counts only, never what people wrote.
    """
    target = on if isinstance(on, str) else f"{on._meta.label_lower}:{on.pk}"
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(7301)")  # one writer at a time: the chain has one end
        last = AuditEntry.objects.order_by("-pk").values_list("digest", flat=True).first()
        entry = AuditEntry(
            at=clock.now(),
            actor=_actor(by),
            action=action,
            target=target,
            detail=detail,
            address=request.META.get("REMOTE_ADDR") or None if request else None,
            previous=last or START,
        )
        entry.digest = _digest(entry)
        entry.save(force_insert=True)
    return entry


def verify() -> int | None:
    """The key of the first row that does not fit the chain, or None when the whole chain holds."""
    previous = None
    for entry in AuditEntry.objects.order_by("pk").iterator(chunk_size=2000):
        if entry.digest != _digest(entry) or (previous is not None and entry.previous != previous):
            return entry.pk
        previous = entry.digest
    return None
