"""Departures: who may announce, see and close; another day, staying; counts."""

from datetime import timedelta

import pytest
from django.urls import reverse

from alumni.models import Departure
from alumni.transitions import departure as departures
from alumni.transitions import handover
from portal import roles
from portal.models import AuditEntry, Mail
from portal.moves import MoveRefused
from portal.people.models import Assignment
from portal.people.models.employment import ToldTo
from portal.plans import returns
from portal.plans import transitions as plans
from portal.plans.models import AskedBack, EquipmentModel, Plan, Step, Unit
from portal.plans.tasks import ask_revoked
from portal.rules import may
from tests import factories as make
from tests.alumni.making import after, leaves, user
from tests.cast import NAMES
from tests.onboarding.test_asking import Accounts, http  # noqa: F401 - a system that really answers


def again(person):
    """The same person, nothing remembered."""
    return type(person).objects.select_related("user", "employee").get(pk=person.pk)


# --- announcing ---------------------------------------------------------------------------------------
MAY_ANNOUNCE_BEN = {"ben", "hugo"}


@pytest.mark.parametrize("name", NAMES)
def test_a_departure_is_announced_by_the_person_or_the_people_team(name, cast):
    assert may(user(cast, name), "alumni.announce_employee", cast.ben.employee) == (name in MAY_ANNOUNCE_BEN)


def test_announcing_ends_the_seat_and_opens_a_plan_in_one_act(cast, given):
    departure = leaves(cast)
    assert cast.ben.employee.assignments.get().ended_on == departure.last_day
    assert (departure.plan.kind, departure.plan.first_day, departure.manager) == ("departure", departure.last_day, cast.maya)
    assert AuditEntry.objects.filter(action="departure.announced").exists()


def test_the_manager_and_the_people_team_are_told_and_nobody_else(cast):
    leaves(cast)
    assert set(Mail.objects.values_list("to", flat=True)) == {cast.maya.user.email, cast.hugo.user.email}


def test_nobody_dismisses_themself(cast):
    with pytest.raises(MoveRefused):
        leaves(cast, kind="dismissal")
    assert not Departure.objects.exists()


def test_nobody_leaves_twice_at_once(cast):
    leaves(cast)
    with pytest.raises(MoveRefused):
        leaves(cast)


def test_a_last_day_before_today_is_refused(cast):
    with pytest.raises(MoveRefused):
        leaves(cast, days=-1)


# --- who sees the page --------------------------------------------------------------------------------
SEES = {"hugo": 200, "maya": 200, "ben": 200, "visitor": 302, "zoe": 302}


@pytest.mark.parametrize("name", NAMES)
def test_the_page_is_the_people_teams_the_managers_and_the_persons(name, cast, client_of):
    departure = leaves(cast, told_to=ToldTo.COLLEAGUES)
    assert client_of(name).get(departure.get_absolute_url()).status_code == SEES.get(name, 404)


RULES = {
    "alumni.view_departure": {"hugo", "maya", "ben"},
    "alumni.list_departure": {"hugo", "maya"},
    "alumni.tell_departure": {"ben"},
    "alumni.address_departure": {"ben"},
    "alumni.change_departure": {"hugo"},
    "alumni.close_departure": {"hugo"},
    "alumni.hand_over_departure": {"hugo", "maya", "ben"},
    "alumni.host_departure": {"hugo"},
}


@pytest.mark.parametrize("rule", sorted(RULES))
def test_each_rule_lets_those_it_names(rule, cast):
    departure = leaves(cast)
    assert {name for name in NAMES if may(user(cast, name), rule, departure)} == RULES[rule]


def test_the_people_team_of_another_site_sees_nothing(cast):
    make.duty(cast.cleo, roles.HR, cast.bristol)
    assert not may(user(cast, "cleo"), "alumni.view_departure", leaves(cast))


def test_nobody_closes_or_cancels_their_own_departure(cast):
    departure = leaves(cast, cast.hugo)
    hugo = user(cast, "hugo")
    assert may(hugo, "alumni.view_departure", departure)
    assert not may(hugo, "alumni.close_departure", departure)
    assert not may(hugo, "alumni.change_departure", departure)


# --- closing ------------------------------------------------------------------------------------------
def test_closing_is_blocked_in_words_while_something_is_open(cast, given, at):
    departure = after(cast, at)
    with pytest.raises(MoveRefused) as refused:
        departures.close(departure.pk, by=user(cast, "hugo"))
    for words in ("Lagune 14 LG14-1", "Badge", "Company account", "Give the certificate"):
        assert words in str(refused.value)


def test_the_page_says_what_keeps_the_file_open(cast, given, at, client_of):
    departure = after(cast, at)
    page = client_of("hugo").get(departure.get_absolute_url()).content.decode()
    assert "The file cannot be closed: 4 things are open." in page
    answer = client_of("hugo").post(reverse("alumni:departure_close", args=[departure.pk]), follow=True).content.decode()
    assert "Still open:" in answer
    hugo = user(cast, "hugo")
    hugo.language = "fr"
    hugo.save()
    page = client_of("hugo").get(departure.get_absolute_url()).content.decode()
    assert "Le dossier ne peut pas être clos\u00a0: 4 points sont ouverts." in page
    assert "<li>Reprendre\u00a0: Badge</li>" in page


