"""A person: once, from the first proven application to alumni life; may have one user."""

from django.conf import settings
from django.db import models
from django.db.models.fields.json import KT
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from portal import clock
from portal.people.models.skill import PersonSkill
from portal.rules import RuledQuerySet

TAKEN = {"import", "jobs", "openings", "reports", "skills", "suggest", "teams", "ties"}  # words of portal/people/urls.py
# What slugify drops instead of spelling.
LETTERS = str.maketrans(
    {"œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae", "ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "þ": "th", "ð": "d"}
)
HUES = ("", "blue", "sun", "rose", "plum", "stone")


class Person(models.Model):
    """Names, ways to reach and what they like to be asked about; each optional field has a visibility of its owner's."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="person")
    slug = models.SlugField(max_length=140, unique=True, editable=False)
    given_name = models.CharField(_("given name"), max_length=80, blank=True)
    family_name = models.CharField(_("family name"), max_length=80)
    usual_name = models.CharField(_("usual name"), max_length=80, blank=True, help_text=_("What people call you, if not your given name."))
    pronunciation = models.CharField(_("pronunciation"), max_length=120, blank=True)
    pronouns = models.CharField(_("pronouns"), max_length=40, blank=True)
    photo = models.ImageField(_("photo"), upload_to="photos", blank=True)
    headline = models.CharField(_("in one line"), max_length=160, blank=True)
    ask_me_about = models.TextField(_("ask me about"), blank=True, help_text=_("One subject a line."))
    language = models.CharField(_("language of these texts"), max_length=2, choices=[("en", "English"), ("fr", "Français")], default="en")
    spoken_languages = models.JSONField(_("languages"), default=list, blank=True)  # ISO 639 codes
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    work_email = models.EmailField(_("e-mail address to write to"), blank=True)
    working_pattern = models.CharField(_("working pattern"), max_length=160, blank=True)
    absence_contact = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    links = models.JSONField(_("professional networks"), default=list, blank=True)  # addresses
    can_help = models.BooleanField(_("accepts questions"), default=False)
    can_mentor = models.BooleanField(_("accepts to mentor"), default=False)
    visibility = models.JSONField(default=dict, blank=True)  # field → level, see portal/people/visibility.py
    # The database copies it out of `visibility` by itself, so that half a million skills need not unpack it: for queries alone.
    skills_for = models.GeneratedField(expression=KT("visibility__skills"), output_field=models.CharField(max_length=10, null=True), db_persist=True)
    confirmed_at = models.DateField(_("confirmed on"), null=True, blank=True)
    declined = models.JSONField(default=dict, blank=True, editable=False)  # nudge → the day it was declined
    created_at = models.DateTimeField(default=clock.now, editable=False)

    skills = TaggableManager(through=PersonSkill, blank=True)
    objects = RuledQuerySet.as_manager()

    class Meta:
        ordering = ["family_name", "given_name", "pk"]
        indexes = [models.Index(fields=["family_name", "given_name"]), models.Index(fields=["skills_for"])]

    def __str__(self):
        return self.display_name

    @property
    def display_name(self) -> str:
        """The name people use; a person without one is known by what the company calls them."""
        return f"{self.usual_name or self.given_name} {self.family_name}".strip()

    @property
    def first_name(self) -> str:
        return self.usual_name or self.given_name or self.family_name

    @property
    def initials(self) -> str:
        words = [word for word in (self.usual_name or self.given_name, self.family_name) if word]
        return "".join(word[0] for word in words).upper()[:2]

    @property
    def hue(self) -> str:
        """One of six tints, stable for life."""
        return HUES[(self.pk or 0) % len(HUES)]

    def get_absolute_url(self):
        return reverse("people:person_detail", args=[self.slug])

    def save(self, *args, **kwargs):
        if not self.slug:
            self.slug = free_slug(self.display_name)
        super().save(*args, **kwargs)


def stem_of(name: str) -> str:
    """`name` in the letters of an address: Łukasz Lecœur is lukasz-lecoeur."""
    return slugify(name.translate(LETTERS))[:120] or "person"


def free_slug(name: str) -> str:
    """An address for `name` that nobody has yet."""
    stem = stem_of(name)
    slug, number = stem, 1
    while slug in TAKEN or Person.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{stem}-{number}"
    return slug
