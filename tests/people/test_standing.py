"""Who is in which audience today."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from portal import clock, roles
from portal.people.models import Assignment, employment
from tests import factories as make
from tests.cast import NAMES, user_of

EXPECTED = {
    "maya": {roles.EVERYONE, roles.SIGNED_IN, roles.COLLEAGUES},
    "hugo": {roles.EVERYONE, roles.SIGNED_IN, roles.COLLEAGUES},
    "nia": {roles.EVERYONE, roles.SIGNED_IN, roles.NEWCOMERS},
    "ben": {roles.EVERYONE, roles.SIGNED_IN, roles.COLLEAGUES},
    "cleo": {roles.EVERYONE, roles.SIGNED_IN, roles.COLLEAGUES},
    "ilan": {roles.EVERYONE, roles.SIGNED_IN, roles.COLLEAGUES},
    "zoe": {roles.EVERYONE},
    "omar": {roles.EVERYONE, roles.SIGNED_IN},
    "visitor": {roles.EVERYONE},
}


@pytest.mark.parametrize("name", NAMES)
def test_audiences_of_the_cast(cast, name):
    user = user_of(cast, name)
    assert {audience for audience in roles.AUDIENCES if roles.belongs(user, audience)} == EXPECTED[name]


def test_late_in_the_evening_each_site_has_its_own_day_and_a_new_one_is_not_lost(cast, monkeypatch):
    """At 23:30 in Paris it is still the same day in Bristol; Auckland, opened a moment ago by another process, lives the organisation's."""
    tomorrow = clock.today() + timedelta(days=1)
    auckland = make.SiteFactory(code="auckland", country="NZ", timezone="Pacific/Auckland")
    far = make.colleague("Aroha", "Ngata", team=cast.far, site=auckland, started=tomorrow)
    evening = datetime.combine(clock.today(), time(23, 30), tzinfo=ZoneInfo("Europe/Paris"))
    with time_machine.travel(evening):
        assert Assignment.objects.current().filter(employee__person=far).exists()  # it is tomorrow there
        assert Assignment.objects.current().filter(employee__person=cast.cleo).exists()
        monkeypatch.setattr(employment, "_known_zones", {0: "America/Lima", cast.bristol.pk: "Europe/London", cast.nantes.pk: "Europe/Paris"})
        assert Assignment.objects.current().filter(employee__person=cast.maya).exists()
        assert not Assignment.objects.current().filter(employee__person=far).exists()
        assert Assignment.objects.coming().filter(employee__person=far).exists()
        assert roles.belongs(far.user, roles.COLLEAGUES)  # the first of them to come makes the site known
        assert Assignment.objects.current().filter(employee__person=far).exists()
    with time_machine.travel(evening + timedelta(hours=1)):  # half past midnight in Paris, the day before in Lima
        assert Assignment.objects.current().filter(employee__person=far).exists()
