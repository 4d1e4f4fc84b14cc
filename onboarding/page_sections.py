"""The entries of arrivals in the masthead, and the newcomer's page as their home until the first day is over."""

from django.db.models import Count, Min, Q
from django.utils.translation import gettext_lazy as _

from onboarding import coming, dayone, words
from onboarding.models import Arrival, CheckIn
from onboarding.permissions import DESKS, HR
from portal import clock, navigation, roles
from portal.people import standing
from portal.plans.lines import from_today
from portal.plans.models import Plan, Step
from portal.plans.planning import add_months
from portal.sections import section

ASKED_FOR = 5  # months after a first day in which a check-in, the last of them after three, may wait


def _prepares(user):
    """The People team, the desks, and whoever manages or accompanies somebody whose plan runs."""
    if roles.has(user, *HR, *DESKS):
        return True
    me = standing.of(user)
    return me.is_colleague and Arrival.objects.filter(Q(plan__manager=me.person) | Q(plan__buddy=me.person), plan__status=Plan.Status.RUNNING)


def _late(request) -> int:
    """How many coming people something is late for; the board has looked already."""
    if not roles.has(request.user, *HR):
        return 0
    today = clock.today()
    known = getattr(request, "comers", None)
    if known is not None:
        return sum(bool(each.late) for each in known if each.first_day >= today)
    ahead = coming.running(request.user).filter(plan__first_day__gte=today)
    return ahead.filter(plan__in=Step.objects.filter(coming.late_steps(today)).values("plan")).count()


def _arriving(user):
    """The reader's own arrival, from the offer until three months after the first day."""
    mine = Arrival.objects.allowing(user, "onboarding.live_arrival").exclude(plan__status=Plan.Status.CANCELLED)
    return mine.filter(plan__first_day__gte=add_months(clock.today(), -3)) if user.is_authenticated else mine.none()


def _own_arrival(user) -> Arrival | None:
    found = getattr(user, "_own_arrival", False)
    if found is False:
        found = (
            _arriving(user)
            .select_related("plan__person__user", "plan__site", "plan__manager__user", "plan__buddy__user", "plan__assignment__team")
            .order_by("-plan__first_day")
            .first()
        )
        user._own_arrival = found
    return found


def _settling(user):
    """The same, once the day is over and the page is no longer the home."""
    return _arriving(user).filter(plan__first_day__lt=clock.today())


navigation.enter(_("Arrivals"), "onboarding:arrival_list", icon="door-open", order=20, shown_to=_prepares, covers=("/arrivals/",), count=_late)
navigation.enter(_("My first day"), "onboarding:day_one", icon="sprout", order=5, shown_to=_settling, covers=("/first-day/",))


@section("home.whole", "onboarding/_day_one.html", order=1)
def first_day(request, subject):
    """Until the first day is over the home is that day's page, codes and all; it costs what the page costs."""
    arrival = _own_arrival(request.user)
    if arrival is None or arrival.plan.today() > arrival.plan.first_day:
        return None
    return dayone.context(arrival, request.user)


@section("home.desk", "onboarding/_home_late.html", order=12)
def late_arrivals(request, subject):
    """Coming people something is late for: all of them for the People team, their own for whoever manages them."""
    me = standing.of(request.user)
    if not me.is_colleague:
        return None
    today = clock.today(me.seats[0].site.timezone)
    ahead = coming.running(request.user).filter(plan__first_day__gte=today)
    ahead = ahead if roles.has(request.user, *HR) else ahead.filter(plan__manager=me.person)
    late = Step.objects.filter(coming.late_steps(today), plan__in=ahead.values("plan"))
    tally = late.aggregate(people=Count("plan", distinct=True), first=Min("plan__first_day"))
    if not tally["people"]:
        return None
    return {"people": tally["people"], "first": from_today(tally["first"], today), "waiting": 1}


@section("home.desk", "onboarding/_home_first_weeks.html", order=1)
def first_weeks(request, subject):
    """The way back to that page, on top until a fortnight after it."""
    arrival = _own_arrival(request.user)
    if arrival is None or not 0 < (arrival.plan.today() - arrival.plan.first_day).days <= 14:
        return None
    return {"arrival": arrival, "plan": arrival.plan, "day": words.day_month(arrival.plan.first_day)}


@section("home.desk", "onboarding/_home_checkins.html", order=2)
def open_checkins(request, subject):
    """Three questions that wait for their newcomer, for as long as they may; whoever came long ago costs no query."""
    me = standing.of(request.user)
    if not me.is_colleague or me.seats[0].started_on < add_months(clock.today(), -ASKED_FOR):
        return None
    mine = CheckIn.objects.allowing(request.user, "onboarding.answer_checkin").exclude(arrival__plan__status=Plan.Status.CANCELLED)
    found = list(mine.filter(asked_at__isnull=False, answered_at=None).order_by("due_on"))
    return {"checkins": found, "waiting": len(found)} if found else None
