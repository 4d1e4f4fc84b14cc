"""Who is told what, each thing told, each attempt, and the calls that were heard."""

import secrets

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.rules import RuledQuerySet


def new_message_id() -> str:
    return f"msg_{secrets.token_hex(16)}"


class Subscription(models.Model):
    """Another system that is told of chosen events at its address; its secret is sealed and was shown once."""

    name = models.CharField(_("name"), max_length=80, help_text=_("Such as “Badge desk” or “Ticket system”."))
    url = models.URLField(_("address"), max_length=500)
    events = models.JSONField(_("events"), default=list)
    names = models.BooleanField(_("send people’s names"), default=False, help_text=_("Without them only numbers leave; whoever may can open the page behind."))
    active = models.BooleanField(_("active"), default=True)
    stopped_because = models.CharField(max_length=40, blank=True, editable=False)
    token = models.TextField(editable=False)
    key_id = models.CharField(max_length=16, editable=False, db_index=True)
    old_token = models.TextField(blank=True, editable=False)
    old_key_id = models.CharField(max_length=16, blank=True, editable=False)
    old_until = models.DateTimeField(null=True, blank=True, editable=False)
    made_at = models.DateTimeField(default=clock.now, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False)

    objects = RuledQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("webhooks:subscription_detail", args=[self.pk])


class Delivery(models.Model):
    """One event for one subscription, written with its cause; `key` keeps it from being written twice."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENDING = "sending", _("Being sent")
        DELIVERED = "delivered", _("Delivered")
        DEAD = "dead", pgettext_lazy("one delivery", "Given up")

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="deliveries")
    event = models.CharField(max_length=40)
    key = models.CharField(max_length=120, null=True, blank=True)
    message_id = models.CharField(max_length=40, unique=True, default=new_message_id)
    about = models.CharField(max_length=60, blank=True, db_index=True)  # "people.person:7": whom the body speaks of
    body = models.TextField()  # exactly what is signed and sent; emptied by retention
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    written_at = models.DateTimeField(default=clock.now)
    send_after = models.DateTimeField(default=clock.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = RuledQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-pk"]
        indexes = [models.Index(fields=["state", "send_after"]), models.Index(fields=["subscription", "state"])]
        constraints = [models.UniqueConstraint(fields=["subscription", "key"], name="one_delivery_a_key")]
        verbose_name_plural = "deliveries"

    def __str__(self):
        return f"{self.event} {self.message_id}"

    def get_absolute_url(self):
        return reverse("webhooks:delivery_detail", args=[self.pk])


FAULTS = {
    "key lost": _("the secret cannot be read any more: give a new one"),
    "address refused": _("the address is unknown, or lies inside a private network"),
    "certificate": _("the certificate is not valid for this name"),
    "no answer in time": _("no answer in time"),
}


class Attempt(models.Model):
    """One attempt to deliver: what was answered, or what went wrong, and how long it took."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="log")
    at = models.DateTimeField(default=clock.now)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    fault = models.CharField(max_length=40, blank=True)
    milliseconds = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.status or self.fault}"

    @property
    def words(self) -> str:
        """What was answered, or what went wrong, for people."""
        if self.status:
            return gettext("answered %(status)s") % {"status": self.status}
        return str(FAULTS.get(self.fault) or gettext("no connection (%(fault)s)") % {"fault": self.fault})


class HeardCall(models.Model):
    """A signed call that was heard: the same one is not heard again."""

    caller = models.CharField(max_length=40)
    message_id = models.CharField(max_length=80)
    at = models.DateTimeField(default=clock.machine_now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["caller", "message_id"], name="one_hearing_a_call")]
        indexes = [models.Index(fields=["at"])]

    def __str__(self):
        return f"{self.caller} {self.message_id}"
