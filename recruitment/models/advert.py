"""The advert: the exact text each applicant read, in both languages."""

import hashlib
import json

from django.conf import settings
from django.db import models
from django.utils.translation import get_language

from portal import clock
from portal.people.models import Opening
from portal.rules import RuledQuerySet

LANGUAGES = ("en", "fr")


class AdvertVersion(models.Model):
    """What an opening said outside from a moment on; never changed, a new text is a new version."""

    opening = models.ForeignKey(Opening, on_delete=models.PROTECT, related_name="adverts")
    number = models.PositiveIntegerField()
    body = models.JSONField()  # {"en": {...}, "fr": {...}}, made by recruitment/adverts.py
    starts_on = models.DateField(null=True, blank=True)
    closes_on = models.DateField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = RuledQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["opening", "number"], name="one_advert_number_each")]

    def __str__(self):
        return f"{self.opening.reference} v{self.number}"

    @property
    def text(self) -> dict:
        """The text in the reader's language."""
        language = (get_language() or "en")[:2]
        return self.body[language if language in LANGUAGES else "en"]

    @property
    def title(self) -> str:
        return self.text["title"]


def digest_of(body: dict, *dates) -> str:
    """The same text and dates have the same digest, whatever the order of the keys."""
    return hashlib.sha256(json.dumps([body, [str(day) for day in dates]], sort_keys=True, ensure_ascii=False).encode()).hexdigest()
