"""The CV: a file kept under a random name, its text, and the images of its pages."""

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.rules import RuledQuerySet


def random_name(instance, filename) -> str:
    """A name that tells nothing, outside the web root; what people called their file is kept beside it."""
    return f"recruitment/{secrets.token_hex(20)}"


class CV(models.Model):
    """One file somebody sent; belongs to a draft, then to an application. Read by `recruitment.read_cv` only."""

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        DOCX = "docx", "Word"
        ODT = "odt", "ODT"

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to be read")
        READ = "read", _("Read")
        UNREADABLE = "unreadable", _("Could not be read")

    file = models.FileField(upload_to=random_name)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=4, choices=Kind.choices)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    text = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    page_count = models.PositiveSmallIntegerField(default=0)
    drawn_at = models.DateTimeField(null=True, blank=True)  # when its page images were made
    added_at = models.DateTimeField(default=clock.now)

    objects = RuledQuerySet.as_manager()

    class Meta:
        ordering = ["-added_at"]

    def __str__(self):
        return self.name

    @property
    def media_type(self) -> str:
        return {
            "pdf": "application/pdf",
            "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "odt": "application/vnd.oasis.opendocument.text",
        }[self.kind]

    def erase(self) -> None:
        """The row, the file and its images."""
        for page in self.pages.all():
            page.image.delete(save=False)
        self.file.delete(save=False)
        self.delete()


class CVPage(models.Model):
    """One page of a CV as a picture, drawn by the server in the limited subprocess."""

    cv = models.ForeignKey(CV, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveSmallIntegerField()
    image = models.FileField(upload_to=random_name)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["cv", "number"], name="one_page_image_each")]

    def __str__(self):
        return f"{self.cv}, {self.number}"
