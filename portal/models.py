"""The tables of the engines: timelines, notices, mails, the audit chain, switches and what ran when."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.languages import Bilingual


class TimelineEntry(models.Model):
    """One step in the life of something; goes with its subject."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey()
    verb = models.CharField(max_length=40)
    before = models.CharField(max_length=40, blank=True)
    after = models.CharField(max_length=40, blank=True)
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["content_type", "object_id", "at"])]

    def __str__(self):
        return f"{self.verb} {self.before} {self.after}".strip()


class Notice(models.Model):
    """One line told to a user, in both languages, with the page it speaks of; goes with its user."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    text_en = models.CharField(_("text in English"), max_length=300, blank=True)
    text_fr = models.CharField(_("text in French"), max_length=300, blank=True)
    url = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True, blank=True)

    text = Bilingual("text")

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["user", "-at"]),
            models.Index(fields=["user"], condition=models.Q(read_at=None), name="notice_unread"),
        ]

    def __str__(self):
        return self.text


class Mail(models.Model):
    """One letter to one address, written with its cause and sent by the worker; `key` keeps it from being written twice."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    attachment_name = models.CharField(max_length=100, blank=True)
    attachment = models.TextField(blank=True)  # a text attachment such as an .ics
    language = models.CharField(max_length=2, default="en")
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=200, unique=True, null=True, blank=True)
    headers = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)
    written_at = models.DateTimeField(default=clock.now)
    send_after = models.DateTimeField(default=clock.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-written_at", "-pk"]
        indexes = [models.Index(fields=["state", "send_after"])]

    def __str__(self):
        return self.subject


class AppendOnlyQuerySet(models.QuerySet):
    """Rows that are written once; only the retention of portal/audit.py removes them, under a signed seal."""

    def update(self, **values):
        raise TypeError("The audit log is append-only.")

    def delete(self):
        raise TypeError("The audit log is append-only.")


class AuditEntry(models.Model):
    """Who did what on whom, when and from where: identifiers, never values; each row is chained to the one before.

    The model refuses change, and so does the database (a trigger, migration 0003).
    """

    at = models.DateTimeField(default=clock.now, db_index=True)
    actor = models.CharField(max_length=40, blank=True)  # "user:12", "worker", "visitor"
    action = models.CharField(max_length=60, db_index=True)
    target = models.CharField(max_length=80, blank=True)  # "people.person:7"
    detail = models.JSONField(default=dict, blank=True)
    address = models.GenericIPAddressField(null=True, blank=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.action} {self.target}"

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise TypeError("The audit log is append-only.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("The audit log is append-only.")


class AuditSeal(models.Model):
    """A signed note of where the audit chain stood; with `removed`, everything up to `last` went by retention."""

    last = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    removed = models.BooleanField(default=False)
    at = models.DateTimeField(default=clock.now)
    signature = models.CharField(max_length=120)

    class Meta:
        ordering = ["-last"]

    def __str__(self):
        return f"{self.last} {self.digest[:8]}"


class Switch(models.Model):
    """A part that waits for a recorded consultation before it is on."""

    name = models.CharField(max_length=30, unique=True)
    on = models.BooleanField(default=False)
    consulted_on = models.DateField(null=True, blank=True)
    informed_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now)

    def __str__(self):
        return self.name


class TaskRun(models.Model):
    """The last run of a scheduled task, and the heartbeats of worker and beat: the operators' page reads it."""

    name = models.CharField(max_length=80, unique=True)
    started_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=200, blank=True)
    failed = models.BooleanField(default=False)

    def __str__(self):
        return self.name


class RetentionRun(models.Model):
    """What the retention engine did, in counts and never names."""

    policy = models.CharField(max_length=80)
    at = models.DateTimeField(default=clock.now)
    rows = models.PositiveIntegerField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.policy}: {self.rows}"


# The tables of webhooks live beside their engine.
from portal.webhooks.models import Attempt, Delivery, HeardCall, Subscription  # noqa: E402, F401
