"""Departures: who may announce, see, tell and close; what is asked back and its proof; what blocks; the morning after."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.http import Http404
from django.urls import reverse

from alumni.models import Departure, ExitTalk, Topic
from alumni.transitions import departure as departures
from alumni.transitions import handover
from portal import clock, roles
from portal.models import AuditEntry, Mail, TimelineEntry
from portal.moves import MoveRefused
from portal.people import path, standing
from portal.people.models import Assignment
from portal.people.models.employment import ToldTo
from portal.plans import equipment, returns
from portal.plans import transitions as plans
from portal.plans.models import Access, AskedBack, EquipmentModel, Handover, Plan, Step, Template, TemplateStep, Unit
from portal.rules import may
from tests import factories as make
from tests.cast import NAMES, user_of

SOON = 20


def leaves(cast, person=None, *, by=None, days=SOON, told_to=ToldTo.NEAR, told_from=None, kind="resignation"):
    person = person or cast.ben
    by = by or person
    last_day = clock.today() + timedelta(days=days)
    return departures.announce(person.employee.pk, by=by.user, kind=kind, last_day=last_day, told_to=told_to, told_from=told_from)


def fresh(person):
    """The same person, nothing remembered."""
    return type(person).objects.select_related("user", "employee").get(pk=person.pk)


def user(cast, name):
    found = user_of(cast, name)
    return type(found).objects.get(pk=found.pk) if found.is_authenticated else found


@pytest.fixture
def given(cast):
    """Ben holds a laptop and a badge, and has an account."""
    template = Template.objects.create(kind="departure", name_en="A departure")
    TemplateStep.objects.create(template=template, key="papers", text_en="Give the certificate", role="hr", family="contract", offset=0)
    TemplateStep.objects.create(template=template, key="badge-back", text_en="Take the badge", role="security", family="access", thing="badge", offset=0)
    laptop = Unit.objects.create(
        model=EquipmentModel.objects.create(kind="laptop", name="Lagune 14"), serial="LG14-1", site=cast.nantes, status=Unit.Status.GIVEN, holder=cast.ben
    )
    arrival = Plan.objects.create(kind="arrival", person=cast.ben, site=cast.nantes, first_day=clock.today() - timedelta(days=900), status="done")
    common = {"plan": arrival, "person": cast.ben, "due_on": arrival.first_day, "opens_on": arrival.first_day, "status": Access.Status.GIVEN}
    badge = Access.objects.create(thing="badge", name_en="Badge", role="security", delivery="in_person", **common)
    account = Access.objects.create(thing="system", name_en="Company account", role="it", address="ben@rivage.example", **common)
    return {"laptop": laptop, "badge": badge, "account": account}


@pytest.fixture
def at(monkeypatch):
    """Live so many days further."""

    def shift(days):
        monkeypatch.setattr(clock, "_shift", lambda: timedelta(days=days))

    return shift


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


# --- confidential until told --------------------------------------------------------------------------
KNOWS = {ToldTo.NEAR: {"maya", "hugo", "ben"}, ToldTo.TEAM: {"maya", "hugo", "ben", "tess"}, ToldTo.COLLEAGUES: {"maya", "hugo", "ben", "tess", "cleo", "ilan"}}
READERS = ("maya", "hugo", "ben", "tess", "cleo", "ilan")
PLACES = {
    "profile": lambda cast: cast.ben.get_absolute_url(),
    "directory": lambda cast: f"{reverse('people:person_list')}?q=Okafor",
    "home": lambda cast: reverse("home"),
    "team": lambda cast: cast.data.get_absolute_url(),
    "card": lambda cast: reverse("people:person_card", args=[cast.ben.slug]),
    "search": lambda cast: f"{reverse('search')}?q=Okafor",
    "phase": lambda cast: f"{reverse('people:person_list')}?phase=leaver",
}


@pytest.fixture
def tess(cast, client_of):
    """A colleague of Ben's team."""
    cast.tess = make.colleague("Tess", "Ndiaye", team=cast.data, site=cast.nantes, manager=cast.maya)
    return client_of


def tells(text: str) -> bool:
    return "Leaves on" in text or "leaves on" in text or "knot k-leaver" in text


@pytest.mark.parametrize("told_to", [ToldTo.NEAR, ToldTo.TEAM, ToldTo.COLLEAGUES])
def test_no_page_tells_a_departure_to_whom_it_was_not_told(told_to, cast, tess):
    leaves(cast, told_to=told_to)
    told = {place: {name for name in READERS if tells(tess(name).get(url(cast)).content.decode())} for place, url in PLACES.items()}
    assert told["profile"] == KNOWS[told_to]
    for place in PLACES:
        assert told[place] <= KNOWS[told_to], place


