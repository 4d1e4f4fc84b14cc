"""The command that fills the demo company: when it does nothing, and when it brings the company back to today."""

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command

from portal import clock
from portal.demo import redate, rivage
from portal.models import TaskRun
from portal.people.models import Person
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_addresses_spell_the_letters_they_cannot_hold():
    person = make.PersonFactory(given_name="Łukasz", family_name="Lecœur")
    assert person.slug == "lukasz-lecoeur"


@pytest.mark.parametrize(("day", "weeks"), [(date(2026, 11, 23), 0), (date(2026, 11, 29), 0), (date(2026, 11, 30), 1), (date(2026, 12, 16), 3)])
def test_it_is_stale_from_the_next_monday_on(day, weeks):
    assert redate.weeks_since(date(2026, 11, 25), day) == weeks


def test_the_demo_company_stays_out_of_other_peoples_data():
    make.PersonFactory()
    call_command("rivage", "--if-needed", verbosity=0)
    assert Person.objects.count() == 1
    with pytest.raises(CommandError, match="already"):
        call_command("rivage")


def test_if_needed_does_nothing_in_the_week_it_was_filled_and_moves_on_later():
    person = make.EmployeeFactory()
    today = rivage.real_today()
    TaskRun.objects.create(name="demo.rivage", started_at=clock.now(), outcome=str(today))
    call_command("rivage", "--if-needed")
    before = person.joined_on
    person.refresh_from_db()
    assert person.joined_on == before
    TaskRun.objects.update(outcome=str(today - timedelta(weeks=2)))
    call_command("rivage", "--if-needed")
    call_command("rivage", "--if-needed")
    person.refresh_from_db()
    assert person.joined_on == before + timedelta(weeks=2)