def test_a_file_closes_when_everything_came_back_and_can_be_opened_again(cast, given, at):
    departure = after(cast, at)
    for step in plans.open_mandatory(departure.plan):
        plans.finish(step.pk, by=user(cast, "hugo"))
    closed = departures.close(departure.pk, by=user(cast, "hugo"))
    assert (closed.status, closed.plan.status) == (Departure.Status.CLOSED, Plan.Status.DONE)
    assert departures.reopen(departure.pk, by=user(cast, "hugo")).plan.status == Plan.Status.RUNNING


def test_a_file_stays_open_while_the_system_itself_still_answers(cast, given, at, settings, http, monkeypatch, client_of):  # noqa: F811
    settings.PROBE_ACCOUNTS, settings.PROBE_MAIL = f"{http}/accounts", ""
    monkeypatch.setattr(Accounts, "known", {"ben@rivage.example"})
    departure, hugo = after(cast, at), user(cast, "hugo")
    for step in plans.open_mandatory(departure.plan):
        plans.finish(step.pk, by=hugo)  # the desks say that all is done
    assert ask_revoked() == 1
    page = client_of("hugo").get(departure.get_absolute_url()).content.decode()
    assert "1\u00a0account still answers." in page
    assert "a desk closed this, but the system itself still answers.</b> Company account." in page
    close = reverse("alumni:departure_close", args=[departure.pk])
    assert close not in page
    assert "the system itself still answers: Company account: Ben" in client_of("hugo").post(close, follow=True).content.decode()
    departure.refresh_from_db()
    assert departure.status == Departure.Status.LEFT

    monkeypatch.setattr(Accounts, "known", set())  # the desk closed it for good this time
    at(3)
    assert ask_revoked() == 1
    assert close in client_of("hugo").get(departure.get_absolute_url()).content.decode()
    assert departures.close(departure.pk, by=hugo).status == Departure.Status.CLOSED


def test_nothing_closes_before_the_last_day_is_over(cast):
    with pytest.raises(MoveRefused):
        departures.close(leaves(cast).pk, by=user(cast, "hugo"))


# --- another day, staying -----------------------------------------------------------------------------
def test_another_last_day_moves_seat_and_steps(cast, given):
    departure = leaves(cast)
    later = departure.last_day + timedelta(days=14)
    departures.change_day(departure.pk, later, by=user(cast, "hugo"))
    assert cast.ben.employee.assignments.get().ended_on == later
    assert departure.plan.asked_back.get(unit=given["laptop"]).step.due_on == later


def test_who_stays_has_the_seat_as_before(cast, given):
    departure = leaves(cast)
    departures.cancel(departure.pk, by=user(cast, "hugo"), because="Stays.")
    employee = again(cast.ben).employee
    assert (employee.assignments.get().ended_on, employee.left_on) == (None, None)
    assert not Step.objects.waiting().filter(plan=departure.plan).exists()
    assert leaves(cast).pk != departure.pk


def test_cancelling_a_quiet_departure_tells_no_desk(cast, given):
    departure = leaves(cast, days=40)
    Mail.objects.all().delete()
    departures.cancel(departure.pk, by=user(cast, "hugo"))
    assert cast.ilan.user.email not in set(Mail.objects.values_list("to", flat=True))


# --- counts -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("place", ["list", "detail"])
def test_queries_do_not_grow_with_rows(place, cast, given, client_of):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    departure = leaves(cast, told_to=ToldTo.COLLEAGUES)
    url = reverse("alumni:departure_list") if place == "list" else departure.get_absolute_url()
    browser = client_of("hugo")
    browser.get(url)
    with CaptureQueriesContext(
        connection,
    ) as few:
        browser.get(url)
    model = EquipmentModel.objects.create(kind="phone", name="Balise")
    for n in range(8):
        someone = make.colleague(f"Leaver{n}", "Many", team=cast.data, site=cast.nantes, manager=cast.maya)
        leaves(cast, someone, by=cast.hugo, days=10 + n)
        Unit.objects.create(model=model, serial=f"B-{n}", site=cast.nantes, status=Unit.Status.GIVEN, holder=cast.ben)
        handover.add_topic(departure.pk, {"title": f"Topic {n}", "taker": cast.cleo}, by=cast.ben.user)
    returns.ask_back(departure.plan)
    assert AskedBack.objects.count() > 8
    assert Assignment.objects.filter(ended_on__isnull=False).count() > 8
    with CaptureQueriesContext(connection) as many:
        assert browser.get(url).status_code == 200
    assert len(many) <= len(few) + (1 if place == "detail" else 0), (len(few), len(many))
