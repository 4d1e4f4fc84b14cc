"""Turns the cells of one row into values, or into sentences that say what is wrong with them."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from portal.people.importing.fields import FIELDS, words
from portal.people.importing.mapping import Mapping
from portal.people.models import Contract

CONTRACTS = {
    Contract.PERMANENT: ("permanent", "cdi", "open ended", "indefinite"),
    Contract.FIXED_TERM: ("fixed term", "cdd", "temporary contract"),
    Contract.APPRENTICESHIP: ("apprenticeship", "apprentice", "apprentissage", "alternance", "contrat d apprentissage"),
    Contract.INTERNSHIP: ("internship", "intern", "stage", "stagiaire"),
    Contract.FREELANCE: ("freelance", "contractor", "independant"),
    Contract.TEMPORARY: ("temporary", "temporary work", "interim", "agency"),
}
LANGUAGES = {"en": ("en", "english", "anglais"), "fr": ("fr", "french", "francais")}
DATES = ("joined_on", "left_on")


class Wrong(Exception):
    """One cell cannot be taken; the message is for people."""


def of_row(cells: dict[str, str], mapping: Mapping) -> tuple[dict, list[str]]:
    """The values of a row by field, empty ones left out, and what is wrong with it, a sentence each.

    Dates are dates, skills a list of words, the rest text. An empty cell says nothing: it changes nothing.
    """
    values, problems = {}, []
    for name in FIELDS:
        text = mapping.constants.get(name, "")
        if name in mapping.columns:
            text = cells.get(mapping.columns[name].column, "").strip() or text
        if not text:
            continue
        try:
            found = _value(name, text, mapping)
        except Wrong as wrong:
            problems.append(str(wrong))
            continue
        if found not in ("", []):
            values[name] = found
    if "number" not in values and not problems:
        problems.append(_("The employee number is missing."))
    if "left_on" in values and "joined_on" in values and values["left_on"] < values["joined_on"]:
        problems.append(_("The last day is before the first day."))
    return values, problems


def _value(name: str, text: str, mapping: Mapping):
    column = mapping.columns.get(name)
    if column and text in column.ignore:
        return ""
    if name in DATES:
        return _date(name, text, column)
    if name == "skills":
        return _several(text, column)
    text = " ".join(text.split())
    if len(text) > FIELDS[name].most:
        raise Wrong(_("%(field)s: longer than %(most)d letters.") % {"field": FIELDS[name].label, "most": FIELDS[name].most})
    if name == "work_email":
        return _email(text)
    if name in ("contract", "language"):
        return _one_of(name, text, CONTRACTS if name == "contract" else LANGUAGES)
    return text


def _date(name: str, text: str, column) -> date:
    if column and column.years_before:
        try:
            return date.fromisoformat(column.years_before) - timedelta(days=round(float(text.replace(",", ".")) * 365.25))
        except (ValueError, OverflowError):
            raise Wrong(_("%(field)s: “%(text)s” is no number of years.") % {"field": FIELDS[name].label, "text": text}) from None
    day = _day(text.split(" ")[0].split("T")[0])
    if day is None or not 1900 < day.year < 2200:
        raise Wrong(_("%(field)s: “%(text)s” is no date; write 2026-01-31 or 31/01/2026.") % {"field": FIELDS[name].label, "text": text})
    return day


def _day(text: str) -> date | None:
    """2026-01-31, 31/01/2026 or 31.01.2026: the day before the month, as in both our countries."""
    try:
        if "-" in text and text.index("-") == 4:
            return date.fromisoformat(text)
        day, month, year = (int(part) for part in text.replace(".", "/").replace("-", "/").split("/"))
        return date(year, month, day)
    except ValueError:
        return None


def _several(text: str, column) -> list[str]:
    parts = text.split(column.split) if column and column.split else [text]
    ignored = column.ignore if column else ()
    found = list(dict.fromkeys(" ".join(part.split()) for part in parts if part.strip() and part.strip() not in ignored))
    if too_long := [part for part in found if len(part) > 255]:
        raise Wrong(_("Skills: “%(text)s…” is longer than 255 letters.") % {"text": too_long[0][:40]})
    return found


def _email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        raise Wrong(_("Work e-mail: “%(text)s” is no address.") % {"text": text}) from None
    return text.lower()


def _one_of(name: str, text: str, choices: dict) -> str:
    for value, said in choices.items():
        if words(text) in (*said, words(value)):
            return str(value)
    said = {"field": FIELDS[name].label, "text": text, "choices": ", ".join(choices)}
    raise Wrong(_("%(field)s: nobody knows “%(text)s”. Write one of: %(choices)s.") % said)
