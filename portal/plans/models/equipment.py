"""The asset register: models, units, and who gave what to whom, signed."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.people.models import Person, Site
from portal.plans.models.plan import Plan
from portal.rules import RuledQuerySet


class EquipmentModel(models.Model):
    """A model people are given: its units are counted by site."""

    class Kind(models.TextChoices):
        LAPTOP = "laptop", _("Laptop")
        FIELD_LAPTOP = "field_laptop", _("Field laptop")
        SCREEN = "screen", _("Screen")
        PHONE = "phone", _("Phone")
        HEADSET = "headset", _("Headset")
        OTHER = "other", _("Other")

    WORKSTATIONS = (Kind.LAPTOP, Kind.FIELD_LAPTOP)

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.LAPTOP)
    name = models.CharField(_("model"), max_length=80, unique=True)

    class Meta:
        ordering = ["kind", "name"]

    def __str__(self):
        return self.name


class Unit(models.Model):
    """One unit, from the shelf to a person and back."""

    class Status(models.TextChoices):
        STOCK = "stock", _("In stock")
        ASSIGNED = "assigned", _("Set aside")
        PREPARED = "prepared", _("Prepared")
        TESTED = "tested", _("Tested")
        GIVEN = "given", _("Handed over")
        REPAIR = "repair", _("In repair")
        RETIRED = "retired", _("Retired")

    MOVES = {
        Status.STOCK: {Status.ASSIGNED, Status.REPAIR, Status.RETIRED},
        Status.ASSIGNED: {Status.PREPARED, Status.STOCK, Status.REPAIR},
        Status.PREPARED: {Status.TESTED, Status.ASSIGNED, Status.STOCK, Status.REPAIR},
        Status.TESTED: {Status.GIVEN, Status.PREPARED, Status.STOCK, Status.REPAIR},
        Status.GIVEN: {Status.STOCK, Status.REPAIR, Status.RETIRED},
        Status.REPAIR: {Status.STOCK, Status.RETIRED},
        Status.RETIRED: set(),
    }
    HELD = (Status.ASSIGNED, Status.PREPARED, Status.TESTED, Status.GIVEN)

    model = models.ForeignKey(EquipmentModel, on_delete=models.PROTECT, related_name="units", verbose_name=_("model"))
    serial = models.CharField(_("serial number"), max_length=60, unique=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+", verbose_name=_("site"))
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.STOCK, editable=False)
    holder = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="units", editable=False)
    plan = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.SET_NULL, related_name="units", editable=False)
    changed_at = models.DateTimeField(default=clock.now, editable=False)

    objects = RuledQuerySet.as_manager()

    class Meta:
        ordering = ["model__kind", "serial"]
        indexes = [models.Index(fields=["site", "status"])]

    def __str__(self):
        return f"{self.model} {self.serial}"

    def get_absolute_url(self):
        return reverse("plans:unit_detail", args=[self.pk])


class Handover(models.Model):
    """A unit went from hand to hand: who gave or took it back, and the signature of the person."""

    class Way(models.TextChoices):
        GIVEN = "given", _("Handed over")
        RETURNED = "returned", _("Given back")

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="handovers")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="handovers")
    plan = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.SET_NULL, related_name="handovers")
    way = models.CharField(max_length=10, choices=Way.choices)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_as = models.CharField(max_length=160, blank=True)  # the name as the person wrote it

    objects = RuledQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["-at", "-id"])]

    def __str__(self):
        return f"{self.unit}, {self.person}"
