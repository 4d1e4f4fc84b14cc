"""Jobs: what the work is, and the seats to fill."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.languages import Bilingual, Text, both_titles
from portal.people import tongues
from portal.people.models.employment import Contract
from portal.people.models.person import Person
from portal.people.models.place import Site, Team
from portal.people.models.skill import Skill
from portal.rules import RuledQuerySet

CURRENCIES = ("EUR", "GBP", "CHF", "USD", "CAD")
SIGNS = {"EUR": "€", "GBP": "£"}  # the others are said by their letters


class Trade(models.Model):
    """A trade (métier): what a community of practice and a job description share."""

    slug = models.SlugField(unique=True)
    name_en = models.CharField(max_length=120)
    name_fr = models.CharField(max_length=120, blank=True)

    name = Bilingual("name")

    class Meta:
        ordering = ["name_en"]

    def __str__(self):
        return str(self.name)


class Title(Bilingual):
    """The title of a job: in French for everybody, as its advert says it."""

    def __get__(self, instance, owner=None):
        text = super().__get__(instance, owner)
        if instance is None or text.lang != "fr":
            return text
        return Text(both_titles(instance.title_fr, instance.title_fr_f), "fr")


class JobDescription(models.Model):
    """What the job is: mission, activities with shares of time, skills, demanding sides, pay range."""

    slug = models.SlugField(max_length=140, unique=True)
    version = models.PositiveIntegerField(default=1)
    title_en = models.CharField(_("title in English"), max_length=120)
    title_fr = models.CharField(_("title in French, masculine or neutral"), max_length=120)
    title_fr_f = models.CharField(_("title in French, feminine"), max_length=120, blank=True)
    trade = models.ForeignKey(Trade, verbose_name=_("trade"), null=True, blank=True, on_delete=models.SET_NULL, related_name="jobs")
    mission_en = models.TextField(_("mission in English"))
    mission_fr = models.TextField(_("mission in French"))
    brings_en = models.TextField(_("what you bring, in English"), blank=True)
    brings_fr = models.TextField(_("what you bring, in French"), blank=True)
    good_to_have_en = models.TextField(_("good to have, in English"), blank=True)
    good_to_have_fr = models.TextField(_("good to have, in French"), blank=True)
    conditions_en = models.TextField(_("conditions in English"))
    conditions_fr = models.TextField(_("conditions in French"))
    demanding_en = models.TextField(_("demanding sides in English"))
    demanding_fr = models.TextField(_("demanding sides in French"))
    pay_min = models.PositiveIntegerField(_("pay from, a year"))
    pay_max = models.PositiveIntegerField(_("pay to, a year"))
    currency = models.CharField(_("currency"), max_length=3, default="EUR", choices=[(code, code) for code in CURRENCIES])
    next_steps_en = models.TextField(_("where it leads, in English"), blank=True)
    next_steps_fr = models.TextField(_("where it leads, in French"), blank=True)

    title = Title("title")
    mission = Bilingual("mission")
    brings = Bilingual("brings")
    good_to_have = Bilingual("good_to_have")
    conditions = Bilingual("conditions")
    demanding = Bilingual("demanding")
    next_steps = Bilingual("next_steps")
    objects = RuledQuerySet.as_manager()

    class Meta:
        ordering = ["title_en"]
        constraints = [models.CheckConstraint(condition=models.Q(pay_max__gte=models.F("pay_min")), name="job_pay_range_in_order")]

    def __str__(self):
        return str(self.title)

    @property
    def pay_sign(self) -> str:
        return SIGNS.get(self.currency, self.currency)

    def get_absolute_url(self):
        return reverse("people:job_detail", args=[self.slug])


class Activity(models.Model):
    """One activity of a job, with its share of the working time in percent; a job's shares sum to 100."""

    job = models.ForeignKey(JobDescription, on_delete=models.CASCADE, related_name="activities")
    text_en = models.CharField(_("activity in English"), max_length=200)
    text_fr = models.CharField(_("activity in French"), max_length=200)
    share = models.PositiveSmallIntegerField(_("share of time, in percent"))
    order = models.PositiveSmallIntegerField(default=0)

    text = Bilingual("text")

    class Meta:
        ordering = ["order", "-share", "pk"]
        verbose_name_plural = "activities"

    def __str__(self):
        return f"{self.text}, {self.share} %"


