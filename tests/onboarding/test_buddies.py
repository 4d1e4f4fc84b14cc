"""A buddy is somebody who will be there; a last day that is kept quiet shows nothing here either."""

from datetime import timedelta

import pytest

from onboarding import transitions
from onboarding.forms import DetailsForm
from portal.moves import MoveRefused
from portal.people.models.employment import ToldTo
from tests.alumni.making import fresh


def leaves(person, day, told_to):
    """`person` is known, by these, to work until `day`."""
    person.employee.assignments.update(ended_on=day)
    type(person.employee).objects.filter(pk=person.employee.pk).update(left_on=day, end_told_to=told_to)
    return type(person).objects.get(pk=person.pk)


def offered(arrival, person):
    return DetailsForm(arrival=arrival).fields["buddy"].queryset.filter(pk=person.pk).exists()


@pytest.mark.parametrize(
    ("told_to", "days", "shown"),
    [
        (ToldTo.COLLEAGUES, -1, False),
        (ToldTo.COLLEAGUES, 0, True),
        (ToldTo.COLLEAGUES, 30, True),
        (ToldTo.TEAM, -1, True),
        (ToldTo.NEAR, -1, True),
    ],
)
def test_who_is_known_to_be_gone_by_the_first_day_is_not_offered(told_to, days, shown, arrival, cast):
    cleo = leaves(cast.cleo, arrival.plan.first_day + timedelta(days=days), told_to)
    assert offered(arrival, cleo) == shown


def test_whoever_may_know_of_a_quiet_last_day_is_told_when_naming_and_nobody_else(arrival, cast):
    arrival.plan.manager = cast.cleo
    arrival.plan.save()
    ben = leaves(cast.ben, arrival.plan.first_day - timedelta(days=1), ToldTo.NEAR)
    with pytest.raises(MoveRefused, match="will not be there"):
        transitions.name_buddy(arrival.pk, ben, by=fresh(cast.hugo))
    assert transitions.name_buddy(arrival.pk, ben, by=fresh(cast.cleo)).plan.buddy == ben
