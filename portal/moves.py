"""What changes: the one door of a status, with the rule asked again under the lock and the step written down."""

from django.db import models, transaction
from django.http import Http404
from django.utils.translation import gettext as _

from portal.models import TimelineEntry


class MoveRefused(Exception):
    """The step is not in the model's MOVES, or something stands against it; the message is for people."""


def locked(model: type[models.Model], pk, by, rule: str):
    """The row `pk` of `model`, locked, on which `by` may do `rule`; Http404 otherwise, so that nothing leaks.

    Call it inside a transaction. SQLite's IMMEDIATE transactions lock the whole file instead of the row.
    """
    queryset = model._default_manager.select_for_update(of=("self",)).allowing(by, rule)
    found = queryset.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def move(subject: models.Model, status: str, *, by, note: str = "") -> TimelineEntry:
    """Bring `subject` to `status` if its MOVES say so, save it and write the step on its timeline."""
    before = subject.status
    if status not in subject.MOVES.get(before, ()):
        raise MoveRefused(
            _("This cannot go from “%(before)s” to “%(after)s”.")
            % {"before": subject.get_status_display(), "after": dict(type(subject)._meta.get_field("status").flatchoices).get(status, status)}
        )
    with transaction.atomic():
        subject.status = status
        subject.save(update_fields=["status"])
        return remember(subject, "moved", by=by, before=before, after=status, note=note)


def remember(subject: models.Model, verb: str, *, by=None, before: str = "", after: str = "", note: str = "") -> TimelineEntry:
    """Write one line on the timeline of `subject`."""
    author = by if by is not None and getattr(by, "pk", None) else None
    return TimelineEntry.objects.create(subject=subject, verb=verb, before=before, after=after, note=note, by=author)
