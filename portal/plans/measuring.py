"""How many rows a large company has here, for measuring (`manage.py populate`): for a thousand people."""

from portal.people.rivage.filling import Rows
from portal.plans.models import Access, AccessCode, AskedBack, Desk, EquipmentModel, Handover, Plan, Step, Template, TemplateStep, Unit

ROWS = [
    Rows(Template, 0.1),
    Rows(TemplateStep, 2),
    Rows(Plan, 40),
    Rows(Step, 800),
    Rows(Access, 160),
    Rows(AccessCode, 100),
    Rows(Desk, 0.1),
    Rows(EquipmentModel, 0.3),
    Rows(Unit, 600),
    Rows(Handover, 700),
    Rows(AskedBack, 100),
]
