"""Skills: one directory in two languages, and who has which."""

import unicodedata

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase

from portal.languages import Text
from portal.people import groups
from portal.rules import RuledQuerySet

LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "’": "'", "-": " "})


def fold(text: str) -> str:
    """`text` in small letters without accents: what words are compared by."""
    bare = unicodedata.normalize("NFKD", text.lower().translate(LETTERS))
    return " ".join("".join(letter for letter in bare if not unicodedata.combining(letter)).split())


class Skill(TagBase):
    """A skill: taggit's tag with a label in both languages, aliases, a group and its ESCO address."""

    name = models.CharField(_("label in English"), max_length=255, unique=True)
    slug = models.SlugField(max_length=255, unique=True, allow_unicode=False)
    label_fr = models.CharField(_("label in French"), max_length=255, blank=True)
    group = models.CharField(_("group"), max_length=80, blank=True)
    esco_uri = models.URLField(max_length=200, unique=True, null=True, blank=True)
    folded = models.TextField(blank=True, editable=False)  # all its words without accents, a line each: see portal/people/skills.py
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged")

    objects = RuledQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    @property
    def label(self) -> Text:
        """The label in the reader's language, English when there is no French one."""
        if (get_language() or "en").startswith("fr") and self.label_fr:
            return Text(self.label_fr, "fr")
        return Text(self.name, "en")

    @property
    def group_label(self) -> str:
        return groups.named(self.group)

    def get_absolute_url(self):
        return reverse("people:skill_detail", args=[self.slug])

    def all_words(self) -> str:
        """Labels and aliases, folded, a line each and one before: "\\nword" finds what starts a line."""
        words = [self.name, self.label_fr, *(alias.text for alias in self.aliases.all())] if self.pk else [self.name, self.label_fr]
        return "\n" + "\n".join(dict.fromkeys(fold(word) for word in words if word))

    def save(self, *args, **kwargs):
        """Keep `folded` true; whoever writes rows in bulk calls `skills.refold` after."""
        self.folded = self.all_words()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "folded"}
        super().save(*args, **kwargs)


class SkillAlias(models.Model):
    """Another word for a skill."""

    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="aliases")
    text = models.CharField(_("other word"), max_length=255)
    language = models.CharField(max_length=2, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["skill", "text"], name="one_alias_each")]
        indexes = [models.Index(fields=["text"])]

    def __str__(self):
        return self.text

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        self.skill.save(update_fields=["folded"])


class PersonSkill(ItemBase):
    """A person's skill, with level, wish and freshness: taggit's through model."""

    class Level(models.IntegerChoices):
        AWARE = 1, _("Knows about it")
        PRACTISED = 2, _("Practises it")
        SKILLED = 3, _("Works with it alone")
        EXPERT = 4, _("Others come to ask")

    class Interest(models.TextChoices):
        NONE = "", _("No particular wish")
        LEARNING = "learning", _("Learning it")
        MORE = "more", _("Wants to use it more")

    tag = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="holdings")
    content_object = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="holdings")
    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices, default=Level.PRACTISED)
    interest = models.CharField(_("wish"), max_length=10, choices=Interest.choices, blank=True)
    accepts_help = models.BooleanField(_("accepts to help"), default=False)
    visibility = models.CharField(max_length=10, blank=True)  # a level of portal/people/visibility.py; empty: as all my skills
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)

    objects = RuledQuerySet.as_manager()

    class Meta:
        ordering = ["-level", "tag__name"]
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="one_holding_each")]

    def __str__(self):
        return f"{self.tag} {self.level}"

    @property
    def skill(self) -> Skill:
        return self.tag

    @property
    def person(self):
        return self.content_object
