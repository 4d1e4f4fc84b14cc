"""Templates: what a plan is copied from, a base and additions."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.languages import Bilingual
from portal.people.models import Contract, Site, Trade
from portal.plans.models.words import Delivery, PlanKind, StepWords, Thing
from portal.rules import RuledQuerySet


class Template(models.Model):
    """Steps for everyone (no condition set) or for some: each condition set must be met."""

    kind = models.CharField(_("for"), max_length=10, choices=PlanKind.choices, default=PlanKind.ARRIVAL)
    name_en = models.CharField(_("name in English"), max_length=80)
    name_fr = models.CharField(_("name in French"), max_length=80, blank=True)
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("only at"))
    trade = models.ForeignKey(Trade, null=True, blank=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("only in the trade"))
    contract = models.CharField(_("only with the contract"), max_length=20, choices=Contract.choices, blank=True)
    remote = models.BooleanField(_("works from home"), null=True, blank=True)
    manages = models.BooleanField(_("leads people"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    name = Bilingual("name")
    objects = RuledQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "pk"]

    def __str__(self):
        return str(self.name)

    @property
    def for_whom(self) -> str:
        """Its conditions in words: at Lyon, trade: Data."""
        conditions = [
            _("at %(site)s") % {"site": self.site.name} if self.site else "",
            _("trade: %(trade)s") % {"trade": self.trade.name} if self.trade else "",
            self.get_contract_display() if self.contract else "",
            {None: "", True: _("working from home"), False: _("working on site")}[self.remote],
            {None: "", True: _("leading people"), False: _("leading nobody")}[self.manages],
        ]
        return ", ".join(str(each) for each in conditions if each) or str(_("for everybody"))

    def get_absolute_url(self):
        return reverse("plans:template_detail", args=[self.pk])


class TemplateStep(StepWords):
    """One step of a template; it may give an access or need a piece of equipment, which the plan then asks for."""

    template = models.ForeignKey(Template, on_delete=models.CASCADE, related_name="steps")
    equipment = models.CharField(_("needs equipment"), max_length=12, blank=True)
    thing = models.CharField(_("opens"), max_length=10, choices=Thing.choices, blank=True)
    thing_en = models.CharField(_("what it opens, in English"), max_length=100, blank=True)
    thing_fr = models.CharField(_("what it opens, in French"), max_length=100, blank=True)
    delivery = models.CharField(_("how it is given"), max_length=10, choices=Delivery.choices, default=Delivery.ACCOUNT)
    opens_after = models.SmallIntegerField(_("shown from, days after the first day"), default=0)
    lasts = models.PositiveSmallIntegerField(_("works for, days"), default=90)

    objects = RuledQuerySet.as_manager()

    class Meta:
        ordering = ["offset", "pk"]
        constraints = [models.UniqueConstraint(fields=["template", "key"], name="one_template_step_a_key")]

    def __str__(self):
        return str(self.text)