def test_a_list_by_phase_names_no_untold_departure(cast, tess):
    leaves(cast)
    for name in READERS:
        assert "Ben Okafor" not in tess(name).get(PLACES["phase"](cast)).content.decode().split("<main", 1)[1].split("Where they are")[0] or name == "ben"


def test_the_index_holds_no_untold_phase(cast):
    from portal.people.search_documents.person import PersonDocument

    leaves(cast)
    person = PersonDocument().queryset().get(pk=cast.ben.pk)
    facets = {facet.value for part in PersonDocument().draft(person).parts for facet in part.facets if facet.name == "phase"}
    assert facets == {path.COLLEAGUE}


def test_desks_learn_of_a_quiet_departure_ten_working_days_before(cast, given, at, client_of):
    leaves(cast, days=40)
    desk = reverse("plans:desk")
    take_back = Step.objects.get(key=f"unit-{given['laptop'].pk}")
    assert not may(user(cast, "ilan"), "plans.view_step", take_back)
    assert take_back not in Step.objects.waiting()
    at(30)
    assert may(user(cast, "ilan"), "plans.view_step", take_back)
    assert "Ben Okafor" in client_of("ilan").get(desk).content.decode()


def test_the_news_spreads_on_the_day_that_was_chosen(cast, at):
    leaves(cast, told_to=ToldTo.COLLEAGUES, told_from=clock.today() + timedelta(days=5))
    assert departures.spread_due() == 0
    assert path.of(fresh(cast.ben)).phase == path.COLLEAGUE
    at(5)
    assert departures.spread_due() == 1
    assert path.of(fresh(cast.ben)).phase == path.LEAVER


def test_what_was_told_cannot_be_untold(cast):
    departure = leaves(cast, told_to=ToldTo.TEAM)
    with pytest.raises(MoveRefused):
        departures.tell(departure.pk, by=cast.ben.user, told_to=ToldTo.NEAR, told_from=None)
    departures.tell(departure.pk, by=cast.ben.user, told_to=ToldTo.COLLEAGUES, told_from=None)
    assert fresh(cast.ben).employee.end_told_to == ToldTo.COLLEAGUES


def test_a_check_of_arrivals_tells_no_secret(cast):
    from onboarding import asking
    from onboarding.models import Arrival

    plan = Plan.objects.create(kind="arrival", person=cast.nia, site=cast.nantes, first_day=clock.today() + timedelta(days=30), buddy=cast.ben)
    arrival = Arrival.objects.create(plan=plan)
    leaves(cast)
    assert asking.loaded(Arrival.objects.filter(pk=arrival.pk))[0].present[cast.ben.pk]


# --- the mirror ---------------------------------------------------------------------------------------
def test_what_was_given_is_what_is_asked_back(cast, given):
    departure = leaves(cast)
    asked = {row.unit or row.access for row in departure.plan.asked_back.all()}
    assert asked == {given["laptop"], given["badge"], given["account"]}
    assert all(row.step.mandatory for row in departure.plan.asked_back.all())


def test_the_badge_of_the_register_takes_the_place_of_the_templates(cast, given):
    departure = leaves(cast)
    assert not departure.plan.steps.filter(key="badge-back").exists()
    assert leaves(cast, cast.cleo, by=cast.hugo).plan.steps.filter(key="badge-back").exists()


def test_a_unit_taken_back_in_the_register_is_the_proof(cast, given):
    departure = leaves(cast, told_to=ToldTo.COLLEAGUES)
    handed = equipment.take_back(given["laptop"].pk, by=user(cast, "ilan"))
    row = departure.plan.asked_back.get(unit=given["laptop"])
    assert (row.how, row.handover, row.settled_by, row.step.status) == ("returned", handed, cast.ilan.user, Step.Status.DONE)
    equipment.sign(handed.pk, "Ben Okafor", by=cast.ben.user)
    assert Handover.objects.get(asked_back=row).signed_as == "Ben Okafor"


def test_a_step_done_at_the_desk_takes_the_unit_back(cast, given):
    departure = leaves(cast, told_to=ToldTo.COLLEAGUES)
    row = departure.plan.asked_back.get(unit=given["laptop"])
    plans.finish(row.step_id, by=user(cast, "ilan"))
    given["laptop"].refresh_from_db()
    row.refresh_from_db()
    assert (given["laptop"].status, given["laptop"].holder, row.how) == (Unit.Status.STOCK, None, "returned")


