"""Letters of the morning: one a day to each, quiet at night, louder as the day comes near, and never twice."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onboarding import digests
from portal import clock
from portal.models import Mail
from portal.plans.models import Desk, Plan, Step


def local(day, hour):
    return datetime.combine(day, datetime.min.time(), ZoneInfo("Europe/Paris")).replace(hour=hour)


@pytest.fixture
def late(arrival):
    """Everything is due: it is the working day before the first day."""
    plan = Plan.objects.select_related("site").get()
    day = plan.days.shift(plan.first_day, -1)
    Step.objects.filter(plan=plan, due_on__lt=plan.first_day).update(due_on=day - timedelta(days=3))
    return day


def kinds():
    return sorted(Mail.objects.filter(kind__startswith="onboarding.").exclude(kind__in=["onboarding.welcome", "onboarding.buddy"]).values_list("kind", "to"))


def test_each_gets_one_letter_a_morning_however_often_it_runs(late, cast):
    written = digests.write(local(late, 8))
    assert written > 0
    assert digests.write(local(late, 8)) == digests.write(local(late, 11)) == 0
    assert len({to for _kind, to in kinds()}) == written
    body = Mail.objects.get(kind="onboarding.digest", to=cast.ilan.user.email).body
    assert "Set a laptop aside" in body


@pytest.mark.parametrize(("hour", "shift"), [(5, 0), (22, 0), (9, 6)])
def test_nights_and_week_ends_are_quiet(late, hour, shift):
    day = late + timedelta(days=(5 - late.weekday())) if shift else late
    assert digests.write(local(day, hour)) == 0
    assert digests.escalate(local(day, hour)) == 0


def test_a_desk_that_never_signs_in_gets_one_letter_with_links(late, cast):
    Desk.objects.create(role="security", email="gate@rivage.example", language="en")
    digests.write(local(late, 8))
    digests.write(local(late, 9))
    letter = Mail.objects.get(to="gate@rivage.example")
    assert letter.body.count("/plans/done/") == 2


def test_it_gets_louder_and_each_level_is_told_once(arrival, cast):
    plan = Plan.objects.select_related("site").get()
    plan.first_day = plan.days.onward(plan.first_day)  # whatever day of the week these tests run
    plan.save(update_fields=["first_day"])
    Step.objects.filter(plan=plan).exclude(key="order-laptop").delete()
    Step.objects.filter(plan=plan).update(due_on=clock.today() - timedelta(days=9))
    told = []
    for before in (5, 5, 4, 3, 3, 2, 1, 1):
        digests.escalate(local(plan.days.shift(plan.first_day, -before), 9))
        told.append(Mail.objects.filter(kind="onboarding.escalation").count())
    assert told == [1, 1, 1, 2, 2, 2, 3, 3]
    assert list(Mail.objects.filter(kind="onboarding.escalation").order_by("pk").values_list("to", flat=True)) == [
        cast.ilan.user.email,
        cast.maya.user.email,
        cast.hugo.user.email,
    ]


def test_a_long_letter_names_forty_steps_and_says_how_many_more(late, cast):
    plan = Plan.objects.get()
    Step.objects.bulk_create(
        Step(plan=plan, key=f"more-{n}", text_en=f"More {n}", role="it", owner=cast.ilan, due_on=late - timedelta(days=2)) for n in range(60)
    )
    digests.write(local(late, 8))
    body = Mail.objects.get(kind="onboarding.digest", to=cast.ilan.user.email).body
    assert body.count("/plans/steps/") == 41  # forty steps, and the page of the others
    assert "more are on your page" in body


def test_what_comes_up_after_the_loud_letter_is_told_the_next_day_and_not_lost(arrival, cast):
    plan = Plan.objects.select_related("site").get()
    first, second = plan.steps.get(key="order-laptop"), plan.steps.get(key="open-account")
    plan.steps.exclude(pk__in=[first.pk, second.pk]).delete()
    plan.steps.update(due_on=clock.today() - timedelta(days=9))
    Step.objects.filter(pk=second.pk).update(status="done")
    day = plan.days.shift(plan.first_day, -5)
    assert digests.escalate(local(day, 8)) == 1
    Step.objects.filter(pk=second.pk).update(status="open")  # somebody undid it at ten
    assert digests.escalate(local(day, 10)) == 0
    assert digests.escalate(local(plan.days.shift(day, 1), 8)) == 1
    assert "Open the account" in Mail.objects.filter(kind="onboarding.escalation").latest("pk").body


def test_the_letters_cost_the_same_queries_with_few_and_many_steps(late, cast):
    plan = Plan.objects.get()

    def cost():
        Mail.objects.all().delete()
        Step.objects.update(escalated=0)
        with CaptureQueriesContext(connection) as queries:
            digests.escalate(local(late, 8))
            digests.write(local(late, 8))
        return len(queries)

    few = cost()
    Step.objects.bulk_create(Step(plan=plan, key=f"more-{n}", text_en="More", role="it", owner=cast.ilan, due_on=late - timedelta(days=2)) for n in range(200))
    assert cost() <= few
