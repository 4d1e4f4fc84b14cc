"""The application: one person, one opening, the words read, where it stands, and what was said."""

import hashlib
import secrets
from datetime import timedelta
from types import SimpleNamespace

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.panels.models import Panel
from portal.people.models import Employee, Opening, Person
from portal.rules import RuledQuerySet
from recruitment.models.advert import AdvertVersion
from recruitment.models.cv import CV
from recruitment.models.process import Question, Stage

POOL_LASTS = timedelta(days=365)  # agreed to be written to about other jobs
KEPT_AFTER_END = timedelta(days=92)  # three months to explain a refusal (STANDARDS 2.1)
LANGUAGES = [("en", "English"), ("fr", "Français")]


def new_token() -> tuple[str, str]:
    """A private link's token, and the hash under which it is kept."""
    token = secrets.token_urlsafe(24)
    return token, token_hash(token)


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class Draft(models.Model):
    """An application being written, opened by its private link; it goes when sent, or 30 days after the last word."""

    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="drafts")
    advert = models.ForeignKey(AdvertVersion, on_delete=models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=2, choices=LANGUAGES, default="en")
    words = models.JSONField(default=dict)  # {step: cleaned answers}
    touch = models.JSONField(default=dict)  # first and last campaign
    cv = models.OneToOneField(CV, null=True, blank=True, on_delete=models.SET_NULL, related_name="draft")
    begun_at = models.DateTimeField(default=clock.now)
    saved_at = models.DateTimeField(default=clock.now)

    def __str__(self):
        return f"{self.opening.reference}, {self.begun_at:%d %b}"


class ApplicationQuerySet(RuledQuerySet):
    def live(self):
        """Still in the process, from our side: somebody owes an act."""
        return self.filter(status__in=Application.LIVE)

    def awaiting(self):
        """Waits for an answer that only a decision of a person gives."""
        return self.filter(status=Application.Status.ACTIVE)


