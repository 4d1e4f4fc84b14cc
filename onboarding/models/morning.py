"""Nine o'clock on day one: what the house saw, item by item, written once and never changed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from onboarding.models.arrival import Arrival
from portal import clock, readiness
from portal.rules import RuledQuerySet


class WrittenOnce(models.Model):
    """A row that can be made but not changed; it goes only with its arrival."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if self.pk is not None and not self._state.adding:
            raise TypeError("What was seen at nine o'clock is not changed; write a remark beside it.")
        super().save(*args, **kwargs)


class WrittenOnceQuerySet(RuledQuerySet):
    def update(self, **values):
        raise TypeError("What was seen at nine o'clock is not changed; write a remark beside it.")

    def bulk_update(self, *args, **kwargs):
        raise TypeError("What was seen at nine o'clock is not changed; write a remark beside it.")


class Seen(models.TextChoices):
    KEPT = "kept", _("Kept")
    BROKEN = "broken", _("Not kept")
    NOT_MEASURED = "not_measured", _("Not measured")


class Morning(WrittenOnce):
    """One first morning: everything was ready, something was not, or the house could not tell."""

    arrival = models.OneToOneField(Arrival, on_delete=models.CASCADE, related_name="morning")
    first_day = models.DateField()
    nine = models.DateTimeField()  # nine o'clock on that day in the site's own time zone
    seen = models.CharField(max_length=12, choices=Seen.choices)
    recorded_at = models.DateTimeField(default=clock.now)

    objects = WrittenOnceQuerySet.as_manager()

    class Meta:
        ordering = ["-first_day", "-pk"]
        indexes = [models.Index(fields=["first_day", "seen"])]

    def __str__(self):
        return f"{self.first_day}: {self.seen}"


class MorningItem(WrittenOnce):
    """What one check had answered, and when it was asked."""

    morning = models.ForeignKey(Morning, on_delete=models.CASCADE, related_name="items")
    code = models.CharField(max_length=60)
    seen = models.CharField(max_length=12, choices=Seen.choices)
    reason = models.CharField(max_length=200, blank=True)
    words = models.JSONField(default=dict, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)

    objects = WrittenOnceQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["morning", "code"], name="one_item_a_check")]

    def __str__(self):
        return f"{self.code}: {self.seen}"

    @property
    def label(self) -> str:
        check = readiness.get(self.code)
        return check.label if check else self.code

    @property
    def because(self) -> str:
        return readiness.in_words(self.reason, self.words)


class Remark(models.Model):
    """What somebody adds to a morning that cannot be changed."""

    morning = models.ForeignKey(Morning, on_delete=models.CASCADE, related_name="remarks")
    text = models.TextField(max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return self.text[:60]
