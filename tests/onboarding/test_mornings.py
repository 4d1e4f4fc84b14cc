"""Nine o'clock on day one: by the site's own clock, from fresh answers, written once."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from onboarding import asking, mornings
from onboarding.models import Arrival, Morning, MorningItem, Result
from portal import readiness
from portal.people.models import Site


def nine(arrival, minutes=0, zone="Europe/Paris"):
    return datetime.combine(arrival.plan.first_day, datetime.min.time(), ZoneInfo(zone)).replace(hour=9) + timedelta(minutes=minutes)


def at(moment):
    return time_machine.travel(moment, tick=False)


def see(arrival, *, asked=-10, recorded=1, state=readiness.READY, zone="Europe/Paris"):
    """The checks answered at nine plus `asked` minutes, the house looked at nine plus `recorded`."""
    with at(nine(arrival, asked, zone)):
        asking.run()
        Result.objects.update(state=state)
    with at(nine(arrival, recorded, zone)):
        mornings.record()
    return Morning.objects.get(arrival=arrival)


def test_all_ready_is_kept(arrival):
    assert see(arrival).seen == "kept"


def test_one_thing_missing_is_broken(arrival):
    with at(nine(arrival, -10)):
        asking.run()
        Result.objects.update(state=readiness.READY)
        Result.objects.filter(code="onboarding.badge").update(state=readiness.NOT_READY)
    with at(nine(arrival, 1)):
        mornings.record()
    morning = Morning.objects.get()
    assert morning.seen == "broken"
    assert [item.code for item in morning.items.filter(seen="broken")] == ["onboarding.badge"]


@pytest.mark.parametrize(("asked", "recorded"), [(-20, 1), (-60, 2), (-10, 8), (-10, 300)])
def test_old_answers_or_a_late_look_are_not_measured(arrival, asked, recorded):
    assert see(arrival, asked=asked, recorded=recorded).seen == "not_measured"


def test_a_check_that_cannot_tell_is_not_measured(arrival):
    assert see(arrival, state=readiness.CANNOT_TELL).seen == "not_measured"


def test_before_nine_nothing_is_written_and_nine_is_the_sites_own(arrival):
    Site.objects.update(timezone="America/Montreal")
    arrival = Arrival.objects.get()
    with at(nine(arrival, 30, "Europe/Paris")):
        assert mornings.record() == 0
    with at(nine(arrival, -1, "America/Montreal")):
        assert mornings.record() == 0
    assert see(arrival, zone="America/Montreal").seen == "kept"


def test_on_the_day_the_clocks_change_nine_is_still_nine():
    """25 October 2026, France: the night has one hour more."""
    plan = type("Plan", (), {"first_day": datetime(2026, 10, 25).date(), "site": type("Site", (), {"timezone": "Europe/Paris"})()})()
    assert mornings.nine_of(plan).astimezone(ZoneInfo("UTC")).hour == 8
    plan.first_day = datetime(2026, 10, 24).date()
    assert mornings.nine_of(plan).astimezone(ZoneInfo("UTC")).hour == 7


def test_it_is_written_once_and_never_changed(arrival):
    morning = see(arrival)
    with at(nine(arrival, 3)):
        assert mornings.record() == 0
        assert mornings.record_one(arrival, nine(arrival, 3)) is False
    morning.seen = "broken"
    with pytest.raises(TypeError):
        morning.save()
    with pytest.raises(TypeError):
        Morning.objects.update(seen="broken")
    with pytest.raises(TypeError):
        MorningItem.objects.filter(morning=morning).update(seen="broken")
    assert Morning.objects.get().seen == "kept"


def test_a_worker_that_was_away_all_day_leaves_not_measured(arrival):
    with at(nine(arrival, 60 * 30)):
        assert mornings.record() == 1
    assert Morning.objects.get().seen == "not_measured"


def test_every_link_in_the_list_opens_for_whoever_reads_it(arrival, client_of):
    see(arrival)
    with at(nine(arrival, 60)):
        for name, linked in (("hugo", True), ("nia", False)):
            client = client_of(name)
            page = client.get("/arrivals/mornings/")
            assert "Nia" in page.content.decode()
            place = f"/arrivals/{arrival.pk}/readiness/"
            assert (place in page.content.decode()) is linked
            assert (client.get(place).status_code == 200) is linked
            assert ('class="back" href="/arrivals/"' in page.content.decode()) is (client.get("/arrivals/").status_code == 200) is linked
