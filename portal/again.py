"""A question every page asks: its SQL is written once a process, and asked again with another value."""

from collections.abc import Callable

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from django.db.models.query import ModelIterable

OPEN = -1  # stands where the value will: no key is negative


class Again:
    """`Again(make)` asks the queryset that `make` gives for a whole number: `seats(7)` is `list(make(7))`.

    Django writes the SQL of a queryset anew each time it is asked; for seventy columns of six tables that is most of the work.
    `make` may not look at anything but its number: the language, the day and the reader are those of the first time.
    """

    def __init__(self, make: Callable[[int], QuerySet]):
        self.make = make

    def __call__(self, value: int) -> list:
        kept = connections[DEFAULT_DB_ALIAS].__dict__.setdefault("_asked_again", {})  # of this thread alone, as a connection is
        if self not in kept:
            kept[self] = self._written()
        queryset, compiler, sql, params = kept[self]
        filled = tuple(type(param)(value) if param == OPEN else param for param in params)
        compiler.as_sql = lambda *args, **kwargs: (sql, filled)
        return list(ModelIterable(queryset))

    def _written(self) -> tuple:
        queryset = self.make(OPEN)
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        queryset.query.get_compiler = lambda *args, **kwargs: compiler
        return queryset, compiler, sql, params
