"""Where people work: sites, and teams as a tree."""

from django.db import models
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from portal.languages import Bilingual
from portal.rules import RuledQuerySet


class Site(models.Model):
    """One place with its own day: a first morning is nine o'clock in its time zone."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    address = models.CharField(_("address"), max_length=200, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=12, blank=True)
    city = models.CharField(_("town"), max_length=80)
    region = models.CharField(_("region"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=2, help_text=_("Two letters, such as FR or GB."))
    timezone = models.CharField(_("time zone"), max_length=40, default="Europe/Paris")
    getting_here_en = models.TextField(_("getting here, in English"), blank=True)
    getting_here_fr = models.TextField(_("getting here, in French"), blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)

    getting_here = Bilingual("getting_here")
    objects = RuledQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class Team(models.Model):
    """A team in the tree; `path` holds the keys of its ancestors and itself, so that a branch is one prefix."""

    slug = models.SlugField(max_length=80, unique=True)
    name_en = models.CharField(_("name in English"), max_length=120)
    name_fr = models.CharField(_("name in French"), max_length=120, blank=True)
    mission_en = models.TextField(_("mission in English"), blank=True)
    mission_fr = models.TextField(_("mission in French"), blank=True)
    parent = models.ForeignKey("self", verbose_name=_("under"), null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=255, db_index=True, editable=False, default="/")
    depth = models.PositiveSmallIntegerField(editable=False, default=0)
    head = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="heads")
    site = models.ForeignKey(Site, verbose_name=_("site"), null=True, blank=True, on_delete=models.PROTECT, related_name="teams")

    name = Bilingual("name")
    mission = Bilingual("mission")
    objects = RuledQuerySet.as_manager()

    class Meta:
        ordering = ["path"]

    def __str__(self):
        return str(self.name)

    def get_absolute_url(self):
        return reverse("people:team_detail", args=[self.slug])

    def save(self, *args, **kwargs):
        """Keep `path` and `depth` true, for this team and the branch under it."""
        before = self.path
        if self.pk is None:
            super().save(*args, **kwargs)
            kwargs = {}
        self.path = f"{self.parent.path if self.parent else '/'}{self.pk}/"
        self.depth = self.path.count("/") - 2
        super().save(*args, **{key: value for key, value in kwargs.items() if key == "using"})
        if before not in ("/", self.path):
            for child in Team.objects.filter(parent=self):
                child.parent = self
                child.save()

    def branch(self):
        """This team and all under it."""
        return Team.objects.filter(path__startswith=self.path)


def free_slug(name: str) -> str:
    """An address for a team called `name` that no team has yet, and no page of teams either."""
    stem = slugify(name)[:70] or "team"
    slug, number = stem, 1
    while slug in ("new", "sites") or Team.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{stem}-{number}"
    return slug
