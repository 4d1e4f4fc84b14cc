"""Which column fills which field: read from a TOML file, proposed from headings, or chosen on the page."""

import tomllib
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path

from django.utils.translation import gettext as _

from portal.people.importing.fields import FIELDS, field_called, never_taken


class Unusable(Exception):
    """This mapping cannot be used; the message is for people."""


@dataclass(frozen=True)
class Column:
    """Where one field comes from: `split` cuts a cell into several values; `years_before` (a date as text) makes a
    first day out of a number of years; `ignore` names values that mean nothing."""

    column: str
    split: str = ""
    years_before: str = ""
    ignore: tuple[str, ...] = ()


@dataclass
class Mapping:
    """Fields by column, and constants for fields that no column gives."""

    columns: dict[str, Column] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict:
        return {"columns": {name: {**asdict(column), "ignore": list(column.ignore)} for name, column in self.columns.items()}, "constants": self.constants}

    def dropped(self, headings: list[str]) -> tuple[list[str], list[str]]:
        """The columns never taken, and those that nothing maps."""
        used = {column.column for column in self.columns.values()}
        never = [heading for heading in headings if never_taken(heading)]
        return never, [heading for heading in headings if heading and heading not in used and heading not in never]


def from_json(stored: dict) -> Mapping:
    columns = {name: Column(**{**column, "ignore": tuple(column.get("ignore", ()))}) for name, column in stored.get("columns", {}).items()}
    return Mapping(columns, dict(stored.get("constants", {})))


def from_toml(path: Path) -> Mapping:
    """Read a mapping file. Fields stand at the top or under [fields]; fixed values under [constants]. Raises Unusable."""
    try:
        stored = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise Unusable(_("This mapping cannot be read: %(why)s") % {"why": error}) from None
    constants = stored.pop("constants", {})
    named = {**stored.pop("fields", {}), **stored.pop("columns", {}), **stored}
    mapping = Mapping()
    for name, wanted in named.items():
        mapping.columns[_known(name)] = _column(name, wanted)
    for name, value in constants.items():
        mapping.constants[_known(name)] = value.isoformat() if isinstance(value, date) else str(value)
    return mapping


def _known(name: str) -> str:
    found = field_called(name)
    if found is None:
        raise Unusable(_("There is no field called “%(name)s”. There are: %(fields)s.") % {"name": name, "fields": ", ".join(FIELDS)})
    return found


def _column(name: str, wanted) -> Column:
    if isinstance(wanted, str):
        return Column(wanted)
    if not isinstance(wanted, dict) or not isinstance(wanted.get("column"), str):
        raise Unusable(_('“%(name)s” needs a column: write it as a text, or as {column = "…", split = ";"}.') % {"name": name})
    unknown = set(wanted) - {"column", "split", "years_before", "ignore"}
    if unknown:
        raise Unusable(_("“%(name)s” has an option nobody knows: %(option)s.") % {"name": name, "option": ", ".join(sorted(unknown))})
    before = wanted.get("years_before", "")
    if isinstance(before, datetime):
        before = before.date()
    return Column(wanted["column"], str(wanted.get("split", "")), str(before), tuple(wanted.get("ignore", ())))


def proposed(headings: list[str]) -> Mapping:
    """The mapping that the headings themselves suggest."""
    mapping = Mapping()
    for heading in headings:
        name = None if never_taken(heading) else field_called(heading)
        if name and name not in mapping.columns:
            mapping.columns[name] = Column(heading, split=";" if name == "skills" else "")
    return mapping


def check(mapping: Mapping, headings: list[str]) -> None:
    """Raise Unusable when the mapping asks for what the file lacks or what we never take."""
    if "number" not in mapping.columns:
        raise Unusable(_("Say which column holds the employee number: people are recognised by it."))
    for name, column in mapping.columns.items():
        if never_taken(column.column):
            raise Unusable(_("The column “%(column)s” is never taken, so it cannot fill “%(field)s”.") % {"column": column.column, "field": FIELDS[name].label})
        if column.column not in headings:
            raise Unusable(_("The file has no column “%(column)s”. It has: %(columns)s.") % {"column": column.column, "columns": ", ".join(headings)})
        if column.years_before:
            try:
                date.fromisoformat(column.years_before)
            except ValueError:
                raise Unusable(_("“years_before” needs a date such as 2026-01-01.")) from None
    for name, value in mapping.constants.items():
        if name == "number":
            raise Unusable(_("The employee number cannot be the same for everybody."))
        if not value:
            raise Unusable(_("The constant “%(name)s” is empty.") % {"name": name})
