"""Days somebody is not there, and who stands in: dates alone, never why."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.people.models import Person
from portal.rules import RuledQuerySet


class Absence(models.Model):
    """From the first to the last day away; what is due meanwhile goes to whoever stands in, else to the next in line."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="absences", verbose_name=_("who"))
    starts_on = models.DateField(_("first day away"))
    ends_on = models.DateField(_("last day away"))
    stand_in = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("who stands in"))

    objects = RuledQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]
        indexes = [models.Index(fields=["person", "ends_on"]), models.Index(fields=["starts_on", "id"])]
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="an_absence_ends_after_it_starts")]

    def __str__(self):
        return f"{self.person}, {self.starts_on} - {self.ends_on}"
