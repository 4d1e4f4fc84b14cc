"""A file of people on its way in: uploaded, mapped, looked at, confirmed, written."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.rules import RuledQuerySet


class PeopleImport(models.Model):
    """One file somebody of the People team brings in; nothing of it is written to people before they confirm."""

    class Status(models.TextChoices):
        CHOOSING = "choosing", _("Columns to choose")
        CHECKING = "checking", _("Being looked at")
        READY = "ready", _("To be confirmed")
        WRITING = "writing", _("Being written")
        DONE = "done", _("Written")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    MOVES = {
        Status.CHOOSING: {Status.CHECKING, Status.CANCELLED},
        Status.CHECKING: {Status.READY, Status.FAILED},
        Status.READY: {Status.CHOOSING, Status.WRITING, Status.CANCELLED},
        Status.WRITING: {Status.DONE, Status.FAILED, Status.READY},
        Status.FAILED: {Status.CHOOSING, Status.CANCELLED},
    }

    file = models.FileField(upload_to="imports", blank=True)
    name = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.CHOOSING, editable=False)
    headings = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    total = models.PositiveIntegerField(default=0)
    looked_at = models.PositiveIntegerField(default=0)
    findings = models.JSONField(default=dict)  # counts, columns dropped, what has to be made
    trouble = models.CharField(max_length=500, blank=True)

    objects = RuledQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self):
        return self.name


class ImportRow(models.Model):
    """What would happen, or happened, with one row of the file."""

    class Kind(models.TextChoices):
        CREATE = "create", _("New")
        CHANGE = "change", _("Changed")
        SAME = "same", _("Unchanged")
        REFUSED = "refused", _("Left out")

    bringing = models.ForeignKey(PeopleImport, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    number = models.CharField(max_length=80, blank=True)
    name = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    changes = models.JSONField(default=list)  # [field, before, after]
    problems = models.JSONField(default=list)

    class Meta:
        ordering = ["line"]
        indexes = [models.Index(fields=["bringing", "kind", "line"])]

    def __str__(self):
        return f"{self.bringing}: {self.line}"
