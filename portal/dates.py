"""Dates in words, for Python and for templates: as Django writes them, and the first of a month as French does, « 1er »."""

import re

from django.utils import dateformat
from django.utils.formats import get_format
from django.utils.translation import get_language

FIRST = re.compile(r"(?<!\\)j(?=[ \u00a0][FNM])")  # the day of the month with the month's name after it


def date_format(value, form: str = "DATE_FORMAT") -> str:
    """`value` (a date, an hour, or a moment in the zone it is to be read in) in the reader's language; `form` is a name of Django's or letters."""
    letters = str(get_format(form))
    if getattr(value, "day", 0) == 1 and (get_language() or "").startswith("fr"):
        letters = FIRST.sub(r"j\\e\\r", letters)
    return dateformat.format(value, letters)
