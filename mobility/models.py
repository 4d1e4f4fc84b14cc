"""Interest, follows, application and what comes of it: conversations, the answer, who read, and wishes; sealed from the present line."""

from datetime import date

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal import clock
from portal.languages import Bilingual
from portal.panels.models import Panel
from portal.people.models import JobDescription, Opening, Person, Team, Trade
from portal.rules import RuledQuerySet

LANGUAGES = [("en", "English"), ("fr", "Français")]


class Interest(models.Model):
    """An opening somebody keeps in mind; `shared` names who hires as a party to it, never the present line."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="interests")
    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="interests")
    shared = models.BooleanField(_("let those who hire know"), default=False)
    at = models.DateTimeField(default=clock.now, editable=False)

    objects = RuledQuerySet.as_manager()
    sealed = True

    class Meta:
        ordering = ["-at", "pk"]
        indexes = [models.Index(fields=["-at", "id"])]
        constraints = [models.UniqueConstraint(fields=["person", "opening"], name="one_interest_each")]

    def __str__(self):
        return f"interest {self.pk}"  # never whose


class Follow(models.Model):
    """What somebody wants to hear of: a trade, a team, or a seat as it was on the day (a job in a team); read by that person alone.

    A seat is written down as job and team, with whose it was: where its holder goes later changes nothing, and is told to nobody.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    trade = models.ForeignKey(Trade, null=True, on_delete=models.CASCADE, related_name="+")
    team = models.ForeignKey(Team, null=True, on_delete=models.CASCADE, related_name="+")
    job = models.ForeignKey(JobDescription, null=True, on_delete=models.CASCADE, related_name="+")
    holder = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now, editable=False)

    objects = RuledQuerySet.as_manager()
    sealed = True

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "trade"], condition=Q(trade__isnull=False), name="one_follow_for_a_trade"),
            models.UniqueConstraint(fields=["person", "team"], condition=Q(job=None), name="one_follow_for_a_team"),
            models.UniqueConstraint(fields=["person", "team", "job", "holder"], condition=Q(job__isnull=False), name="one_follow_for_a_seat"),
            models.CheckConstraint(
                condition=Q(trade__isnull=False, team=None, job=None, holder=None)
                | Q(trade=None, team__isnull=False, job=None, holder=None)
                | Q(trade=None, team__isnull=False, job__isnull=False, holder__isnull=False),
                name="a_follow_is_of_one_thing",
            ),
        ]

    def __str__(self):
        return f"follow {self.pk}"  # never whose

    @property
    def kind(self) -> str:
        return "trade" if self.trade_id else "seat" if self.job_id else "team"


