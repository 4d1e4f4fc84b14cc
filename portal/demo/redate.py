"""Moves the whole life of the demo company on by whole weeks, so that what was to come on Monday still is."""

from datetime import date, timedelta

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import F

# What ran or was signed stays when it was: the audit chain would break, and runs are facts.
STAYS = {"portal.auditentry", "portal.taskrun", "portal.retentionrun"}
AWAY = timedelta(days=7 * 5200)
HOUSE = ("portal", "recruitment", "onboarding", "mobility", "alumni")


def weeks_since(day: date, today: date) -> int:
    """How many Mondays passed between two days."""
    return ((today - timedelta(days=today.weekday())) - (day - timedelta(days=day.weekday()))).days // 7


def dated_models() -> list[tuple[type[models.Model], list[str]]]:
    """The house's models with a date or a moment, and the names of these fields."""
    found = []
    for model in apps.get_models():
        if model.__module__.split(".")[0] not in HOUSE or model._meta.label_lower in STAYS or not model._meta.managed or model._meta.proxy:
            continue
        names = [field.name for field in model._meta.local_concrete_fields if isinstance(field, models.DateField)]
        if names:
            found.append((model, names))
    return found


def move_on(weeks: int) -> int:
    """Add `weeks` to every date and moment of the house; the number of rows moved."""
    moved = 0
    with transaction.atomic():
        for model, names in dated_models():
            try:
                with transaction.atomic():
                    moved += _shift(model, names, timedelta(weeks=weeks))
            except IntegrityError:
                # One row met the date another had not yet left: go round by a century.
                _shift(model, names, AWAY)
                moved += _shift(model, names, timedelta(weeks=weeks) - AWAY)
    return moved


def _shift(model, names: list[str], by: timedelta) -> int:
    return model._base_manager.update(**{name: F(name) + by for name in names})