def test_an_account_closed_can_be_undone(cast, given):
    departure = leaves(cast, told_to=ToldTo.COLLEAGUES)
    row = departure.plan.asked_back.get(access=given["account"])
    plans.finish(row.step_id, by=user(cast, "ilan"))
    given["account"].refresh_from_db()
    assert given["account"].status == Access.Status.CLOSED
    plans.reopen(row.step_id, by=user(cast, "ilan"))
    given["account"].refresh_from_db()
    row.refresh_from_db()
    assert (given["account"].status, row.how) == (Access.Status.GIVEN, "")


def test_what_was_given_cannot_be_called_not_needed(cast, given):
    departure = leaves(cast)
    row = departure.plan.asked_back.get(unit=given["laptop"])
    with pytest.raises(MoveRefused):
        plans.skip(row.step_id, by=user(cast, "hugo"))


@pytest.mark.parametrize("name", NAMES)
def test_only_the_people_team_says_that_something_will_not_come_back(name, cast, given):
    row = leaves(cast).plan.asked_back.get(unit=given["laptop"])
    if name == "hugo":
        assert returns.settle_without(row.pk, "lost", "Fell into the Vilaine.", by=user(cast, name)).how == "lost"
        given["laptop"].refresh_from_db()
        assert given["laptop"].status == Unit.Status.RETIRED
    else:
        with pytest.raises(Http404):
            returns.settle_without(row.pk, "lost", "Fell.", by=user(cast, name))


def test_a_loss_without_a_reason_is_refused(cast, given):
    row = leaves(cast).plan.asked_back.get(unit=given["laptop"])
    with pytest.raises(MoveRefused):
        returns.settle_without(row.pk, "lost", " ", by=user(cast, "hugo"))


def test_what_is_given_after_the_announcement_is_asked_back_too(cast, given):
    departure = leaves(cast, told_to=ToldTo.COLLEAGUES)
    model = EquipmentModel.objects.create(kind="phone", name="Balise")
    Unit.objects.create(model=model, serial="B-1", site=cast.nantes, status=Unit.Status.GIVEN, holder=cast.ben)
    assert departures.ask_back_since() == 1
    assert departures.ask_back_since() == 0
    assert departure.plan.asked_back.count() == 4


def test_a_system_that_no_longer_answers_is_a_proof(cast, given):
    row = leaves(cast).plan.asked_back.get(access=given["account"])
    returns.no_longer_answers(row)
    row.refresh_from_db()
    assert (row.how, row.step.status) == ("silent", Step.Status.DONE)


# --- closing ------------------------------------------------------------------------------------------
def after(cast, at, given=None):
    departure = leaves(cast, days=1, told_to=ToldTo.COLLEAGUES)
    at(2)
    assert departures.leave_due() == 1
    departure.refresh_from_db()
    return departure


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


def test_a_file_closes_when_everything_came_back_and_can_be_opened_again(cast, given, at):
    departure = after(cast, at)
    for step in plans.open_mandatory(departure.plan):
        plans.finish(step.pk, by=user(cast, "hugo"))
    closed = departures.close(departure.pk, by=user(cast, "hugo"))
    assert (closed.status, closed.plan.status) == (Departure.Status.CLOSED, Plan.Status.DONE)
    assert departures.reopen(departure.pk, by=user(cast, "hugo")).plan.status == Plan.Status.RUNNING


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
    employee = fresh(cast.ben).employee
    assert (employee.assignments.get().ended_on, employee.left_on) == (None, None)
    assert not Step.objects.waiting().filter(plan=departure.plan).exists()
    assert leaves(cast).pk != departure.pk


def test_cancelling_a_quiet_departure_tells_no_desk(cast, given):
    departure = leaves(cast, days=40)
    Mail.objects.all().delete()
    departures.cancel(departure.pk, by=user(cast, "hugo"))
    assert cast.ilan.user.email not in set(Mail.objects.values_list("to", flat=True))


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


# --- what is handed over ------------------------------------------------------------------------------
def test_a_rare_skill_is_suggested_and_a_common_one_is_not(cast):
    from alumni import know_how
    from portal.people.visibility import reader_of

    rare, common = make.SkillFactory(name="Lock contacts"), make.SkillFactory(name="Python")
    make.PersonSkillFactory(tag=rare, content_object=cast.ben, level=4)
    for person in (cast.ben, cast.maya, make.colleague("Tess", "Ndiaye", team=cast.data, site=cast.nantes)):
        make.PersonSkillFactory(tag=common, content_object=person, level=3)
    departure = leaves(cast)
    assert [each.skill for each in know_how.suggestions(departure, [], reader_of(user(cast, "maya")))] == [rare]
    topic = handover.add_topic(departure.pk, {"title": "Lock contacts"}, by=user(cast, "ben"), skill=rare)
    assert know_how.suggestions(departure, [topic], reader_of(user(cast, "maya"))) == []


