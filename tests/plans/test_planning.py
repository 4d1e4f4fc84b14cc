"""Dates of steps: working days, public holidays, weeks, months; and which templates make a plan."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.plans import moments
from portal.plans.planning import Anchor, Moment, Span, Traits, WorkingDays, add_months, combine, due_on

FRANCE, ENGLAND = WorkingDays("FR"), WorkingDays("GB")
days = st.dates(date(2024, 1, 1), date(2031, 12, 31))
countries = st.sampled_from(["FR", "GB", "DE", "ES", "US"])


def moment(offset, span=Span.DAYS, anchor=Anchor.FIRST_DAY):
    return Moment(anchor, offset, span)


@pytest.mark.parametrize(
    ("country", "day", "works"),
    [
        (FRANCE, date(2026, 7, 14), False),
        (ENGLAND, date(2026, 7, 14), True),
        (ENGLAND, date(2026, 12, 28), False),  # Boxing Day is on a Saturday: the Monday is given instead
        (FRANCE, date(2026, 12, 28), True),
        (FRANCE, date(2026, 11, 28), False),
        (WorkingDays("ZZ"), date(2026, 12, 25), True),  # a country nobody listed has weekends only
    ],
)
def test_public_holidays_are_those_of_the_country(country, day, works):
    assert country.works(day) is works


def test_three_days_before_easter_tuesday_skips_monday_and_the_weekend():
    assert due_on(moment(-3), date(2026, 4, 7), None, FRANCE) == date(2026, 4, 1)
    assert due_on(moment(-3), date(2026, 4, 7), None, ENGLAND) == date(2026, 3, 31)  # Good Friday too


def test_weeks_and_months_roll_on_to_a_day_people_work():
    assert due_on(moment(2, Span.WEEKS), date(2026, 7, 1), None, FRANCE) == date(2026, 7, 15)
    assert due_on(moment(1, Span.WEEKS), date(2026, 7, 7), None, FRANCE) == date(2026, 7, 15)  # the 14th is a holiday
    assert due_on(moment(3, Span.MONTHS), date(2026, 11, 30), None, FRANCE) == date(2027, 3, 1)  # 28 February is a Sunday


def test_the_end_of_trial_counts_from_the_trial():
    assert due_on(moment(-1, anchor=Anchor.TRIAL_END), date(2026, 11, 30), date(2027, 3, 30), FRANCE) == date(2027, 3, 26)  # the 29th is Easter Monday


def test_months_end_with_the_month():
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2026, 12, 31), 2) == date(2027, 2, 28)
    assert add_months(date(2026, 1, 15), -1) == date(2025, 12, 15)


@settings(max_examples=150, deadline=None)
@given(days, st.integers(-40, 40), countries)
def test_a_step_counted_in_working_days_is_due_on_one(first_day, offset, country):
    calendar = WorkingDays(country)
    found = due_on(moment(offset), first_day, None, calendar)
    assert found == first_day if offset == 0 else calendar.works(found)


@settings(max_examples=150, deadline=None)
@given(days, st.integers(-40, 40), countries)
def test_there_are_as_many_working_days_between_as_were_asked_for(first_day, offset, country):
    calendar = WorkingDays(country)
    first_day = calendar.onward(first_day)
    assert calendar.between(first_day, due_on(moment(offset), first_day, None, calendar)) == offset


@settings(max_examples=150, deadline=None)
@given(days, st.integers(-30, 30), st.integers(-30, 30))
def test_what_comes_first_in_the_template_is_never_due_later(first_day, one, other):
    early, late = sorted([one, other])
    assert due_on(moment(early), first_day, None, FRANCE) <= due_on(moment(late), first_day, None, FRANCE)


@settings(max_examples=100, deadline=None)
@given(days, st.integers(1, 60), st.integers(-20, 20))
def test_a_later_first_day_never_brings_a_step_forward(first_day, later, offset):
    assert due_on(moment(offset), first_day, None, FRANCE) <= due_on(moment(offset), first_day + timedelta(days=later), None, FRANCE)


def template(pk, *keys, site=None, trade=None, contract="", remote=None, manages=None, kind="arrival"):
    steps = [SimpleNamespace(key=key, of=pk) for key in keys]
    return SimpleNamespace(
        pk=pk, kind=kind, site_id=site, trade_id=trade, contract=contract, remote=remote, manages=manages, steps=SimpleNamespace(all=lambda: steps)
    )


def test_the_base_is_completed_by_what_fits_and_the_more_particular_wins():
    templates = [
        template(1, "laptop", "badge"),
        template(2, "laptop", "boots", trade=7),
        template(3, "boots", "boat", trade=7, site=1),
        template(4, "vpn", remote=True),
        template(5, "team", manages=True),
        template(6, "return", kind="departure"),
        template(7, "visa", contract="internship"),
    ]
    chosen = combine(templates, Traits("arrival", site=1, trade=7, contract="permanent", remote=True))
    assert {(step.key, step.of) for step in chosen} == {("laptop", 2), ("badge", 1), ("boots", 3), ("boat", 3), ("vpn", 4)}


@pytest.mark.parametrize(
    ("moment", "departure", "english", "french"),
    [
        (Moment("first_day", -12, "days"), False, "12 working days before the first day", "12 jours ouvrés avant le premier jour"),
        (Moment("first_day", 1, "weeks"), False, "1 week after the first day", "1 semaine après le premier jour"),
        (Moment("first_day", 0, "days"), True, "On the last day", "Le dernier jour"),
        (Moment("first_day", 1, "days"), True, "1 working day after the last day", "1 jour ouvré après le dernier jour"),
        (Moment("trial_end", -1, "months"), False, "1 month before the end of the trial", "1 mois avant la fin de la période d’essai"),
    ],
)
def test_a_moment_is_said_in_words(moment, departure, english, french):
    for language, words in (("en", english), ("fr", french)):
        with translation.override(language):
            assert moments.in_words(moment, departure=departure) == words
