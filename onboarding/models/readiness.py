"""What the checks found, and who is asking them now."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from onboarding.models.arrival import Arrival
from portal import clock, readiness
from portal.rules import RuledQuerySet


class Result(models.Model):
    """The last answer of one check about one arrival; a row is written only when the answer changes.

    For checks on our own data the hour of asking is the arrival's; for other systems it is kept here, with the hour
    they are asked next and how often they were silent.
    """

    STATES = [(readiness.READY, _("Ready")), (readiness.NOT_READY, _("Not ready")), (readiness.CANNOT_TELL, _("Cannot tell"))]

    arrival = models.ForeignKey(Arrival, on_delete=models.CASCADE, related_name="results")
    code = models.CharField(max_length=60)
    family = models.CharField(max_length=10)
    state = models.CharField(max_length=12, choices=STATES)
    reason = models.CharField(max_length=200, blank=True)
    words = models.JSONField(default=dict, blank=True)
    changed_at = models.DateTimeField(default=clock.now)
    remote = models.BooleanField(default=False)
    asked_at = models.DateTimeField(null=True, blank=True)
    ask_at = models.DateTimeField(null=True, blank=True)
    silent = models.PositiveSmallIntegerField(default=0)
    escalated = models.PositiveSmallIntegerField(default=0)  # who was told loudly: 1 whoever sees to it, 2 their manager, 3 the People team

    objects = RuledQuerySet.as_manager()

    class Meta:
        ordering = ["arrival", "code"]
        constraints = [models.UniqueConstraint(fields=["arrival", "code"], name="one_result_a_check")]
        indexes = [models.Index(fields=["code", "ask_at"], condition=models.Q(remote=True), name="result_to_ask")]

    def __str__(self):
        return f"{self.code}: {self.state}"

    @property
    def question(self) -> readiness.Check | None:
        return readiness.get(self.code)

    @property
    def label(self) -> str:
        return self.question.label if self.question else self.code

    @property
    def because(self) -> str:
        return readiness.in_words(self.reason, self.words)


class Lease(models.Model):
    """Only one run at a time: whoever holds the lease asks; a run that died loses it when its time is over."""

    name = models.CharField(max_length=40, unique=True)
    holder = models.CharField(max_length=40, blank=True)
    until = models.DateTimeField(default=clock.now)

    def __str__(self):
        return self.name
