"""What Ben was given, and days that go by."""

from datetime import timedelta

import pytest

from portal import clock
from portal.plans.models import Access, EquipmentModel, Plan, Template, TemplateStep, Unit


@pytest.fixture
def given(cast):
    """Ben holds a laptop and a badge, and has an account."""
    template = Template.objects.create(kind="departure", name_en="A departure")
    TemplateStep.objects.create(template=template, key="papers", text_en="Give the certificate", role="hr", family="contract", offset=0)
    TemplateStep.objects.create(template=template, key="badge-back", text_en="Take the badge", role="security", family="access", thing="badge", offset=0)
    laptop = Unit.objects.create(
        model=EquipmentModel.objects.create(kind="laptop", name="Lagune 14"), serial="LG14-1", site=cast.nantes, status=Unit.Status.GIVEN, holder=cast.ben
    )
    arrival = Plan.objects.create(kind="arrival", person=cast.ben, site=cast.nantes, first_day=clock.today() - timedelta(days=900), status="done")
    common = {"plan": arrival, "person": cast.ben, "due_on": arrival.first_day, "opens_on": arrival.first_day, "status": Access.Status.GIVEN}
    badge = Access.objects.create(thing="badge", name_en="Badge", role="security", delivery="in_person", **common)
    account = Access.objects.create(thing="system", name_en="Company account", role="it", address="ben@rivage.example", **common)
    return {"laptop": laptop, "badge": badge, "account": account}


@pytest.fixture
def at(monkeypatch):
    """Live so many days further."""

    def shift(days):
        monkeypatch.setattr(clock, "_shift", lambda: timedelta(days=days))

    return shift
