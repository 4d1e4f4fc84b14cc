"""What somebody agreed to when leaving: three separate consents with their proof, and the card others may read."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal import clock
from portal.people.models import Person
from portal.rules import RuledQuerySet

LANGUAGES = [("en", "English"), ("fr", "Français")]


class ConsentQuerySet(RuledQuerySet):
    def alive(self):
        """Given, neither withdrawn nor over."""
        return self.filter(alive())


def alive() -> Q:
    """The consents that hold today."""
    return Q(status="given", until__gte=clock.today())


class Consent(models.Model):
    """One yes, for one purpose, to one text; never rewritten: a renewal is another row, and the old one stays as proof."""

    class Scope(models.TextChoices):
        REACHABLE = "reachable", _("Stay reachable")
        MENTOR = "mentor", _("Mentor newcomers")
        AMBASSADOR = "ambassador", _("Speak about the company")

    class Status(models.TextChoices):
        GIVEN = "given", pgettext_lazy("mentoring", "Given")
        RENEWED = "renewed", _("Renewed")
        WITHDRAWN = "withdrawn", pgettext_lazy("mentoring", "Withdrawn")
        ENDED = "ended", _("Ended by itself")

    class Door(models.TextChoices):
        PAGE = "page", _("the page of consents")
        MAIL = "mail", _("the link of a mail")
        LEAVING = "leaving", _("leaving the alumni")
        DATE = "date", _("its end date")

    MOVES = {Status.GIVEN: {Status.RENEWED, Status.WITHDRAWN, Status.ENDED}}

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    scope = models.CharField(_("purpose"), max_length=12, choices=Scope.choices)
    version = models.PositiveSmallIntegerField(_("version of the text"))
    text = models.TextField(_("text agreed to"))
    language = models.CharField(_("language of the text"), max_length=2, choices=LANGUAGES)
    given_at = models.DateTimeField(_("given"), default=clock.now, editable=False)
    given_by = models.CharField(_("given on"), max_length=10, choices=Door.choices, default=Door.PAGE, editable=False)
    until = models.DateField(_("until"))
    asked_again_at = models.DateTimeField(_("renewal asked"), null=True, blank=True, editable=False)
    over_at = models.DateTimeField(_("over since"), null=True, blank=True, editable=False)
    over_by = models.CharField(_("ended by"), max_length=10, choices=Door.choices, blank=True, editable=False)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.GIVEN, editable=False)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["-given_at", "-pk"]
        indexes = [models.Index(fields=["person", "scope", "status"]), models.Index(fields=["status", "until"])]
        constraints = [models.UniqueConstraint(fields=["person", "scope"], condition=Q(status="given"), name="one_consent_each")]

    def __str__(self):
        return f"{self.get_scope_display()}, {self.person}"

    @property
    def is_alive(self) -> bool:
        return self.status == self.Status.GIVEN and self.until >= clock.today()


class AlumniCard(models.Model):
    """What an alumnus tells of themselves beside name and former role; each line with the readers they chose."""

    class SeenBy(models.TextChoices):
        ME = "me", _("Me alone")
        ALUMNI = "alumni", _("Alumni")
        EVERYONE = "everyone", _("Alumni and colleagues")

    FIELDS = ("now", "town", "topics", "address", "link")

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="alumni_card")
    now = models.CharField(_("what I do now"), max_length=160, blank=True)
    town = models.CharField(_("town"), max_length=80, blank=True)
    topics = models.TextField(_("what I may be asked about"), max_length=600, blank=True, help_text=_("One subject a line."))
    address = models.EmailField(_("e-mail address to write to"), blank=True)
    link = models.URLField(_("a page about me"), blank=True)
    language = models.CharField(max_length=2, choices=LANGUAGES, default="en")
    seen_by = models.JSONField(default=dict, blank=True)  # field → SeenBy; nothing chosen: me alone

    objects = RuledQuerySet.as_manager()

    class Meta:
        ordering = ["person__family_name", "person__given_name", "pk"]

    def __str__(self):
        return str(self.person)

    def get_absolute_url(self):
        return reverse("alumni:person_detail", args=[self.person.slug])

    def level_of(self, field: str) -> str:
        """Who reads `field`: its owner's choice, nobody else as long as they chose none."""
        chosen = self.seen_by.get(field)
        return chosen if chosen in self.SeenBy.values else self.SeenBy.ME

    def shown(self, *, colleague: bool, alumnus: bool, own: bool = False) -> dict[str, str]:
        """The lines a reader may read."""
        levels = {self.SeenBy.EVERYONE: colleague or alumnus or own, self.SeenBy.ALUMNI: alumnus or own, self.SeenBy.ME: own}
        return {field: value for field in self.FIELDS if (value := getattr(self, field)) and levels[self.level_of(field)]}


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the 28th stands for the days some months lack."""
    month = day.month - 1 + months
    return date(day.year + month // 12, month % 12 + 1, min(day.day, 28))