class Application(models.Model):
    """Status and stage move in recruitment/transitions.py only."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("In process")
        OFFERED = "offered", _("Offer made")
        ACCEPTED = "accepted", _("Offer accepted")
        HIRED = "hired", _("Hired")
        REFUSED = "refused", _("Answered no")
        DECLINED = "declined", _("Offer declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    MOVES = {
        Status.ACTIVE: {Status.OFFERED, Status.REFUSED, Status.WITHDRAWN},
        Status.OFFERED: {Status.ACCEPTED, Status.DECLINED, Status.ACTIVE, Status.WITHDRAWN},
        Status.ACCEPTED: {Status.HIRED, Status.WITHDRAWN},
        Status.HIRED: {Status.ACCEPTED},
        Status.REFUSED: {Status.ACTIVE},
    }
    LIVE = (Status.ACTIVE, Status.OFFERED, Status.ACCEPTED)
    ENDED = (Status.REFUSED, Status.DECLINED, Status.WITHDRAWN)

    reference = models.CharField(max_length=20, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="applications")
    opening = models.ForeignKey(Opening, on_delete=models.PROTECT, related_name="applications")
    advert = models.ForeignKey(AdvertVersion, on_delete=models.PROTECT, related_name="applications")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ACTIVE, editable=False)
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="applications", editable=False)
    stage_since = models.DateTimeField(default=clock.now, editable=False)
    due_on = models.DateField(editable=False)  # what the stage promised
    promised_on = models.DateField(null=True, blank=True, editable=False)  # the new date, when we are late
    promise_words = models.CharField(max_length=300, blank=True, editable=False)
    number = models.PositiveIntegerField(editable=False)  # within its opening: the code name A-17
    revealed_at = models.DateTimeField(null=True, blank=True, editable=False)
    language = models.CharField(max_length=2, choices=LANGUAGES, default="en")
    email = models.EmailField()
    phone = models.CharField(max_length=30, blank=True)
    cv = models.OneToOneField(CV, null=True, blank=True, on_delete=models.SET_NULL, related_name="application")
    experience = models.JSONField(default=list, blank=True)  # the short form: [{"role", "place", "years"}]
    skills = models.JSONField(default=list, blank=True)  # words the candidate confirmed
    first_touch = models.JSONField(default=dict, blank=True)
    last_touch = models.JSONField(default=dict, blank=True)
    referral = models.CharField(max_length=40, blank=True)
    submitted_at = models.DateTimeField(default=clock.now, editable=False)
    first_answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    pool_until = models.DateField(null=True, blank=True)  # agreed to be written to about other jobs until then
    employee = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.SET_NULL, related_name="applications", editable=False)
    panels = GenericRelation(Panel)  # they go with it

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["stage_since", "pk"]
        indexes = [
            models.Index(fields=["opening", "status", "stage", "stage_since"]),
            models.Index(fields=["status", "due_on"]),
            models.Index(fields=["submitted_at"]),
            models.Index(fields=["email"]),
        ]
        constraints = [models.UniqueConstraint(fields=["opening", "number"], name="one_code_name_each")]

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return reverse("hiring:application", args=[self.pk])

    @property
    def code(self) -> str:
        return f"A-{self.number:02}"

    @property
    def is_blind(self) -> bool:
        """Before the reveal nobody reads who this is: not in a list, not on the file, not in a mail."""
        return self.revealed_at is None

    @property
    def face(self):
        """Who to show: the person, or a code name."""
        return SimpleNamespace(display_name=self.code, first_name=self.code, initials="", hue="stone") if self.is_blind else self.person

    @property
    def may_be_corrected(self) -> bool:
        """By its own candidate: until it becomes a contract, whose names the People team keeps."""
        return self.status not in (self.Status.ACCEPTED, self.Status.HIRED) and self.person.user_id is None

    @property
    def answer_by(self):
        """The date that holds now: the new promise, else the stage's own."""
        return self.promised_on or self.due_on

    @property
    def today(self):
        return clock.today(self.opening.site.timezone)

    @property
    def days_here(self) -> int:
        """Days waited at this stage; the day it came is day 1, and so is the next."""
        return max(1, (self.today - self._came_on).days)

    @property
    def days_promised(self) -> int:
        """Days this stage has until its answer, with those added where nobody works on the last."""
        return max(1, (self.due_on - self._came_on).days)

    @property
    def _came_on(self):
        return clock.day(self.stage_since, self.opening.site.timezone)

    @property
    def days_late(self) -> int:
        """Days past what the stage promised; a new promise does not make us less late."""
        return max(0, (self.today - self.due_on).days) if self.status == self.Status.ACTIVE else 0

    @property
    def first_by(self) -> str:
        """What first brought them here, in full, when it was not what brought them last."""
        first = ", ".join(self.first_touch.values())
        return "" if first == self.last_by else first

    @property
    def last_by(self) -> str:
        """What brought them last, in full: the source, then medium and campaign where the link told."""
        return ", ".join((self.last_touch or self.first_touch).values())

    @property
    def source(self) -> str:
        """The last campaign in words, for lists."""
        return self.last_touch.get("source") or self.first_touch.get("source") or ""


class PrivateLink(models.Model):
    """A link that opens the candidate's page; only its hash is kept, and an older one stays good until the file goes."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=clock.now)

    def __str__(self):
        return f"{self.application}, {self.made_at:%d %b}"


class LinkRequest(models.Model):
    """Somebody asked for a lost link: written for every address, known or not, and answered by the worker."""

    email = models.EmailField()
    language = models.CharField(max_length=2, choices=LANGUAGES, default="en")
    at = models.DateTimeField(default=clock.now)
    handled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["handled_at"])]

    def __str__(self):
        return f"{self.at:%d %b %H:%M}"


class Answer(models.Model):
    """What somebody answered to a question, with the question as it was read."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, null=True, on_delete=models.SET_NULL, related_name="answers")
    asked = models.CharField(max_length=200)
    text = models.TextField()

    class Meta:
        ordering = ["question__order", "pk"]

    def __str__(self):
        return self.asked


class Adjustment(models.Model):
    """What somebody needs to take part as well as others; apart from the file, never shown to readers."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="adjustment")
    text = models.TextField()
    at = models.DateTimeField(default=clock.now)

    objects = RuledQuerySet.as_manager()

    def __str__(self):
        return str(self.application)


class Note(models.Model):
    """A word between those who hire; the person can read it in their download."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(_("note"))
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.application}, {self.at:%d %b}"


class Message(models.Model):
    """A word between the candidate (without `by`) and the team."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="messages")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    from_candidate = models.BooleanField(default=False)
    text = models.TextField(_("message"))
    at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.application}, {self.at:%d %b}"
