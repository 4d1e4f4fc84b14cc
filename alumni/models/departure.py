"""Somebody leaves: when, why, who may know; what they hand over of what they know; the conversation before they go."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.people.models import Employee, Person, Site, Skill
from portal.people.models.employment import ToldTo
from portal.plans.models import Plan
from portal.rules import RuledQuerySet


class Departure(models.Model):
    """From the announcement to the closing; what is to give back and to do stands in its plan."""

    class Status(models.TextChoices):
        COMING = "coming", _("Coming")
        LEFT = "left", _("To close")
        CLOSED = "closed", _("Closed")
        CANCELLED = "cancelled", _("Cancelled")

    class Kind(models.TextChoices):
        RESIGNATION = "resignation", _("Resignation")
        RETIREMENT = "retirement", _("Retirement")
        END_OF_CONTRACT = "end_of_contract", _("End of contract")
        AGREEMENT = "agreement", _("Agreed ending")
        DISMISSAL = "dismissal", _("Dismissal")
        TRIAL = "trial", _("End of trial period")
        OTHER = "other", _("Other")

    OWN_KINDS = (Kind.RESIGNATION, Kind.RETIREMENT, Kind.END_OF_CONTRACT, Kind.AGREEMENT, Kind.TRIAL, Kind.OTHER)  # what one announces oneself

    MOVES = {
        Status.COMING: {Status.LEFT, Status.CANCELLED},
        Status.LEFT: {Status.CLOSED},
        Status.CLOSED: {Status.LEFT},
        Status.CANCELLED: set(),
    }
    OPEN = (Status.COMING, Status.LEFT)

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="departures")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="departures")
    plan = models.OneToOneField(Plan, on_delete=models.CASCADE, related_name="departure")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    manager = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="departures_followed")
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    last_day = models.DateField(_("last day"))
    told_to = models.CharField(_("who may know"), max_length=10, choices=ToldTo.choices, default=ToldTo.NEAR)
    told_from = models.DateField(_("from"), null=True, blank=True)
    own_address = models.EmailField(_("an address of your own"), blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.COMING, editable=False)
    seats_before = models.JSONField(default=dict, editable=False)  # key of each seat → the end it had, to give it back when cancelled
    announced_at = models.DateTimeField(default=clock.now, editable=False)
    announced_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    cancelled_because = models.CharField(max_length=300, blank=True, editable=False)

    objects = RuledQuerySet.as_manager()

    class Meta:
        ordering = ["last_day", "pk"]
        indexes = [models.Index(fields=["status", "last_day"]), models.Index(fields=["site", "status"])]
        constraints = [models.UniqueConstraint(fields=["employee"], condition=Q(status="coming"), name="one_coming_departure")]

    def __str__(self):
        return f"{self.person}, {self.last_day.isoformat()}"

    def get_absolute_url(self):
        return reverse("alumni:departure_detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.status in self.OPEN

    def today(self):
        return clock.today(self.site.timezone)

    @property
    def told_now(self) -> str:
        """Who may know today: until the chosen day, the manager and the People team alone."""
        return ToldTo.NEAR if self.told_from and self.told_from > self.today() else self.told_to


class Topic(models.Model):
    """One thing the person knows and the team needs: who takes it over, when they sit together, where it is written."""

    class Status(models.TextChoices):
        FREE = "free", _("Nobody takes it over yet")
        TAKEN = "taken", _("Being handed over")
        HANDED = "handed", _("Passed on")
        DROPPED = "dropped", _("Not needed any more")

    MOVES = {
        Status.FREE: {Status.TAKEN, Status.DROPPED},
        Status.TAKEN: {Status.FREE, Status.HANDED, Status.DROPPED},
        Status.HANDED: {Status.TAKEN},
        Status.DROPPED: {Status.FREE, Status.TAKEN},
    }

    departure = models.ForeignKey(Departure, on_delete=models.CASCADE, related_name="topics")
    title = models.CharField(_("what is to hand over"), max_length=120)
    language = models.CharField(max_length=2, default="en", editable=False)
    skill = models.ForeignKey(Skill, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False)
    taker = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="topics_taken", verbose_name=_("who takes it over"))
    session_at = models.DateTimeField(_("session"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    link = models.URLField(_("link to a document or a recording"), blank=True)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.FREE, editable=False)
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = RuledQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.title

    @property
    def is_running(self) -> bool:
        return self.status in (self.Status.FREE, self.Status.TAKEN)

    @property
    def ends_at(self) -> datetime | None:
        return self.session_at + timedelta(hours=1) if self.session_at else None


class ExitTalk(models.Model):
    """The conversation before leaving: nominal, optional; the day is known to the two, the notes to the People team alone."""

    departure = models.OneToOneField(Departure, on_delete=models.CASCADE, related_name="talk")
    at = models.DateTimeField(_("day and hour"))
    host = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("with"))
    held = models.BooleanField(_("it was held"), default=False)
    notes = models.TextField(_("notes"), max_length=8000, blank=True)
    language = models.CharField(max_length=2, default="en", editable=False)

    objects = RuledQuerySet.as_manager()

    class Meta:
        ordering = ["at"]

    def __str__(self):
        return f"{self.departure.person}, {clock.day(self.at).isoformat()}"
