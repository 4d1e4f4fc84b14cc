"""A question whose SQL is kept answers as one written anew."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.again import Again
from portal.people.models import Assignment

pytestmark = pytest.mark.django_db


def seats(user):
    return Assignment.objects.select_related("employee__person", "team").filter(employee__person__user=user).order_by("pk")


def test_each_value_is_asked_for_itself(cast):
    asked = Again(seats)
    for person in (cast.maya, cast.ben, cast.maya):
        assert asked(person.user.pk) == list(seats(person.user.pk))
    assert asked(10**9) == []


def test_what_belongs_to_it_comes_in_the_same_statement(cast):
    asked = Again(seats)
    asked(cast.maya.user.pk)
    with CaptureQueriesContext(connection) as queries:
        (seat,) = asked(cast.ben.user.pk)
        assert (seat.employee.person, seat.team) == (cast.ben, cast.data)
    assert len(queries) == 1


def test_what_changed_meanwhile_is_seen(cast):
    asked = Again(seats)
    before = asked(cast.ben.user.pk)
    Assignment.objects.filter(employee__person=cast.ben).update(title_en="Diver")
    assert [seat.title_en for seat in (*before, *asked(cast.ben.user.pk))] == ["Data engineer", "Diver"]
