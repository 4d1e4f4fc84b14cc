"""The outbox of changes, the build under way, the usual names, and the words that found nothing."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.rules import RuledQuerySet


class Change(models.Model):
    """One thing to index anew, written in the transaction that changed it; goes once the index holds it."""

    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=40)
    at = models.DateTimeField(default=clock.machine_now)
    copied = models.BooleanField(default=False)  # the live index holds it, the one being built may not

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.kind}:{self.key}"


class Build(models.Model):
    """A new index in the making; without a sign of life for a minute it counts as dead."""

    started_at = models.DateTimeField(default=clock.machine_now)
    seen_at = models.DateTimeField(default=clock.machine_now)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)

    def __str__(self):
        return f"{self.done}/{self.total}"


class Calendar(models.Model):
    """Until when the index knows who arrived and who left."""

    at = models.DateTimeField()

    def __str__(self):
        return self.at.isoformat()


class UsualName(models.Model):
    """A usual name or diminutive, and the name it stands for."""

    short = models.CharField(_("usual name"), max_length=60)
    full = models.CharField(_("stands for"), max_length=60)

    objects = RuledQuerySet.as_manager()

    class Meta:
        ordering = ["short", "full"]
        constraints = [models.UniqueConstraint(fields=["short", "full"], name="one_usual_name_each")]

    def __str__(self):
        return f"{self.short} = {self.full}"


class Miss(models.Model):
    """Words that found nothing, counted without the person who typed them."""

    words = models.CharField(max_length=80, unique=True)
    times = models.PositiveIntegerField(default=1)
    last_on = models.DateField(default=clock.today)
    settled = models.CharField(max_length=200, blank=True)  # what was done about it

    objects = RuledQuerySet.as_manager()

    class Meta:
        ordering = ["-times", "words"]
        verbose_name_plural = "misses"

    def __str__(self):
        return self.words
