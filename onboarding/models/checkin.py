"""Check-ins after a week, a month and three: three questions, and who may read the answers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from onboarding.models.arrival import Arrival
from portal.rules import RuledQuerySet


class CheckIn(models.Model):
    """How is it going: asked of the newcomer, read as the form says and by nobody else."""

    class Milestone(models.TextChoices):
        WEEK = "week", _("After a week")
        MONTH = "month", _("After a month")
        QUARTER = "quarter", _("After three months")

    class Readers(models.TextChoices):
        BUDDY_AND_HR = "both", _("My buddy and the People team")
        HR = "hr", _("The People team alone")

    arrival = models.ForeignKey(Arrival, on_delete=models.CASCADE, related_name="checkins")
    milestone = models.CharField(max_length=8, choices=Milestone.choices)
    due_on = models.DateField()
    asked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    works = models.TextField(_("What works well?"), max_length=1000, blank=True)
    lacks = models.TextField(_("What is missing to do your work?"), max_length=1000, blank=True)
    wish = models.TextField(_("What should we change?"), max_length=1000, blank=True)
    readers = models.CharField(_("Who may read this"), max_length=5, choices=Readers.choices, default=Readers.BUDDY_AND_HR)

    objects = RuledQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["arrival", "milestone"], name="one_checkin_a_milestone")]

    def __str__(self):
        return f"{self.arrival}: {self.milestone}"