class Alert(models.Model):
    """Who was told of which opening because they follow it: one notice, once; read by that person alone."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now, editable=False)

    objects = RuledQuerySet.as_manager()
    sealed = True

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "opening"], name="one_alert_each")]

    def __str__(self):
        return f"alert {self.pk}"  # never whose


class Application(models.Model):
    """A colleague asks for a seat; the present line reads nothing of it before `lifted_at`."""

    class Status(models.TextChoices):
        SENT = "sent", pgettext_lazy("application", "Received")
        TALKING = "talking", _("In conversation")
        PANEL = "panel", _("With the panel")
        ACCEPTED = "accepted", _("Accepted, dates to agree")
        AGREED = "agreed", _("Dates agreed")
        MOVED = "moved", _("Moved")
        REFUSED = "refused", _("Answered no")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    MOVES = {
        Status.SENT: {Status.TALKING, Status.WITHDRAWN},
        Status.TALKING: {Status.PANEL, Status.REFUSED, Status.WITHDRAWN},
        Status.PANEL: {Status.ACCEPTED, Status.REFUSED, Status.WITHDRAWN},
        Status.ACCEPTED: {Status.AGREED, Status.WITHDRAWN},
        Status.AGREED: {Status.ACCEPTED, Status.MOVED, Status.WITHDRAWN},
        Status.MOVED: set(),
        Status.REFUSED: set(),
        Status.WITHDRAWN: set(),
    }
    AWAITED = (Status.SENT, Status.TALKING, Status.PANEL)  # an answer is owed
    RUNNING = (*AWAITED, Status.ACCEPTED, Status.AGREED)

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="internal_applications")
    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="internal_applications")
    motivation = models.TextField(_("why this seat"))
    language = models.CharField(max_length=2, choices=LANGUAGES, default="en")
    sent_at = models.DateTimeField(default=clock.now, editable=False)
    due_on = models.DateField(_("answer by"), editable=False)
    lifted_at = models.DateTimeField(null=True, blank=True, editable=False)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    release_by = models.DateField(_("free at the latest on"), null=True, blank=True, editable=False)
    starts_on = models.DateField(_("first day in the new seat"), null=True, blank=True, editable=False)
    hiring_agreed_at = models.DateTimeField(null=True, blank=True, editable=False)
    present_agreed_at = models.DateTimeField(null=True, blank=True, editable=False)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.SENT, editable=False)
    panels = GenericRelation(Panel)  # they go with it

    objects = RuledQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["status", "due_on"]), models.Index(fields=["due_on", "id"])]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "opening"], condition=~Q(status__in=["refused", "withdrawn", "moved"]), name="one_running_application_each"
            ),
        ]

    def __str__(self):
        return f"application {self.pk}"  # never whose

    def get_absolute_url(self):
        return reverse("mobility:application_detail", args=[self.pk])

    @property
    def is_awaited(self) -> bool:
        return self.status in self.AWAITED

    @property
    def is_running(self) -> bool:
        return self.status in self.RUNNING

    def today(self) -> date:
        """The day it is where the seat is."""
        return clock.today(self.opening.site.timezone)

    @property
    def days_late(self) -> int:
        """Whole days past the day an answer was promised; 0 in time or once answered."""
        return max((self.today() - self.due_on).days, 0) if self.is_awaited else 0


class Conversation(models.Model):
    """One logged exchange between the applicant and who hires: the day, who, what was said; the applicant reads it too."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="conversations")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    on = models.DateField(_("day"))
    said = models.TextField(_("what was said"))
    language = models.CharField(max_length=2, choices=LANGUAGES, default="en")
    logged_at = models.DateTimeField(default=clock.now, editable=False)

    objects = RuledQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["-on", "-id"])]

    def __str__(self):
        return f"conversation {self.pk}"


class Refusal(models.Model):
    """The answer no: one criterion of the description, what was seen of it, and one next step."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="refusal")
    criterion_en = models.CharField(max_length=255)
    criterion_fr = models.CharField(max_length=255)
    because = models.TextField(_("what was seen of it"))
    next_step = models.TextField(_("one next step"))
    language = models.CharField(max_length=2, choices=LANGUAGES, default="en")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    criterion = Bilingual("criterion")
    objects = RuledQuerySet.as_manager()

    def __str__(self):
        return f"refusal {self.pk}"


class Reading(models.Model):
    """Who read somebody's interest or application, once a day; only that person reads this log."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="+")
    reader = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    on = models.DateField()

    objects = RuledQuerySet.as_manager()
    sealed = True

    class Meta:
        ordering = ["-on", "pk"]
        constraints = [models.UniqueConstraint(fields=["person", "opening", "reader", "on"], name="one_reading_a_day")]

    def __str__(self):
        return f"reading {self.pk}"


class Wish(models.Model):
    """What somebody would like next, seen by whom they choose."""

    class SeenBy(models.TextChoices):
        ME = "me", _("Me alone")
        HR = "hr", _("The People team of my site, and me")
        EVERYONE = "everyone", _("All colleagues")

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="wish")
    text = models.TextField(_("what I would like next"))
    language = models.CharField(max_length=2, choices=LANGUAGES, default="en")
    seen_by = models.CharField(_("who sees it"), max_length=10, choices=SeenBy.choices, default=SeenBy.ME)
    at = models.DateTimeField(default=clock.now, editable=False)

    objects = RuledQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "wishes"

    def __str__(self):
        return f"wish {self.pk}"
