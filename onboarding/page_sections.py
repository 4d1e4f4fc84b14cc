"""The entries of arrivals in the masthead, and the newcomer's first day on their home page."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from onboarding import words
from onboarding.models import Arrival
from onboarding.permissions import DESKS, HR
from portal import clock, navigation, roles
from portal.people import standing
from portal.plans.models import Plan, Step
from portal.plans.planning import add_months
from portal.sections import section


def _prepares(user):
    """The People team, the desks, and whoever manages or accompanies somebody whose plan runs."""
    if roles.has(user, *HR, *DESKS):
        return True
    me = standing.of(user)
    return me.is_colleague and Arrival.objects.filter(Q(plan__manager=me.person) | Q(plan__buddy=me.person), plan__status=Plan.Status.RUNNING)


def _late(request) -> int:
    """How many coming people something is late for."""
    today = clock.today()
    if not roles.has(request.user, *HR):
        return 0
    late = Step.objects.waiting().before_nine().filter(due_on__lt=today, plan__first_day__gte=today)
    return Arrival.objects.visible_to(request.user).filter(plan__in=late.values("plan")).count()


def _arriving(user):
    """The reader's own arrival, from the offer until three months after the first day."""
    mine = Arrival.objects.allowing(user, "onboarding.live_arrival").exclude(plan__status=Plan.Status.CANCELLED)
    return mine.filter(plan__first_day__gte=add_months(clock.today(), -3)) if user.is_authenticated else mine.none()


def _own_arrival(user) -> Arrival | None:
    found = getattr(user, "_own_arrival", False)
    if found is False:
        found = _arriving(user).select_related("plan__site", "plan__person__user", "plan__buddy").order_by("-plan__first_day").first()
        user._own_arrival = found
    return found


navigation.enter(_("Arrivals"), "onboarding:arrival_list", icon="door-open", order=20, shown_to=_prepares, covers=("/arrivals/",), count=_late)
navigation.enter(_("My first day"), "onboarding:day_one", icon="sprout", order=5, shown_to=_arriving, covers=("/first-day/",))


@section("home.desk", "onboarding/_home_first_day.html", order=1)
def first_day(request, subject):
    """The way to my first day, on top until a fortnight after it."""
    arrival = _own_arrival(request.user)
    if arrival is None:
        return None
    plan = arrival.plan
    today = plan.today()
    if (today - plan.first_day).days > 14:
        return None
    return {"arrival": arrival, "plan": plan, "day": words.day_month(plan.first_day), "is_today": today == plan.first_day}
