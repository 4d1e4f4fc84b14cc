"""An arrival: a person whose first day is known, their plan, and their private link before the account."""

import hashlib
import secrets

from django.db import models
from django.urls import reverse

from portal import clock
from portal.people.models import Person
from portal.plans.models import Plan
from portal.rules import RuledQuerySet


def hashed(token: str) -> str:
    """What is kept of a private link."""
    return hashlib.sha256(token.encode()).hexdigest()


class Arrival(models.Model):
    """The welcome around a plan: the private link, what was sent, when its checks were last asked."""

    plan = models.OneToOneField(Plan, on_delete=models.CASCADE, related_name="arrival")
    address = models.EmailField(blank=True)  # personal, to write to before the account exists
    link_hash = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    link_sent_at = models.DateTimeField(null=True, blank=True, editable=False)
    agenda_sent_at = models.DateTimeField(null=True, blank=True, editable=False)
    lunch = models.CharField(max_length=160, blank=True)  # what they told us for the first lunch
    asked_at = models.DateTimeField(null=True, blank=True, editable=False)  # when the checks on our own data were last asked

    objects = RuledQuerySet.as_manager()

    class Meta:
        ordering = ["plan__first_day", "pk"]

    def __str__(self):
        return f"{self.plan.person}, {self.plan.first_day}"

    @property
    def person(self) -> Person:
        return self.plan.person

    def get_absolute_url(self):
        return reverse("onboarding:arrival_detail", args=[self.pk])

    def renew_link(self) -> str:
        """A new private link, of which only the hash is kept; the one before stops working."""
        token = secrets.token_urlsafe(32)
        self.link_hash = hashed(token)
        self.link_sent_at = clock.now()
        return token


class Question(models.Model):
    """What a newcomer asks before they start, and the answer; read by them, their buddy, manager and the People team."""

    arrival = models.ForeignKey(Arrival, on_delete=models.CASCADE, related_name="questions")
    text = models.TextField(max_length=2000)
    asked_at = models.DateTimeField(default=clock.now)
    answer = models.TextField(max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = RuledQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]

    def __str__(self):
        return self.text[:60]
