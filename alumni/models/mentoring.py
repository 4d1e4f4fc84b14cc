"""Mentoring: what mentors offer, what people seek, names proposed, requests, and pairs with their sealed sessions."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal import clock
from portal.people.models import Person, Skill
from portal.rules import RuledQuerySet

LANGUAGES = [("en", "English"), ("fr", "Français")]


class Where(models.TextChoices):
    ANY = "any", _("In person or at a distance")
    REMOTE = "remote", _("At a distance")
    NEAR = "near", pgettext_lazy("mentoring", "In person")


class When(models.TextChoices):
    MORNING = "morning", _("Mornings")
    NOON = "noon", _("Lunchtime")
    AFTERNOON = "afternoon", _("Afternoons")
    EVENING = "evening", _("Evenings")
    WEEKEND = "weekend", _("Weekends")


class Offer(models.Model):
    """What one mentor offers: skills, subjects, languages, how many people, when and where; paused with dates."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="mentoring_offer")
    skills = models.ManyToManyField(Skill, blank=True, related_name="+", verbose_name=_("skills I can pass on"))
    topics = models.TextField(_("subjects"), max_length=600, blank=True, help_text=_("One subject a line."))
    language = models.CharField(max_length=2, choices=LANGUAGES, default="en")
    tongues = models.JSONField(_("languages"), default=list)  # ISO 639 codes
    capacity = models.PositiveSmallIntegerField(_("how many people at a time"), default=1)
    where = models.CharField(_("where"), max_length=8, choices=Where.choices, default=Where.ANY)
    town = models.CharField(_("town"), max_length=80, blank=True)
    when = models.JSONField(_("when"), default=list, blank=True)
    paused_from = models.DateField(_("pause from"), null=True, blank=True)
    paused_until = models.DateField(_("pause until"), null=True, blank=True)
    open = models.BooleanField(default=True, editable=False)
    made_at = models.DateTimeField(default=clock.now, editable=False)

    objects = RuledQuerySet.as_manager()

    class Meta:
        ordering = ["person__family_name", "person__given_name", "pk"]
        constraints = [models.CheckConstraint(condition=Q(capacity__gte=1) & Q(capacity__lte=5), name="offer_capacity_one_to_five")]

    def __str__(self):
        return f"offer {self.pk}"

    def get_absolute_url(self):
        return reverse("alumni:mentor_detail", args=[self.person.slug])

    @property
    def is_paused(self) -> bool:
        day = clock.today()
        return bool(self.paused_from and self.paused_from <= day and (self.paused_until is None or self.paused_until >= day))


class Seek(models.Model):
    """What somebody would like of a mentor; the worker answers with three names."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="mentor_sought")
    skills = models.ManyToManyField(Skill, blank=True, related_name="+", verbose_name=_("what I want to learn"))
    tongues = models.JSONField(_("languages"), default=list)
    where = models.CharField(_("where"), max_length=8, choices=Where.choices, default=Where.ANY)
    when = models.JSONField(_("when"), default=list, blank=True)
    at = models.DateTimeField(default=clock.now, editable=False)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)  # None: names are to be chosen

    objects = RuledQuerySet.as_manager()
    sealed = True

    class Meta:
        ordering = ["at", "pk"]
        verbose_name_plural = "mentors sought"

    def __str__(self):
        return f"mentor sought {self.pk}"


class Proposal(models.Model):
    """A name put before somebody, with three reasons; they stand side by side, in no order of merit."""

    seeker = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="mentors_proposed")
    mentor = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    reasons = models.JSONField(default=list)  # [kind, values]: alumni/words.py says them
    at = models.DateTimeField(default=clock.now, editable=False)
    open = models.BooleanField(default=True, editable=False)  # False: asked, or followed by other names

    objects = RuledQuerySet.as_manager()
    sealed = True

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["seeker", "mentor"], condition=Q(open=True), name="one_open_proposal_each")]

    def __str__(self):
        return f"proposal {self.pk}"


class Request(models.Model):
    """Somebody asks a mentor; no answer within seven days is an answer too."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting for an answer")
        ACCEPTED = "accepted", pgettext_lazy("mentoring", "Accepted")
        DECLINED = "declined", _("Not now")
        EXPIRED = "expired", _("No answer in time")
        WITHDRAWN = "withdrawn", _("Taken back")

    MOVES = {Status.WAITING: {Status.ACCEPTED, Status.DECLINED, Status.EXPIRED, Status.WITHDRAWN}}
    DAYS = timedelta(days=7)

    seeker = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="mentors_asked")
    mentor = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="mentoring_requests")
    words = models.TextField(_("a few words"), max_length=600)
    language = models.CharField(max_length=2, choices=LANGUAGES, default="en")
    reasons = models.JSONField(default=list)
    asked_at = models.DateTimeField(default=clock.now, editable=False)
    answer_by = models.DateField(editable=False)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    reply = models.TextField(_("a few words back"), max_length=600, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING, editable=False)

    objects = RuledQuerySet.as_manager()
    sealed = True

    class Meta:
        ordering = ["answer_by", "pk"]
        indexes = [models.Index(fields=["status", "answer_by"])]
        constraints = [models.UniqueConstraint(fields=["seeker"], condition=Q(status="waiting"), name="one_waiting_request_each")]

    def __str__(self):
        return f"request {self.pk}"


