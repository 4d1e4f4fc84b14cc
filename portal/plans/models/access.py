"""Access: what is opened for whom by which desk; and the code, sealed, apart from it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.languages import Bilingual
from portal.people.models import Person
from portal.plans.models.plan import Plan, Step
from portal.plans.models.words import DESKS, Delivery, Thing
from portal.rules import RuledQuerySet


class Access(models.Model):
    """What is to be opened; a plan asks for it, a desk opens it, a departure closes it."""

    class Status(models.TextChoices):
        ASKED = "asked", _("To open")
        OPEN = "open", _("Ready")
        GIVEN = "given", _("Given")
        EXPIRED = "expired", _("Expired")
        CLOSED = "closed", _("Closed")

    MOVES = {
        Status.ASKED: {Status.OPEN, Status.CLOSED},
        Status.OPEN: {Status.GIVEN, Status.ASKED, Status.EXPIRED, Status.CLOSED},
        Status.GIVEN: {Status.ASKED, Status.EXPIRED, Status.CLOSED},
        Status.EXPIRED: {Status.ASKED, Status.CLOSED},
        Status.CLOSED: {Status.ASKED, Status.OPEN, Status.GIVEN},
    }
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="accesses")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="accesses")
    step = models.OneToOneField(Step, null=True, blank=True, on_delete=models.SET_NULL, related_name="access")
    thing = models.CharField(_("kind"), max_length=10, choices=Thing.choices)
    name_en = models.CharField(_("what it opens, in English"), max_length=100)
    name_fr = models.CharField(_("what it opens, in French"), max_length=100, blank=True)
    role = models.CharField(_("desk"), max_length=12, choices=[(each.value, each.label) for each in DESKS])
    delivery = models.CharField(_("how it is given"), max_length=10, choices=Delivery.choices, default=Delivery.ACCOUNT)
    address = models.CharField(_("account or address"), max_length=160, blank=True)
    due_on = models.DateField(_("due"))
    opens_on = models.DateField(_("shown from"))
    expires_on = models.DateField(_("works until"), null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ASKED, editable=False)
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    given_at = models.DateTimeField(null=True, blank=True, editable=False)
    acknowledged_at = models.DateTimeField(null=True, blank=True, editable=False)  # the person said: I have it

    name = Bilingual("name")
    objects = RuledQuerySet.as_manager()

    class Meta:
        ordering = ["opens_on", "pk"]
        indexes = [models.Index(fields=["status", "role", "due_on"]), models.Index(fields=["opens_on", "id"])]
        verbose_name_plural = "accesses"

    def __str__(self):
        return f"{self.name}: {self.person}"

    @property
    def ready(self) -> bool:
        """Whether the person can collect or use it."""
        return self.status in (self.Status.OPEN, self.Status.GIVEN)


class AccessCode(models.Model):
    """The code itself, encrypted; sealed: its person alone, once, on or after the day, after which it is destroyed."""

    access = models.OneToOneField(Access, on_delete=models.CASCADE, related_name="code")
    token = models.TextField(editable=False)
    key_id = models.CharField(max_length=16, editable=False, db_index=True)
    written_at = models.DateTimeField(default=clock.now, editable=False)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False)

    objects = RuledQuerySet.as_manager()

    def __str__(self):
        return f"code of access {self.access_id}"
