"""Fills tables by chance in the right number, for measuring: every app says in its room `measuring.py` how many rows it has."""

import itertools
import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models

from portal import clock

BATCH = 2000
FEWEST = 3
LONG_AGO, SOON = 600, 60  # days: when things happened or will
WITHOUT = 0.2  # share of rows that leave out what may be left out


class Rows:
    """So many rows of `model` for a thousand people.

    `said` gives a field its value, a list to pick from (or a function that makes it), or a model to point to.
    """

    def __init__(self, model: type[models.Model], per_thousand: float, **said):
        self.model, self.per_thousand, self.said = model, per_thousand, said


def rooms() -> Iterator[list[Rows]]:
    """What each app says, the lower floors first."""
    for app in apps.get_app_configs():
        if find_spec(f"{app.name}.measuring"):
            yield import_module(f"{app.name}.measuring").ROWS


class Filler:
    """Makes rows by chance; the same seed makes the same rows."""

    def __init__(self, people: int, rng: random.Random):
        self.people, self.rng = people, rng
        self.count = itertools.count(1)

    def fill(self, rows: Rows) -> int:
        """Write them; how many. What a constraint refuses is left out."""
        number = max(FEWEST, int(self.people * rows.per_thousand / 1000))
        chances = {field.attname: self.chance(field, rows, number) for field in rows.model._meta.concrete_fields if not field.primary_key}
        made = [rows.model(**{name: value() for name, value in chances.items()}) for _each in range(self.possible(rows, number))]
        rows.model._base_manager.bulk_create(made, batch_size=BATCH, ignore_conflicts=True)
        return len(made)

    def possible(self, rows: Rows, number: int) -> int:
        """No more rows than what each of them needs for itself."""
        own = [field.related_model for field in rows.model._meta.concrete_fields if field.one_to_one and not field.null]
        return min([number, *(model._base_manager.count() for model in own)])

    def chance(self, field, rows: Rows, number: int) -> Callable:
        """A function that gives a value of `field`."""
        rng = self.rng
        if field.name in rows.said or field.is_relation:
            return self.given(field, rows, number)
        if field.choices:
            return lambda: rng.choice([value for value, _words in field.flatchoices])
        if field.null:
            filled = self.plain(field)
            return lambda: None if rng.random() < WITHOUT else filled()
        return self.plain(field)

    def given(self, field, rows: Rows, number: int) -> Callable:
        """A value that the room says, or the key of another row."""
        said = rows.said.get(field.name, field.related_model)
        if callable(said) and not isinstance(said, type):
            said = said()
        if isinstance(said, list):
            return lambda: self.rng.choice(said)
        if not isinstance(said, type):
            return lambda: said
        if said is ContentType:  # whatever a row is about: the model that is named beside it
            about = next((model for model in rows.said.values() if isinstance(model, type)), rows.model)
            return lambda: ContentType.objects.get_for_model(about).pk
        keys = list(said._base_manager.order_by("pk").values_list("pk", flat=True))
        if field.unique or field.name in rows.said:
            each = iter(self.rng.sample(keys, min(number, len(keys))))
            return lambda: next(each, None)
        return lambda: None if not keys or (field.null and self.rng.random() < WITHOUT) else self.rng.choice(keys)

    def plain(self, field) -> Callable:
        """A value of a field that points nowhere."""
        rng = self.rng
        if isinstance(field, models.DateTimeField):
            return lambda: clock.now() + timedelta(days=rng.randint(-LONG_AGO, SOON), minutes=rng.randrange(1440))
        if isinstance(field, models.DateField):
            return lambda: clock.today() + timedelta(days=rng.randint(-LONG_AGO, SOON))
        if isinstance(field, models.BooleanField):
            return lambda: rng.random() < 0.5
        if isinstance(field, models.IntegerField):
            return lambda: rng.randint(1, 5)
        if isinstance(field, models.JSONField):
            return lambda: field.get_default() if field.has_default() else {}
        if not isinstance(field, models.CharField | models.TextField):
            return field.get_default
        length = field.max_length or 200
        return lambda: f"word{next(self.count)}"[-length:]