class JobSkill(models.Model):
    """A skill that a job needs, or that one learns in it."""

    job = models.ForeignKey(JobDescription, on_delete=models.CASCADE, related_name="job_skills")
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="job_skills")
    level = models.PositiveSmallIntegerField(_("level"), default=2)
    learnt = models.BooleanField(_("learnt in the job"), default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "skill"], name="one_job_skill_each")]

    def __str__(self):
        return f"{self.job}: {self.skill}"


class JobVersion(models.Model):
    """The whole text of a job as it was in one version."""

    job = models.ForeignKey(JobDescription, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    body = models.JSONField(default=dict)  # portal/people/describing.py: body_of
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(null=True, default=clock.now)  # None: before the portal kept versions

    objects = RuledQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["job", "number"], name="one_text_for_each_version")]

    def __str__(self):
        return f"{self.job} {self.number}"


class Opening(models.Model):
    """A seat to fill, shown inside, outside, or inside first."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    class Audience(models.TextChoices):
        INSIDE = "inside", _("Inside only")
        INSIDE_FIRST = "inside_first", _("Inside first, then outside")
        BOTH = "both", _("Inside and outside")

    MOVES = {Status.DRAFT: {Status.OPEN}, Status.OPEN: {Status.CLOSED}, Status.CLOSED: {Status.OPEN}}

    slug = models.SlugField(max_length=140, unique=True)
    reference = models.CharField(_("reference"), max_length=20, unique=True)
    job = models.ForeignKey(JobDescription, verbose_name=_("job description"), on_delete=models.PROTECT, related_name="openings")
    team = models.ForeignKey(Team, verbose_name=_("team"), on_delete=models.PROTECT, related_name="openings")
    site = models.ForeignKey(Site, verbose_name=_("site"), on_delete=models.PROTECT, related_name="openings")
    hiring_manager = models.ForeignKey(Person, verbose_name=_("hiring manager"), on_delete=models.PROTECT, related_name="hires_for")
    panel = models.ManyToManyField(Person, blank=True, related_name="+", verbose_name=_("who sits on the panel"))
    contract = models.CharField(_("contract"), max_length=20, choices=Contract.choices, default=Contract.PERMANENT)
    remote_days = models.PositiveSmallIntegerField(_("days at home a week"), default=0)
    fully_remote = models.BooleanField(_("fully remote"), default=False)
    work_language = models.CharField(_("working language"), max_length=2, choices=[("en", "English"), ("fr", "Français")], default="fr")
    reason_en = models.CharField(_("why this seat is open, in English"), max_length=200, blank=True)
    reason_fr = models.CharField(_("why this seat is open, in French"), max_length=200, blank=True)
    seats = models.PositiveSmallIntegerField(_("seats"), default=1)
    audience = models.CharField(_("shown"), max_length=15, choices=Audience.choices, default=Audience.BOTH)
    inside_first_days = models.PositiveSmallIntegerField(_("days inside first"), default=0)
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    closes_on = models.DateField(_("closing date"))
    starts_on = models.DateField(_("start date"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    reason = Bilingual("reason")
    objects = RuledQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        indexes = [models.Index(fields=["status", "closes_on"])]

    def __str__(self):
        return f"{self.job.title}, {self.site}"

    def get_absolute_url(self):
        return reverse("people:opening_detail", args=[self.slug])

    @property
    def tongue(self) -> str:
        """The language people work in, inside a sentence."""
        return tongues.said(self.work_language)
