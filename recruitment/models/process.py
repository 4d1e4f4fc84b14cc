"""The process: which stages an application passes, how long each may take and who acts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.languages import Bilingual
from portal.people.models import Opening, Person
from portal.rules import RuledQuerySet


class Process(models.Model):
    """The stages and questions of one opening, copied from a template (a process without opening) when it is published."""

    opening = models.OneToOneField(Opening, null=True, blank=True, on_delete=models.CASCADE, related_name="process")
    name = models.CharField(_("name"), max_length=80)
    recruiter = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("recruiter"))
    meets = models.ManyToManyField(Person, blank=True, related_name="+", verbose_name=_("people who accept to be shown on the job page"))

    objects = RuledQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "processes"

    def __str__(self):
        return self.name


class Stage(models.Model):
    """One step of a process. The candidate reads its name, its words and by when it is answered."""

    class Who(models.TextChoices):
        RECRUITER = "recruiter", _("the recruiter")
        MANAGER = "manager", _("the hiring manager")
        TEAM = "team", _("the team")
        PANEL = "panel", _("the panel")

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="stages")
    order = models.PositiveSmallIntegerField()
    name_en = models.CharField(_("name in English"), max_length=60)
    name_fr = models.CharField(_("name in French"), max_length=60)
    step_en = models.CharField(_("what the candidate reads, in English"), max_length=120)
    step_fr = models.CharField(_("what the candidate reads, in French"), max_length=120)
    words_en = models.CharField(_("how it goes, in English"), max_length=200, blank=True)
    words_fr = models.CharField(_("how it goes, in French"), max_length=200, blank=True)
    days = models.PositiveSmallIntegerField(_("answered within, in days"), default=7)
    who = models.CharField(_("who acts"), max_length=10, choices=Who.choices, default=Who.RECRUITER)
    blind = models.BooleanField(_("names hidden"), default=False)

    name = Bilingual("name")
    step = Bilingual("step")
    words = Bilingual("words")

    class Meta:
        ordering = ["process", "order"]
        constraints = [models.UniqueConstraint(fields=["process", "order"], name="one_stage_per_order")]

    def __str__(self):
        return str(self.name)


class Question(models.Model):
    """One question the team asks everybody who applies."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="questions")
    order = models.PositiveSmallIntegerField()
    text_en = models.CharField(_("question in English"), max_length=200)
    text_fr = models.CharField(_("question in French"), max_length=200)
    hint_en = models.CharField(max_length=200, blank=True)
    hint_fr = models.CharField(max_length=200, blank=True)
    required = models.BooleanField(_("must be answered"), default=True)

    text = Bilingual("text")
    hint = Bilingual("hint")

    class Meta:
        ordering = ["process", "order"]
        constraints = [models.UniqueConstraint(fields=["process", "order"], name="one_question_per_order")]

    def __str__(self):
        return str(self.text)