class Pair(models.Model):
    """Two people who agreed to meet for some weeks; what they write is theirs alone."""

    class Status(models.TextChoices):
        AGREEING = "agreeing", _("To be agreed on")
        ALIVE = "alive", _("Under way")
        ENDED = "ended", pgettext_lazy("mentoring", "Ended")

    MOVES = {Status.AGREEING: {Status.ALIVE, Status.ENDED}, Status.ALIVE: {Status.ENDED}}
    RHYTHMS = [(1, _("Every week")), (2, _("Every two weeks")), (4, _("Every four weeks"))]

    request = models.OneToOneField(Request, null=True, on_delete=models.SET_NULL, related_name="pair")
    seeker = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="mentored_in")
    mentor = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="mentors_in")
    goals = models.TextField(_("what we want to reach"), max_length=1000, blank=True)
    language = models.CharField(max_length=2, choices=LANGUAGES, default="en")
    rhythm = models.PositiveSmallIntegerField(_("how often"), choices=RHYTHMS, default=2)
    weeks = models.PositiveSmallIntegerField(_("for how many weeks"), default=12)
    seeker_agreed = models.BooleanField(default=False, editable=False)
    mentor_agreed = models.BooleanField(default=False, editable=False)
    made_at = models.DateTimeField(default=clock.now, editable=False)
    started_on = models.DateField(null=True, blank=True, editable=False)
    ended_on = models.DateField(null=True, blank=True, editable=False)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.AGREEING, editable=False)

    objects = RuledQuerySet.as_manager()
    sealed = True

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["status", "ended_on"])]
        constraints = [
            models.CheckConstraint(condition=Q(weeks__gte=4) & Q(weeks__lte=24), name="pair_four_to_twenty_four_weeks"),
            models.UniqueConstraint(fields=["seeker", "mentor"], condition=~Q(status="ended"), name="one_pair_of_two"),
        ]

    def __str__(self):
        return f"pair {self.pk}"

    def get_absolute_url(self):
        return reverse("alumni:pair_detail", args=[self.pk])

    @property
    def planned(self) -> int:
        """How many sessions the agreement foresees."""
        return max(self.weeks // self.rhythm, 1)

    @property
    def ends_on(self) -> date | None:
        """The day the agreed weeks are over."""
        return self.started_on + timedelta(weeks=self.weeks) if self.started_on else None

    def other(self, person: Person) -> Person | None:
        """The other of the two."""
        return self.mentor if person.pk == self.seeker_id else self.seeker


class Session(models.Model):
    """One meeting of a pair; its address in calendars never changes, each change counts one up."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        CANCELLED = "cancelled", pgettext_lazy("session", "Cancelled")

    MOVES = {Status.PLANNED: {Status.CANCELLED}}

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="sessions")
    starts_at = models.DateTimeField(_("when"))
    minutes = models.PositiveSmallIntegerField(_("how long, in minutes"), default=60)
    place = models.CharField(_("where: a place, or the address of a call"), max_length=200, blank=True)
    sequence = models.PositiveSmallIntegerField(default=0, editable=False)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PLANNED, editable=False)

    objects = RuledQuerySet.as_manager()
    sealed = True

    class Meta:
        ordering = ["starts_at", "pk"]

    def __str__(self):
        return f"session {self.pk}"

    @property
    def ends_at(self):
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def link(self) -> str:
        """The address of a call, when the place is one."""
        return self.place if self.place.startswith("https://") else ""


class Note(models.Model):
    """A few lines about a session, for the two of the pair and nobody else."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="notes")
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(_("note"), max_length=2000)
    language = models.CharField(max_length=2, choices=LANGUAGES, default="en")
    at = models.DateTimeField(default=clock.now, editable=False)

    objects = RuledQuerySet.as_manager()
    sealed = True

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"note {self.pk}"


class Thanks(models.Model):
    """What one of a pair thanks the other for, when it is over."""

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="thanks")
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(_("thanks"), max_length=600)
    language = models.CharField(max_length=2, choices=LANGUAGES, default="en")
    at = models.DateTimeField(default=clock.now, editable=False)

    objects = RuledQuerySet.as_manager()
    sealed = True

    class Meta:
        ordering = ["at", "pk"]
        verbose_name_plural = "thanks"
        constraints = [models.UniqueConstraint(fields=["pair", "by"], name="one_thanks_each")]

    def __str__(self):
        return f"thanks {self.pk}"
