"""Departures on the pages of others: their entry, what waits on the home page, and the way in from a profile."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alumni import departing, know_how
from alumni.models import Departure
from portal import clock, navigation, roles, rules
from portal.people import standing
from portal.plans.lines import day_month, from_today
from portal.plans.models import Step
from portal.plans.permissions import HR
from portal.sections import section


def follows(user):
    """The People team, and whoever manages somebody who leaves."""
    if roles.has(user, *HR):
        return True
    return departing.followed(user).filter(status__in=Departure.OPEN) if roles.belongs(user, roles.COLLEAGUES) else False


def _stuck(request) -> int:
    """How many departures wait for something that is past its day."""
    if not roles.has(request.user, *HR):
        return 0
    stuck = Step.objects.filter(departing.held_up(clock.today())).values("plan")
    return departing.followed(request.user).filter(status__in=Departure.OPEN, plan__in=stuck).count()


navigation.enter(gettext_lazy("Departures"), "alumni:departure_list", icon="log-out", order=21, shown_to=follows, covers=("/departures/",), count=_stuck)


@section("home.desk", "alumni/_departure_mine.html", order=2)
def my_departure(request, subject):
    """The way to my own departure, until it is closed."""
    me = standing.of(request.user)
    if me.employee is None or me.employee.left_on is None:
        return None
    mine = Departure.objects.allowing(request.user, "alumni.view_departure").filter(person=me.person, status__in=Departure.OPEN).select_related("site").first()
    if mine is None:
        return None
    left = from_today(mine.last_day, mine.today())
    return {"departure": mine, "day": day_month(mine.last_day), "left": left, "gone": mine.status == Departure.Status.LEFT}


@section("home.desk", "alumni/_departure_desk.html", order=25)
def waiting(request, subject):
    """For the People team and managers: who leaves soon, what cannot close; for anyone: what they take over."""
    user, today, rows = request.user, clock.today(), []
    if not roles.belongs(user, roles.COLLEAGUES):
        return None
    for departure in departing.followed(user).filter(status__in=Departure.OPEN).select_related("person", "site").order_by("last_day")[:3]:
        gone = departure.status == Departure.Status.LEFT
        words = {"name": departure.person.display_name, "day": day_month(departure.last_day)}
        title = _("Close the departure of %(name)s") % words if gone else _("%(name)s leaves on %(day)s") % words
        meta = from_today(departure.last_day, today)
        rows.append({"title": title, "meta": meta, "level": "warn" if gone else "", "icon": "log-out", "url": departure.get_absolute_url()})
    topics = list(know_how.sessions_to_come(user).select_related("departure__person")[:3])
    for topic in topics:
        meta = _("From %(name)s, until %(day)s") % {"name": topic.departure.person.display_name, "day": day_month(topic.departure.last_day)}
        title = _("Take over: %(topic)s") % {"topic": topic.title}
        rows.append({"title": title, "meta": meta, "level": "", "icon": "handshake", "url": reverse("alumni:topic_detail", args=[topic.pk])})
    return {"rows": rows, "waiting": sum(row["level"] == "warn" for row in rows)} if rows else None


@section("people.profile.aside", "alumni/_departure_profile.html", order=80)
def way_in(request, person):
    """From a profile: to the departure for who follows it, or to announcing one, for the People team and on one's own page."""
    user = request.user
    me = standing.of(user)
    if not me.is_colleague or not getattr(person, "employee", None):
        return None
    mine = me.person.pk == person.pk
    running = Departure.objects.visible_to(user).filter(person=person, status=Departure.Status.COMING).first()
    if running:
        return {"departure": running, "mine": mine, "url": running.get_absolute_url()}
    if not rules.may(user, "alumni.announce_employee", person.employee) or person.employee.left_on:
        return None
    url = reverse("alumni:departure_own") if mine else reverse("alumni:departure_announce", args=[person.slug])
    return {"departure": None, "mine": mine, "url": url, "person": person}
