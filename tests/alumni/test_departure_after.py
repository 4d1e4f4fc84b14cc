"""After the last day: rights and addresses end by date, who comes back finds their history, and nothing is kept for ever."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.urls import reverse

from alumni.models import Departure, ExitTalk, Topic
from alumni.transitions import departure as departures
from portal import clock
from portal.models import AuditEntry, TimelineEntry
from portal.people import path, standing
from portal.plans.models import Plan
from tests import factories as make
from tests.alumni.making import after, leaves, user


def again(person):
    """The same person, nothing remembered."""
    return type(person).objects.select_related("user", "employee").get(pk=person.pk)


# --- the morning after --------------------------------------------------------------------------------
def test_rights_end_the_morning_after_by_date_alone(cast, at):
    leaves(cast, days=1)
    at(1)
    assert standing.is_colleague(user(cast, "ben"))
    assert departures.leave_due() == 0
    at(2)
    assert not standing.is_colleague(user(cast, "ben"))


def test_sessions_and_company_addresses_end_with_it(cast, at, client_of):
    browser = client_of("ben")
    assert browser.get(reverse("home")).status_code == 200
    UserSession.objects.create(user=cast.ben.user, session_key=browser.session.session_key, ip="127.0.0.1", user_agent="Firefox")
    EmailAddress.objects.create(user=cast.ben.user, email="ben@home.example", verified=True)
    leaves(cast, days=1)
    at(1)
    departures.leave_due()
    assert UserSession.objects.filter(user=cast.ben.user).exists()
    at(2)
    assert departures.leave_due() == 1
    assert departures.leave_due() == 0
    assert not UserSession.objects.filter(user=cast.ben.user).exists()
    assert list(EmailAddress.objects.filter(user=cast.ben.user).values_list("email", "primary")) == [("ben@home.example", True)]
    assert user(cast, "ben").email == "ben@home.example"
    assert browser.get(reverse("account")).status_code == 302
    assert AuditEntry.objects.filter(action="departure.left").exists()
    assert TimelineEntry.objects.filter(content_type__model="departure", after="left").exists()


def test_the_address_one_gave_takes_the_place_of_the_companys(cast, at):
    departure = leaves(cast, days=1)
    departures.give_address(departure.pk, "ben@home.example", by=cast.ben.user)
    at(2)
    departures.leave_due()
    address = EmailAddress.objects.get(user=cast.ben.user)
    assert (address.email, address.verified) == ("ben@home.example", False)


def test_an_address_of_the_company_is_no_address_of_ones_own(cast, client_of):
    departure = leaves(cast)
    answer = client_of("ben").post(reverse("alumni:departure_address", args=[departure.pk]), {"own_address": "ben.o@rivage.example"})
    assert answer.status_code == 422


def test_the_company_address_may_be_given_to_somebody_else(cast, at):
    leaves(cast, days=1)
    at(2)
    departures.leave_due()
    other = make.colleague("Benoit", "Okafor", team=cast.data, site=cast.nantes, email="ben@rivage.example")
    assert EmailAddress.objects.get(email="ben@rivage.example").user == other.user


def test_the_day_is_over_by_the_date_of_the_site(cast, monkeypatch):
    """At 23:30 in London it is tomorrow in Nantes: Ben's day is over there, Cleo's is not."""
    from datetime import datetime
    from zoneinfo import ZoneInfo

    ben, cleo = leaves(cast, days=3), leaves(cast, cast.cleo, days=3)
    late = datetime.combine(ben.last_day, datetime.min.time(), ZoneInfo("Europe/London")) + timedelta(hours=23, minutes=30)
    monkeypatch.setattr(clock, "now", lambda: late)
    assert departures.leave(ben.pk)
    assert not departures.leave(cleo.pk)


# --- coming back --------------------------------------------------------------------------------------
def test_who_comes_back_finds_skills_and_history(cast, at):
    from recruitment.enrolment import enrol

    skill = make.PersonSkillFactory(content_object=cast.ben, level=4)
    leaves(cast, days=1)
    at(2)
    departures.leave_due()
    at(30)
    opening = make.OpeningFactory(team=cast.far, site=cast.bristol, hiring_manager=cast.cleo)
    employee = enrol(again(cast.ben), opening=opening, joined_on=clock.today(cast.bristol.timezone))
    assert employee == cast.ben.employee
    assert standing.is_colleague(user(cast, "ben"))
    assert list(again(cast.ben).holdings.all()) == [skill]
    assert path.of(again(cast.ben)).phase == path.NEWCOMER
    assert len(path.of(again(cast.ben)).past) == 1
    assert leaves(cast, days=90).plan.kind == "departure"


# --- how long it is kept ------------------------------------------------------------------------------
def test_a_departure_is_kept_five_years_and_what_was_said_one(cast, at):
    from alumni import retention_departures as kept

    departure = after(cast, at)
    topic = Topic.objects.create(departure=departure, title="The lock")
    talk = ExitTalk.objects.create(departure=departure, at=clock.now())
    for days, due in ((360, [False, False, False]), (370, [False, True, True]), (5 * 365 + 10, [True, True, True])):
        moment = clock.now() + timedelta(days=days)
        rules = [(kept.departures_due, departure), (kept.topics_due, topic), (kept.talks_due, talk)]
        assert [rule(moment).filter(pk=row.pk).exists() for rule, row in rules] == due
    kept.forget(Departure.objects.filter(pk=departure.pk))
    assert not Plan.objects.filter(kind="departure").exists()
    assert not Departure.objects.exists()


def test_the_demo_moves_departures_on_with_it(cast):
    from portal.demo import redate

    fields = {model._meta.label_lower: set(names) for model, names in redate.dated_models()}
    assert {"last_day", "told_from", "announced_at", "closed_at"} <= fields["alumni.departure"]
    assert {"session_at", "confirmed_at"} <= fields["alumni.topic"]
    assert {"quiet_until", "first_day"} <= fields["plans.plan"]
    assert "settled_at" in fields["plans.askedback"]
