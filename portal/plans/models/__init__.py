"""Plans, steps, templates, equipment and access, by noun."""

from portal.plans.models.absence import Absence
from portal.plans.models.access import Access, AccessCode
from portal.plans.models.asked_back import AskedBack
from portal.plans.models.desk_key import DeskKey
from portal.plans.models.equipment import EquipmentModel, Handover, Unit
from portal.plans.models.plan import Desk, Plan, Step
from portal.plans.models.template import Template, TemplateStep
from portal.plans.models.words import DESKS, Delivery, Family, Owner, PlanKind, Reaches, StepKind, Thing

__all__ = [
    "DESKS",
    "Absence",
    "Access",
    "AccessCode",
    "AskedBack",
    "Delivery",
    "Desk",
    "DeskKey",
    "EquipmentModel",
    "Family",
    "Handover",
    "Owner",
    "Plan",
    "PlanKind",
    "Reaches",
    "Step",
    "StepKind",
    "Template",
    "TemplateStep",
    "Thing",
    "Unit",
]
