"""Nine o'clock on day one: the house writes down, by itself, whether everything was ready; nobody can change it."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop

from onboarding import announcing
from onboarding.models import Arrival, Morning, MorningItem
from onboarding.models.morning import Seen
from portal import clock, readiness
from portal.plans.models import Plan, PlanKind

NINE = time(9)
FRESH = timedelta(minutes=15)  # an answer older than this says nothing about nine o'clock
IN_TIME = timedelta(minutes=5)  # whoever looks later than this did not see nine o'clock
LOOK_BACK = timedelta(days=30)


def nine_of(plan: Plan) -> datetime:
    """Nine o'clock on the first day, in the site's own time zone."""
    return datetime.combine(plan.first_day, NINE, ZoneInfo(plan.site.timezone))


def due(now=None):
    """The arrivals whose nine o'clock has come and is not written down."""
    now = now or clock.now()
    began = Arrival.objects.filter(
        morning=None,
        plan__kind=PlanKind.ARRIVAL,
        plan__status__in=[Plan.Status.RUNNING, Plan.Status.DONE],
        plan__first_day__lte=clock.day(now) + timedelta(days=1),
        plan__first_day__gte=clock.day(now) - LOOK_BACK,
    )
    return [arrival for arrival in began.select_related("plan__site", "plan__person").prefetch_related("results") if nine_of(arrival.plan) <= now]


def record(now=None) -> int:
    """Write down every first morning that is due; how many."""
    return sum(record_one(arrival, now or clock.now()) for arrival in due(now))


def record_one(arrival: Arrival, now: datetime) -> bool:
    """Write down one first morning, once; whether this call did it."""
    nine = nine_of(arrival.plan)
    items = [item_of(arrival, result, nine, now) for result in arrival.results.all()]
    try:
        with transaction.atomic():
            morning = Morning.objects.create(arrival=arrival, first_day=arrival.plan.first_day, nine=nine, seen=whole(items), recorded_at=now)
            for item in items:
                item.morning = morning
            MorningItem.objects.bulk_create(items)
            announcing.tell("arrival.morning", arrival, seen=str(morning.seen))
    except IntegrityError:
        return False  # another worker wrote it
    return True


def item_of(arrival: Arrival, result, nine: datetime, now: datetime) -> MorningItem:
    """What one check says about nine o'clock; an old answer, a silence or a late look is not measured."""
    asked_at = result.asked_at if result.remote else arrival.asked_at
    item = MorningItem(code=result.code, seen=Seen.NOT_MEASURED, reason=result.reason, words=result.words, asked_at=asked_at)
    if now > nine + IN_TIME or asked_at is None or not timedelta() <= now - asked_at <= FRESH:
        item.reason, item.words = gettext_noop("Nobody asked between a quarter to nine and nine."), {}
    elif result.state == readiness.READY:
        item.seen = Seen.KEPT
    elif result.state == readiness.NOT_READY:
        item.seen = Seen.BROKEN
    return item


def whole(items: list[MorningItem]) -> str:
    """Broken if anything is; kept only if everything was measured and ready."""
    seen = {item.seen for item in items}
    if Seen.BROKEN in seen:
        return Seen.BROKEN
    return Seen.KEPT if seen == {Seen.KEPT} else Seen.NOT_MEASURED