def test_it_is_handed_over_when_the_taker_says_so(cast):
    departure = leaves(cast, told_to=ToldTo.COLLEAGUES)
    topic = handover.add_topic(departure.pk, {"title": "Lock contacts", "taker": cast.cleo}, by=cast.ben.user)
    for name in ("ben", "maya", "hugo"):
        with pytest.raises(Http404):
            handover.confirm_topic(topic.pk, by=user(cast, name))
    assert handover.confirm_topic(topic.pk, by=user(cast, "cleo")).status == Topic.Status.HANDED


def test_nobody_is_asked_to_take_over_who_may_not_know(cast):
    departure = leaves(cast)
    with pytest.raises(MoveRefused):
        handover.add_topic(departure.pk, {"title": "Lock contacts", "taker": cast.cleo}, by=cast.ben.user)
    assert not Topic.objects.exists()
    assert handover.add_topic(departure.pk, {"title": "Lock contacts", "taker": cast.maya}, by=cast.ben.user).taker == cast.maya


TOPIC_SEEN_BY = {"hugo", "maya", "ben", "cleo"}


@pytest.mark.parametrize("name", NAMES)
def test_a_topic_is_read_by_those_concerned_and_the_taker(name, cast, client_of):
    departure = leaves(cast, told_to=ToldTo.COLLEAGUES)
    topic = handover.add_topic(departure.pk, {"title": "Lock contacts", "taker": cast.cleo}, by=cast.ben.user)
    expected = 200 if name in TOPIC_SEEN_BY else 302 if name in ("visitor", "zoe") else 404
    assert client_of(name).get(reverse("alumni:topic_detail", args=[topic.pk])).status_code == expected


def test_a_session_goes_into_a_calendar(cast, client_of):
    departure = leaves(cast, told_to=ToldTo.COLLEAGUES)
    values = {"title": "Lock contacts", "taker": cast.cleo, "session_at": clock.now() + timedelta(days=2), "place": "2.14"}
    topic = handover.add_topic(departure.pk, values, by=cast.ben.user)
    book = client_of("cleo").get(reverse("alumni:topic_calendar", args=[topic.pk]))
    assert book["Content-Type"].startswith("text/calendar")
    assert b"SUMMARY:Hand-over: Lock contacts" in book.content


# --- the conversation ---------------------------------------------------------------------------------
@pytest.mark.parametrize("name", NAMES)
def test_notes_are_read_by_the_people_team_alone(name, cast, client_of):
    departure = leaves(cast)
    talk = handover.book_talk(departure.pk, by=user(cast, "hugo"), at=clock.now() + timedelta(days=1), host=cast.hugo)
    handover.write_up_talk(talk.pk, by=user(cast, "hugo"), held=True, notes="Would come back.")
    expected = 200 if name == "hugo" else 302 if name in ("visitor", "zoe") else 404
    assert client_of(name).get(reverse("alumni:talk_notes", args=[talk.pk])).status_code == expected
    assert "Would come back." not in client_of(name).get(departure.get_absolute_url()).content.decode()


def test_the_manager_does_not_see_that_there_is_a_conversation(cast, client_of):
    departure = leaves(cast)
    handover.book_talk(departure.pk, by=user(cast, "hugo"), at=clock.now() + timedelta(days=1), host=cast.hugo)
    assert 'id="talk"' in client_of("ben").get(departure.get_absolute_url()).content.decode()
    assert 'id="talk"' not in client_of("maya").get(departure.get_absolute_url()).content.decode()


def test_the_person_declines_freely(cast):
    departure = leaves(cast)
    talk = handover.book_talk(departure.pk, by=user(cast, "hugo"), at=clock.now() + timedelta(days=1), host=cast.hugo)
    handover.decline_talk(talk.pk, by=user(cast, "ben"))
    assert not ExitTalk.objects.exists()


# --- coming back --------------------------------------------------------------------------------------
def test_who_comes_back_finds_skills_and_history(cast, at):
    from recruitment.enrolment import enrol

    skill = make.PersonSkillFactory(content_object=cast.ben, level=4)
    leaves(cast, days=1)
    at(2)
    departures.leave_due()
    at(30)
    opening = make.OpeningFactory(team=cast.far, site=cast.bristol, hiring_manager=cast.cleo)
    employee = enrol(fresh(cast.ben), opening=opening, joined_on=clock.today())
    assert employee == cast.ben.employee
    assert standing.is_colleague(user(cast, "ben"))
    assert list(fresh(cast.ben).holdings.all()) == [skill]
    assert path.of(fresh(cast.ben)).phase == path.NEWCOMER
    assert len(path.of(fresh(cast.ben)).past) == 1
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
