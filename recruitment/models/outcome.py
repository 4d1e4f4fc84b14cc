"""How it ends: letters that can be held back, refusals with their reason, offers with their dates."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.models import Mail
from portal.rules import RuledQuerySet
from recruitment.models.application import Application


class Letter(models.Model):
    """A mail to a candidate about a decision, with its text as sent: it can be cancelled until it leaves."""

    class Kind(models.TextChoices):
        RECEIVED = "received", _("We have your application")
        ADVANCED = "advanced", _("Next step")
        REFUSED = "refused", _("Answer no")
        OFFERED = "offered", _("Offer")
        HIRED = "hired", _("Welcome")
        LATE = "late", _("New date")
        LINK = "link", _("Private link")
        MESSAGE = "message", _("Message")

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    mail = models.OneToOneField(Mail, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField(default=clock.now)
    leaves_at = models.DateTimeField(default=clock.now)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-written_at", "-pk"]

    def __str__(self):
        return self.subject

    @property
    def has_left(self) -> bool:
        return self.cancelled_at is None and self.leaves_at <= clock.now()


class Reason(models.TextChoices):
    """Why we answered no, for us; the candidate reads words a person chose."""

    EXPERIENCE = "experience", _("Others have done more of this work")
    SKILL = "skill", _("A skill the job cannot do without")
    LANGUAGE = "language", _("Working language")
    WISHES = "wishes", _("Wishes and job do not meet (pay, place, time)")
    OTHER_CHOSEN = "other_chosen", _("Another person was chosen")
    CLOSED = "closed", _("The job will not be filled")
    INCOMPLETE = "incomplete", _("Answers missing, asked twice")


class Refusal(models.Model):
    """One answer no: its reason for us, its words for the person, what was seen and stays theirs."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="refusals")
    reason = models.CharField(_("reason, for us"), max_length=20, choices=Reason.choices)
    because = models.TextField(_("in your words, for us"), blank=True)
    words = models.TextField(_("what the person reads"))
    together = models.PositiveSmallIntegerField(default=1)  # how many were answered at once
    letter = models.OneToOneField(Letter, null=True, on_delete=models.SET_NULL, related_name="refusal")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.application}: {self.get_reason_display()}"


class Seen(models.Model):
    """What somebody who met the candidate recognised, in words; theirs to keep, whatever the answer."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="seen")
    text = models.CharField(_("what you saw"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    shown_from = models.DateTimeField(default=clock.now)  # never before the letter that goes with it

    class Meta:
        ordering = ["shown_from", "pk"]

    def __str__(self):
        return self.text


class Offer(models.Model):
    """What we propose, until when; answered by the candidate's private link."""

    class Status(models.TextChoices):
        OUT = "out", _("Waiting for the person")
        ACCEPTED = "accepted", _("The person said yes")
        DECLINED = "declined", _("The person said no")
        TAKEN_BACK = "taken_back", _("Taken back")

    MOVES = {Status.OUT: {Status.ACCEPTED, Status.DECLINED, Status.TAKEN_BACK}}

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="offers")
    pay = models.PositiveIntegerField(_("pay, a year"))
    currency = models.CharField(max_length=3, default="EUR")
    starts_on = models.DateField(_("first day"))
    expires_on = models.DateField(_("answer awaited until"))
    words = models.TextField(_("what you want to say"), blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OUT, editable=False)
    made_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = RuledQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return f"{self.application}, {self.get_status_display()}"
