"""Writes people in the columns an import reads, so that what was written can be brought in again."""

from collections.abc import Iterator

from portal.people.importing import known
from portal.people.importing.fields import FIELDS
from portal.people.importing.mapping import Column, Mapping
from portal.people.models import Employee


def headings() -> list[str]:
    return list(FIELDS)


def rows(employees=None) -> Iterator[list[str]]:
    """One row an employee, by number."""
    everybody = Employee.objects.all() if employees is None else employees
    branches = known.Known().branches
    keys = list(everybody.order_by("number").values_list("pk", flat=True))
    for some in known.chunks(keys):
        found = list(Employee.objects.filter(pk__in=some).select_related("person").order_by("number"))
        known.dress(found)
        for employee in found:
            written = known.as_written(employee, branches)
            yield [written[name] for name in FIELDS]


def own_mapping() -> Mapping:
    """The mapping of the files we write ourselves."""
    return Mapping({name: Column(name, split=";" if name == "skills" else "") for name in FIELDS})
