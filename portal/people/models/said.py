"""What people say of a page: what is wrong on it, a skill seen at work, how the time of a job is really spent."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.people.models.job import JobDescription
from portal.people.models.person import Person
from portal.people.models.skill import PersonSkill
from portal.rules import RuledQuerySet


class Correction(models.Model):
    """Somebody says that a page is wrong, lacks something, or that its person has left; the owner decides."""

    class Kind(models.TextChoices):
        WRONG = "wrong", _("Something is wrong")
        MISSING = "missing", _("Something is missing")
        LEFT = "left", _("This person has left")

    class Status(models.TextChoices):
        OPEN = "open", _("Waiting for an answer")
        ACCEPTED = "accepted", _("Accepted")
        DISMISSED = "dismissed", _("Dismissed")

    MOVES = {Status.OPEN: {Status.ACCEPTED, Status.DISMISSED}}

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="corrections")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(_("what is it?"), max_length=10, choices=Kind.choices)
    field = models.CharField(_("which line?"), max_length=30, blank=True)
    before = models.TextField(blank=True)
    proposed = models.TextField(_("what should it say?"), blank=True)
    note = models.CharField(_("a word of explanation"), max_length=300, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN, editable=False)
    at = models.DateTimeField(default=clock.now, editable=False)

    objects = RuledQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["person", "status"])]

    def __str__(self):
        return f"{self.person}: {self.get_kind_display()}"


class SkillConfirmation(models.Model):
    """One colleague saw this skill, at work or in an interview, and says what they saw in one line."""

    class Where(models.TextChoices):
        WORK = "work", _("At work")
        INTERVIEW = "interview", _("In an interview")

    holding = models.ForeignKey(PersonSkill, on_delete=models.CASCADE, related_name="confirmations")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="confirmations_given")
    where = models.CharField(_("where you saw it"), max_length=10, choices=Where.choices, default=Where.WORK)
    seen = models.CharField(_("what you saw, in one line"), max_length=160)
    language = models.CharField(max_length=2, choices=[("en", "English"), ("fr", "Français")], default="en")
    on = models.DateField(default=clock.today)

    objects = RuledQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["-on", "-id"])]
        constraints = [models.UniqueConstraint(fields=["holding", "by"], name="one_confirmation_each")]

    def __str__(self):
        return self.seen


class ShareConfirmation(models.Model):
    """Somebody who holds the job says how its time is really spent; of one version of the description."""

    job = models.ForeignKey(JobDescription, on_delete=models.CASCADE, related_name="confirmations")
    version = models.PositiveIntegerField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="share_confirmations")
    shares = models.JSONField(default=dict)  # key of the activity, as text → percent
    on = models.DateField(default=clock.today)

    objects = RuledQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["job", "version", "person"], name="one_share_confirmation_each")]

    def __str__(self):
        return f"{self.job} {self.version}: {self.person}"
