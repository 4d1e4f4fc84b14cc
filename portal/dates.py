"""Dates in words, for Python and for templates: as Django writes them; in French « 1er », « ven. » and « 9 h 00 »."""

import re

from django.utils import dateformat
from django.utils.formats import get_format
from django.utils.translation import get_language

FIRST = re.compile(r"(?<!\\)j(?=[ \u00a0][FNM])")  # the day of the month with the month's name after it
WEEKDAY = re.compile(r"(?<!\\)D(?= j)")  # its first three letters, before the day of the month
HOUR = re.compile(r"(?<![\\T])H:i(?!:)")  # said to people; what machines read has a T before it and seconds after


def date_format(value, form: str = "DATE_FORMAT") -> str:
    """`value` (a date, an hour, or a moment in the zone it is to be read in) in the reader's language; `form` is a name of Django's or letters."""
    letters = str(get_format(form))
    if (get_language() or "").startswith("fr"):
        letters = HOUR.sub("G\u00a0\\\\h\u00a0i", letters)
        letters = WEEKDAY.sub(r"D\\.", letters)
        if getattr(value, "day", 0) == 1:
            letters = FIRST.sub(r"j\\e\\r", letters)
    return dateformat.format(value, letters)
