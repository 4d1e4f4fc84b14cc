"""Reads a CSV or XLSX file into headings and rows of text, and writes them back with formulas disarmed."""

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import tablib
import tablib.exceptions
from django.utils.translation import gettext as _

MOST_ROWS = 200_000
MOST_BYTES = 50 * 1024 * 1024
MOST_UNPACKED = 400 * 1024 * 1024
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Unreadable(Exception):
    """This file is no table we can read; the message is for people."""


@dataclass(frozen=True)
class Sheet:
    """Headings, and rows with as many cells each; the first row of data is line 2 of the file."""

    headings: list[str]
    rows: list[list[str]]


def read(name: str, content: bytes) -> Sheet:
    """The table in `content`; `name` says its format by its ending. Raises Unreadable."""
    if len(content) > MOST_BYTES:
        raise Unreadable(_("This file is larger than 50 MB."))
    ending = Path(name).suffix.lower()
    if ending == ".xlsx":
        table = _xlsx(content)
    elif ending in (".csv", ".txt", ".tsv"):
        table = _csv(content)
    else:
        raise Unreadable(_("Give a CSV or an XLSX file; this one ends in “%(ending)s”.") % {"ending": ending or name})
    table = [[disarmed(cell) for cell in row] for row in table]
    while table and not any(table[0]):
        raise Unreadable(_("The first line is empty: it should hold the names of the columns."))
    if len(table) < 2:
        raise Unreadable(_("There is no row under the names of the columns."))
    if len(table) - 1 > MOST_ROWS:
        raise Unreadable(_("This file has more than 200,000 rows: cut it in parts."))
    headings = table[0]
    twice = sorted({heading for heading in headings if heading and headings.count(heading) > 1})
    if twice:
        raise Unreadable(_("Two columns have the same name: %(names)s.") % {"names": ", ".join(twice)})
    width = len(headings)
    return Sheet(headings, [(row + [""] * width)[:width] for row in table[1:]])


def disarmed(cell) -> str:
    """A cell as text: no spaces around, and without the apostrophe that kept a spreadsheet from calculating it."""
    if isinstance(cell, datetime):
        cell = cell.date() if not (cell.hour or cell.minute or cell.second) else cell
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = "" if cell is None else str(cell).strip()
    return text[1:] if text[:1] == "'" and text[1:2] in FORMULA else text


def armed(text: str) -> str:
    """A cell that no spreadsheet will calculate: `=1+1` is written `'=1+1`."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _csv(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")  # what spreadsheets on Windows write
    if "\x00" in text:
        raise Unreadable(_("This is no text file."))
    first = text.splitlines()[0] if text.strip() else ""
    delimiter = max((",", ";", "\t"), key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise Unreadable(_("This file is not well formed: %(why)s") % {"why": error}) from None


def _xlsx(content: bytes) -> list[list]:
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            if sum(member.file_size for member in archive.infolist()) > MOST_UNPACKED:
                raise Unreadable(_("This file is too large once unpacked."))
        book = tablib.Dataset().load(content, format="xlsx", headers=False)
    except Unreadable:
        raise
    except (BadZipFile, KeyError, ValueError, OSError, tablib.exceptions.TablibException) as error:
        raise Unreadable(_("This is no XLSX file we can open (%(why)s).") % {"why": type(error).__name__}) from None
    table = [list(row) for row in book]
    while table and not any(cell not in (None, "") for cell in table[-1]):  # sheets drag empty lines behind them
        table.pop()
    return table


def written(name: str, headings: list[str], rows: list[list[str]]) -> bytes:
    """The table in the format that the ending of `name` says."""
    table = tablib.Dataset(*[[armed(cell) for cell in row] for row in rows], headers=headings)
    if Path(name).suffix.lower() == ".xlsx":
        return table.export("xlsx")
    return table.export("csv", lineterminator="\n").encode()
