"""What the checks found that no open step tells: named in the letters of the morning, told louder as the day comes near."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from onboarding import asking, digests, settling
from onboarding.models import Result
from portal.models import Mail, TimelineEntry
from portal.plans import transitions
from portal.plans.models import Plan, Step


@pytest.fixture
def eve(arrival):
    """Nine in the morning of the last working day before the first day; every step is said to be done, and one check disagrees."""
    plan = Plan.objects.select_related("site").get()
    Step.objects.filter(plan=plan).update(status=Step.Status.DONE)
    asking.run()
    Result.objects.update(state="ready")
    Result.objects.filter(code="onboarding.workstation_tested").update(state="not_ready", reason="Not tested yet: %(kind)s.", words={"kind": {"en": "Laptop"}})
    return datetime.combine(plan.days.shift(plan.first_day, -1), time(9), ZoneInfo(plan.site.timezone))


def letters(kind, to):
    return [mail.body for mail in Mail.objects.filter(kind=f"onboarding.{kind}", to=to.user.email)]


def test_whoever_sees_to_it_is_told_once_a_morning(eve, cast):
    assert digests.write(eve) == 1
    assert digests.write(eve + timedelta(minutes=15)) == 0
    (body,) = letters("digest", cast.ilan)
    assert "The workstation was tested" in body
    assert "Not tested yet" in body


def test_an_open_step_of_the_desk_speaks_for_itself(eve, cast):
    Step.objects.filter(key="order-laptop").update(status=Step.Status.OPEN)
    digests.write(eve)
    (body,) = letters("digest", cast.ilan)
    assert "Not tested yet" not in body


def test_cannot_tell_is_told_too(eve, cast):
    Result.objects.filter(code="onboarding.workstation_tested").update(state="cannot_tell", reason="", words={})
    digests.write(eve)
    assert "Cannot tell" in letters("digest", cast.ilan)[0]


def test_on_the_eve_the_people_team_hears_it_once_and_again_when_it_breaks_again(eve, cast):
    assert digests.escalate(eve) == 1
    assert digests.escalate(eve) == 0
    assert "Not tested yet" in letters("escalation", cast.hugo)[0]
    assert letters("escalation", cast.ilan) == []
    Result.objects.update(state="ready")
    digests.escalate(eve)
    Result.objects.filter(code="onboarding.workstation_tested").update(state="not_ready")
    Mail.objects.all().delete()
    assert digests.escalate(eve) == 1


def automatic(arrival, code):
    step = arrival.plan.steps.get(key="order-laptop")
    Step.objects.filter(pk=step.pk).update(kind="check", asks=code, status=Step.Status.OPEN)
    return step


def test_an_automatic_step_follows_its_check_both_ways_and_says_so(arrival):
    step = automatic(arrival, "onboarding.buddy")
    asking.run()
    step.refresh_from_db()
    assert step.status == Step.Status.DONE
    Plan.objects.update(buddy=None)
    asking.run(all_of_them=True)
    step.refresh_from_db()
    assert step.status == Step.Status.OPEN
    notes = TimelineEntry.objects.filter(object_id=step.pk, verb="moved").values_list("note", flat=True)
    assert list(notes) == ["check", "check"]


def test_an_answer_nobody_could_give_moves_no_step(arrival):
    step = automatic(arrival, "onboarding.buddy")
    asking.run()
    Result.objects.filter(code="onboarding.buddy").update(state="cannot_tell")
    assert settling.follow([arrival.pk]) == 0
    step.refresh_from_db()
    assert step.status == Step.Status.DONE


def test_a_step_that_is_not_needed_stays_so(arrival, cast):
    step = automatic(arrival, "onboarding.buddy")
    transitions.skip(step.pk, by=cast.hugo.user)
    asking.run()
    step.refresh_from_db()
    assert step.status == Step.Status.SKIPPED
