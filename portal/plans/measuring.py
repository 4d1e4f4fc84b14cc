"""How many rows a large company has here, for measuring (`manage.py populate`): for a thousand people."""

from datetime import timedelta

from portal import clock
from portal.people.rivage.filling import Rows
from portal.plans.models import Absence, Access, AccessCode, AskedBack, Desk, EquipmentModel, Handover, Plan, Step, Template, TemplateStep, Unit

AWAY_FROM = [clock.today() - timedelta(days=days) for days in range(1, 30)]
AWAY_UNTIL = [clock.today() + timedelta(days=days) for days in range(30)]
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
    Rows(Absence, 60, starts_on=AWAY_FROM, ends_on=AWAY_UNTIL),
]
