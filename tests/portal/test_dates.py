"""Dates in words: the first of a month is « 1er » in French, wherever the day stands with its month."""

from datetime import UTC, date, datetime, time

import pytest
import time_machine
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import translation

from portal.dates import date_format

FIRST, SECOND = date(2026, 12, 1), date(2026, 12, 2)


@pytest.mark.parametrize(
    ("day", "form", "french", "english"),
    [
        (FIRST, "j F", "1er décembre", "1 December"),
        (FIRST, "l j F Y", "mardi 1er décembre 2026", "Tuesday 1 December 2026"),
        (FIRST, "D j N", "mar. 1er déc.", "Tue 1 Dec."),
        (FIRST, "DATE_FORMAT", "1er décembre 2026", "1 December 2026"),
        (FIRST, "SHORT_DATE_FORMAT", "1er déc. 2026", "1 Dec 2026"),
        (FIRST, "j", "1", "1"),
        (FIRST, "F Y", "décembre 2026", "December 2026"),
        (SECOND, "j F", "2 décembre", "2 December"),
        (date(2026, 12, 11), "j F", "11 décembre", "11 December"),
    ],
)
def test_a_date_reads_as_people_write_it(day, form, french, english):
    with translation.override("fr"):
        assert date_format(day, form) == french
    with translation.override("en"):
        assert date_format(day, form) == english


def test_templates_write_dates_so_too_in_the_readers_own_zone():
    late = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)  # half past midnight in Paris
    with translation.override("fr"):
        assert Template('{{ at|date:"j F Y, H:i" }}').render(Context({"at": late})) == "1er décembre 2026, 0\u00a0h\u00a030"
        assert Template('{{ at|date:"H:i" }}').render(Context({"at": late})) == "0\u00a0h\u00a030"
        assert Template('{{ at|date:"Y-m-d\\TH:i:sO" }}').render(Context({"at": late})) == "2026-12-01T00:30:00+0100"
        assert Template("{{ day|date }}").render(Context({"day": FIRST})) == "1er décembre 2026"


@pytest.mark.parametrize(("value", "said"), [(None, ""), ("", ""), (time(8, 5), "08:05")])
def test_what_is_no_day_is_left_alone(value, said):
    assert Template('{{ at|date:"H:i" }}').render(Context({"at": value})) == said


@time_machine.travel("2027-01-01 09:00+00:00", tick=False)
def test_a_printed_sheet_says_the_houses_day():
    with translation.override("fr"):
        assert "Imprimé le 1er janvier 2027" in render_to_string("base_print.html")
