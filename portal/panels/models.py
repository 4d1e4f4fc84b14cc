"""A panel, its criteria, its members and their ballots; ballots are sealed from everyone until the opening."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.dates import date_format
from portal.languages import Bilingual
from portal.panels import counting, kinds
from portal.people.models import Person
from portal.rules import RuledQuerySet


class College(models.TextChoices):
    HR = counting.HR, _("People team")
    MANAGER = counting.MANAGER, _("Manager")
    TEAM = counting.TEAM, _("Team")


class Panel(models.Model):
    """One matter to decide together. Rule, criteria and quorum are frozen when it opens."""

    class Status(models.TextChoices):
        VOTING = "voting", _("Ballots, blind")
        MEETING = "meeting", _("To talk over")
        OPENED = "opened", _("Opened to the panel")
        DECIDED = "decided", _("Decided")
        CANCELLED = "cancelled", _("Stopped")

    class Rule(models.TextChoices):
        CONSENT = counting.CONSENT, _("Consent")
        MAJORITY = counting.MAJORITY, _("Majority in each college")

    class Mode(models.TextChoices):
        BALLOTS = "ballots", _("Ballots of three colleges")
        SIGNED = "signed", _("Two signed written reasons")

    class Decision(models.TextChoices):
        GO = counting.GO, _("Yes")
        NO_GO = counting.NO_GO, _("No")

    MOVES = {
        Status.VOTING: {Status.MEETING, Status.OPENED, Status.CANCELLED},
        Status.MEETING: {Status.OPENED, Status.CANCELLED},
        Status.OPENED: {Status.DECIDED, Status.CANCELLED},
    }

    kind = models.CharField(max_length=40)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey()
    about = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="panels_about")
    rule = models.CharField(_("rule"), max_length=10, choices=Rule.choices)
    mode = models.CharField(max_length=10, choices=Mode.choices, default=Mode.BALLOTS)
    quorum = models.JSONField(default=dict)  # college → ballots needed at least
    reserves = models.JSONField(default=list)  # keys of people drawn after the members, in the order of the draw
    deadline = models.DateTimeField(_("ballots until"))
    convened_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    convened_at = models.DateTimeField(default=clock.now)
    unsealed_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.VOTING, editable=False)
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True, editable=False)
    meeting_note = models.TextField(blank=True)
    overruled_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    overrule_reason = models.TextField(blank=True)

    objects = RuledQuerySet.as_manager()

    class Meta:
        ordering = ["deadline", "pk"]
        indexes = [models.Index(fields=["content_type", "object_id"]), models.Index(fields=["status", "deadline"])]
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id"], condition=~Q(status__in=["decided", "cancelled"]), name="one_panel_at_a_time")
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("panels:panel_detail", args=[self.pk])

    @property
    def registered(self) -> kinds.Kind:
        return kinds.get(self.kind)

    @property
    def title(self) -> str:
        return self.registered.title(self.subject)

    @property
    def is_blind(self) -> bool:
        return self.status == self.Status.VOTING

    @property
    def is_signed(self) -> bool:
        return self.mode == self.Mode.SIGNED

    @property
    def stands(self) -> str:
        """Where it stands, in words: there are no ballots where two sign, and what was decided is said."""
        if self.status == self.Status.DECIDED:
            return _("Decided: the answer is yes") if self.decision == self.Decision.GO else _("Decided: the answer is no")
        return _("Two signed reasons, awaited") if self.is_signed and self.is_blind else self.get_status_display()

    @property
    def closes(self) -> str:
        """The last moment of the ballots, in words."""
        return self.hour(self.deadline)

    @property
    def opened(self) -> str:
        return self.hour(self.unsealed_at)

    def hour(self, moment) -> str:
        """A moment by the clock of the seat's site, which is named where it is not that of the head office."""
        site = self.registered.site(self.subject)
        words = date_format(moment.astimezone(ZoneInfo(site.timezone)), "DATETIME_FORMAT")
        return words if site.timezone == settings.TIME_ZONE else gettext("%(moment)s, %(place)s time") % {"moment": words, "place": site.city}


class Criterion(models.Model):
    """One criterion, taken from the job; `summary` is the line the person reads at the end, in `summary_language`."""

    panel = models.ForeignKey(Panel, on_delete=models.CASCADE, related_name="criteria")
    text_en = models.CharField(max_length=200)
    text_fr = models.CharField(max_length=200)
    order = models.PositiveSmallIntegerField()
    summary = models.CharField(max_length=400, blank=True)
    summary_language = models.CharField(max_length=2, default="en")

    text = Bilingual("text")

    class Meta:
        ordering = ["order", "pk"]
        verbose_name_plural = "criteria"

    def __str__(self):
        return str(self.text)


class Member(models.Model):
    """A person on a panel, for one college; whoever steps aside keeps their row and loses the panel."""

    panel = models.ForeignKey(Panel, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="panel_seats")
    college = models.CharField(max_length=10, choices=College.choices)
    volunteer = models.BooleanField(default=False)
    stepped_aside_at = models.DateTimeField(null=True, blank=True)

    objects = RuledQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["panel", "person"], name="one_person_one_college")]

    def __str__(self):
        return f"{self.person}, {self.get_college_display()}"


class Ballot(models.Model):
    """What one member thinks. Sealed: nobody reads it before the opening but its author; not HR, not superusers."""

    class Choice(models.TextChoices):
        YES = counting.YES, _("Yes")
        NO = counting.NO, _("No")
        ABSTAIN = counting.ABSTAIN, _("I abstain")

    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="ballot")
    choice = models.CharField(max_length=10, choices=Choice.choices)
    objection = models.ForeignKey(Criterion, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    objection_reason = models.TextField(blank=True)
    sealed_at = models.DateTimeField(default=clock.now)

    objects = RuledQuerySet.as_manager()
    sealed = True

    def __str__(self):
        return f"ballot {self.pk}"  # never its content


class BallotLine(models.Model):
    """One criterion of one ballot, with the reason."""

    class Verdict(models.TextChoices):
        MEETS = "meets", _("Meets it")
        PARTLY = "partly", _("Partly")
        NOT = "not", _("Does not")
        UNSEEN = "unseen", _("Not seen")

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="lines")
    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="lines")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    because = models.TextField()

    objects = RuledQuerySet.as_manager()
    sealed = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ballot", "criterion"], name="one_line_a_criterion")]

    def __str__(self):
        return f"line {self.pk}"


class Volunteer(models.Model):
    """A colleague who is ready to sit on panels of their team."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="panel_volunteer")
    since = models.DateTimeField(default=clock.now)

    def __str__(self):
        return str(self.person)
