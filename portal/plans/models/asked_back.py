"""What a departure asks back: every unit in hand and every access open, each with the proof that it came back or was closed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.plans.models.access import Access
from portal.plans.models.equipment import Handover, Unit
from portal.plans.models.plan import Plan, Step
from portal.plans.models.words import Thing
from portal.readiness import READY
from portal.rules import RuledQuerySet


class AskedBack(models.Model):
    """One thing that was given, mirrored as a step of the departure; `how` says what proves that it is settled."""

    class How(models.TextChoices):
        RETURNED = "returned", _("Given back")
        CLOSED = "closed", _("Closed by the desk")
        SILENT = "silent", _("The system no longer answers for this account")
        LOST = "lost", _("Lost or broken, written off")
        KEPT = "kept", _("Kept by agreement")

    WITHOUT = (How.LOST, How.KEPT)  # settled by the People team's word, with a reason

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="asked_back")
    step = models.OneToOneField(Step, on_delete=models.CASCADE, related_name="asked_back")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.SET_NULL, related_name="asked_back")
    access = models.ForeignKey(Access, null=True, blank=True, on_delete=models.SET_NULL, related_name="asked_back")
    before = models.CharField(max_length=10, blank=True, editable=False)  # the access's status, for who undoes the closing
    how = models.CharField(_("how it was settled"), max_length=10, choices=How.choices, blank=True, editable=False)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True, editable=False)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False)
    handover = models.OneToOneField(Handover, null=True, blank=True, on_delete=models.SET_NULL, related_name="asked_back", editable=False)
    because = models.CharField(_("reason"), max_length=300, blank=True)
    # What the systems themselves said last of this account (portal/plans/revocations.py): a state of portal.readiness.
    heard = models.CharField(_("what the system said"), max_length=12, blank=True, editable=False)
    asked_at = models.DateTimeField(_("asked"), null=True, blank=True, editable=False)

    objects = RuledQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "unit"], condition=Q(unit__isnull=False), name="one_unit_asked_back"),
            models.UniqueConstraint(fields=["plan", "access"], condition=Q(access__isnull=False), name="one_access_asked_back"),
        ]
        verbose_name_plural = "things asked back"

    def __str__(self):
        return str(self.step.text)

    @property
    def comes_back(self) -> bool:
        """A thing one holds in the hand; the others are closed."""
        return self.unit_id is not None or (self.access is not None and self.access.thing == Thing.BADGE)

    @property
    def is_settled(self) -> bool:
        return bool(self.how)

    @property
    def is_contradicted(self) -> bool:
        """A desk closed it, and the system itself still answers for it."""
        return self.how == self.How.CLOSED and self.heard == READY
