"""Pages of arrivals: who opens them, what the sentence says, what they cost, and the newcomer's own way in."""

import html
import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from onboarding import asking, board, coming, transitions
from onboarding.models import Arrival, CheckIn, Result
from portal import clock, roles
from portal.models import Mail, Notice
from portal.people.models import Assignment, Person
from portal.plans.models import Access, Plan, Step
from tests.cast import NAMES, user_of
from tests.plans import making

BOARD = {"hugo": 200, "maya": 200, "ben": 200, "ilan": 200, "nia": 404, "cleo": 404, "omar": 404, "zoe": 302, "visitor": 302}
CHANGE = {"hugo", "maya"}


@pytest.mark.parametrize("name", NAMES)
def test_who_sees_the_board_and_one_arrival(arrival, client_of, name):
    client = client_of(name)
    assert client.get(reverse("onboarding:arrival_list")).status_code == BOARD[name]
    for page in ("arrival_detail", "arrival_readiness", "arrival_print"):
        assert client.get(reverse(f"onboarding:{page}", args=[arrival.pk])).status_code == BOARD[name]


@pytest.mark.parametrize("name", NAMES)
def test_who_changes_an_arrival(arrival, client_of, name):
    expected = 200 if name in CHANGE else 302 if name in ("zoe", "visitor") else 404
    for page in ("arrival_edit", "arrival_cancel", "step_create", "day_one_preview"):
        assert client_of(name).get(reverse(f"onboarding:{page}", args=[arrival.pk])).status_code == expected, page


def test_the_desk_sees_its_steps_alone(arrival, client_of):
    page = client_of("ilan").get(arrival.get_absolute_url()).content.decode()
    assert "Set a laptop aside" in page
    assert "Have the contract signed" not in page


def test_a_newcomer_sees_their_own_page_and_nothing_else(arrival, client_of):
    client = client_of("nia")
    assert client.get(reverse("onboarding:day_one")).status_code == 200
    for path in (reverse("onboarding:arrival_list"), reverse("plans:desk"), reverse("plans:unit_list"), arrival.get_absolute_url()):
        assert client.get(path).status_code in (403, 404), path


def late(arrival, key, days):
    Step.objects.filter(plan=arrival.plan, key=key).update(due_on=clock.today() - timedelta(days=days))


def test_the_sentence_in_both_languages(arrival, cast):
    Step.objects.update(due_on=arrival.plan.first_day)
    user = cast.hugo.user

    def said(language):
        with translation.override(language):
            return " ".join(html.unescape(re.sub(r"<[^>]+>", "", board.sentence(coming.everyone(user, clock.today()), clock.today()))).split())

    assert said("en").startswith("One person arrives by")
    assert said("en").endswith("Nothing is late.")
    assert said("fr").startswith("Une personne arrive d’ici au")
    late(arrival, "order-laptop", 3)
    late(arrival, "badge", 1)
    assert said("en").endswith("One is late on equipment or access.")
    assert said("fr").endswith("Un dossier est en retard : matériel ou accès.")


def test_the_board_says_late_by_family_and_counts_checks(arrival, client_of):
    late(arrival, "order-laptop", 3)
    asking.run()
    page = client_of("hugo").get(reverse("onboarding:arrival_list")).content.decode()
    assert "Late 3 d" in page
    assert re.search(r"\d+ of \d+", page)
    assert "%" not in re.sub(r"<[^>]+>", "", page.partition('id="rd-t"')[2].partition("</table>")[0])


def test_remind_and_reassign_from_the_board(arrival, client_of, cast):
    late(arrival, "order-laptop", 3)
    client, step = client_of("hugo"), arrival.plan.steps.get(key="order-laptop")
    page = client.get(reverse("onboarding:arrival_list")).content.decode()
    assert reverse("plans:step_remind", args=[step.pk]) in page
    client.post(reverse("plans:step_remind", args=[step.pk]))
    assert Mail.objects.filter(kind="plans.reminder", to=cast.ilan.user.email).exists()
    client.post(reverse("plans:step_reassign", args=[step.pk]), {"owner": cast.maya.work_email})
    step.refresh_from_db()
    assert step.owner == cast.maya


def many(cast, count):
    """`count` arrivals with a step of each family and some answers, written in few queries."""
    people = Person.objects.bulk_create(Person(slug=f"m{n}", given_name="M", family_name=f"{n:04}") for n in range(count))
    today = clock.today()
    plans = Plan.objects.bulk_create(
        Plan(kind="arrival", person=p, site=cast.nantes, first_day=today + timedelta(days=1 + n % 30), manager=cast.maya) for n, p in enumerate(people)
    )
    arrivals = Arrival.objects.bulk_create(Arrival(plan=plan) for plan in plans)
    Step.objects.bulk_create(
        [
            Step(plan=plan, key=family, text_en="Do it", role="it", family=family, owner=cast.ilan, due_on=today - timedelta(days=1))
            for plan in plans
            for family in ("contract", "equipment")
        ],
        batch_size=1000,
    )
    Result.objects.bulk_create([Result(arrival=a, code="onboarding.badge", family="access", state="ready") for a in arrivals], batch_size=1000)


@pytest.mark.parametrize("path", ["/arrivals/", "/arrivals/waiting/", "/arrivals/print/"])
def test_queries_stay_the_same_from_20_to_2000_arrivals(cast, client_of, path):
    many(cast, 20)
    client = client_of("hugo")
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    Plan.objects.all().delete()
    Person.objects.filter(slug__startswith="m", given_name="M").delete()
    many(cast, 2000)
    with CaptureQueriesContext(connection) as lots:
        assert client.get(path).status_code == 200
    own = [query for query in lots if any(table in query["sql"] for table in ("plans_", "onboarding_"))]
    assert len(lots) <= len(few)
    assert len(own) <= 15


def test_the_plan_costs_the_same_with_many_steps(arrival, client_of):
    client, path = client_of("hugo"), arrival.get_absolute_url()
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    first = arrival.plan.first_day
    Step.objects.bulk_create(Step(plan=arrival.plan, key=f"k{n}", text_en="Do it", role="it", owner=arrival.plan.manager, due_on=first) for n in range(200))
    with CaptureQueriesContext(connection) as lots:
        client.get(path)
    assert len(lots) <= len(few)


# --- the newcomer's way in ------------------------------------------------------------------------------
@pytest.fixture
def hired(cast):
    """Zoé was hired: an employee with a coming seat, a personal address, no account."""
    making.template()
    from portal.people.models import Employee

    employee = Employee.objects.create(person=cast.zoe, number="E90001", joined_on=clock.today() + timedelta(days=10))
    Assignment.objects.create(
        employee=employee, team=cast.data, site=cast.nantes, title_en="Analyst", manager=cast.maya, started_on=clock.today() + timedelta(days=10)
    )
    return transitions.welcome(employee, by=cast.hugo.user, address="zoe@home.example")


def link_in(mail):
    return re.search(r"https?://[^/]+(/\w\w/welcome/\S+)", mail.body).group(1)


def test_from_the_letter_to_the_signed_in_page(hired, cast, client):
    mail = Mail.objects.get(kind="onboarding.welcome")
    link = link_in(mail)
    assert mail.to == "zoe@home.example"
    assert link.rstrip("/").rpartition("/")[2] not in str(Arrival.objects.values())  # only its hash is kept
    page = client.get(link)
    assert page.status_code == 200
    assert "no-cache" in page["Cache-Control"]
    assert page.content.decode().count("Codes to collect") == 0
    client.post(link + "question/", {"text": "May I bring my dog?"})
    assert Notice.objects.filter(user=cast.maya.user, kind="onboarding.question").exists()
    assert client.post(link + "account/").status_code == 302
    person = Person.objects.get(pk=cast.zoe.pk)
    assert person.user.email == "zoe@home.example"
    assert roles.belongs(person.user, roles.NEWCOMERS)
    browser = Client()
    browser.force_login(person.user, backend="django.contrib.auth.backends.ModelBackend")
    assert browser.get(reverse("onboarding:day_one")).status_code == 200


def test_a_private_link_that_is_wrong_renewed_or_old_opens_nothing(hired, cast, client):
    link = link_in(Mail.objects.get(kind="onboarding.welcome"))
    assert client.get("/en/welcome/nothing-of-the-kind/").status_code == 404
    transitions.renew_link(hired.pk, by=cast.hugo.user)
    assert client.get(link).status_code == 404
    newer = link_in(Mail.objects.filter(kind="onboarding.welcome").order_by("-pk").first())
    assert client.get(newer).status_code == 200
    with time_machine.travel(f"{hired.plan.first_day + timedelta(days=8)}T10:00:00+01:00"):
        assert client.get(newer).status_code == 404


def test_a_cancelled_arrival_frees_the_seat_and_closes_the_link(hired, cast, client):
    link = link_in(Mail.objects.get(kind="onboarding.welcome"))
    transitions.cancel(hired.pk, by=cast.hugo.user, because="Another job")
    assert client.get(link).status_code == 404
    assert not Assignment.objects.filter(employee__person=cast.zoe).exists()
    assert Mail.objects.filter(kind="onboarding.called_off", to="zoe@home.example").exists()


def test_on_the_day_the_page_says_so_and_offers_the_codes(arrival, cast, client_of):
    from portal.plans import access

    access.write_code(arrival.plan.accesses.get(thing="door").pk, "4817#", by=cast.nadia.user)
    client = client_of("nia")
    before = client.get(reverse("onboarding:day_one")).content.decode()
    assert "Show the code" not in before
    with time_machine.travel(f"{arrival.plan.first_day}T08:30:00+01:00", tick=False):
        client.force_login(cast.nia.user, backend="django.contrib.auth.backends.ModelBackend")
        day = client.get(reverse("onboarding:day_one")).content.decode()
        preview = client_of("hugo")
        preview.force_login(cast.hugo.user, backend="django.contrib.auth.backends.ModelBackend")
        seen = preview.get(reverse("onboarding:day_one_preview", args=[arrival.pk])).content.decode()
    assert "Today is your first day." in day
    assert "Show the code" in day
    assert "4817" not in day
    assert "Show the code" not in seen
    assert Access.objects.get(thing="door").status == Access.Status.OPEN


def a_plan_by_hand(cast, first_day) -> dict:
    return {
        "given_name": "Aïcha", "family_name": "Moreau", "address": "aicha@home.example", "language": "fr", "site": cast.nantes.pk, "team": cast.desk.pk,
        "title_en": "Analyst", "title_fr": "Analyste", "contract": "permanent", "first_day": first_day, "manager": cast.maya.work_email,
    }  # fmt: skip


def test_an_arrival_planned_by_hand_has_its_plan_and_no_day_in_the_past(arrival, cast, client_of):
    day, hugo = arrival.plan.days.shift(clock.today(), 15), client_of("hugo")
    refused = hugo.post("/arrivals/new/", a_plan_by_hand(cast, clock.today() - timedelta(days=2)))
    assert (refused.status_code, "This day is past." in refused.content.decode()) == (422, True)
    page = hugo.post("/arrivals/new/", a_plan_by_hand(cast, day), follow=True)
    made = Arrival.objects.get(plan__person__given_name="Aïcha")
    assert page.redirect_chain[-1][0] == made.get_absolute_url()
    assert made.plan.first_day == day
    assert made.plan.steps.exists()
    assert "Nobody works on" not in page.content.decode()


def test_a_first_day_on_which_nobody_works_is_kept_and_doubted(arrival, cast, client_of):
    sunday = clock.today() + timedelta(days=27 - clock.today().weekday())
    details = {"first_day": sunday, "buddy": cast.ben.work_email, "desk": "", "address": arrival.address}
    for again, doubted in ((False, True), (True, False)):  # said when the day is chosen, not whenever the page is saved
        page = client_of("hugo").post(f"/arrivals/{arrival.pk}/edit/", {**details, "desk": "2.14" if again else ""}, follow=True)
        assert ("Nobody works on Sunday" in page.content.decode()) is doubted
    assert Arrival.objects.get(pk=arrival.pk).plan.first_day == sunday


READS = {"both": {"nia", "hugo", "ben"}, "hr": {"nia", "hugo"}}


@pytest.mark.parametrize("readers", READS)
@pytest.mark.parametrize("name", NAMES)
def test_a_checkin_is_read_as_the_form_says(arrival, cast, name, readers):
    CheckIn.objects.filter(milestone="week").update(asked_at=clock.now(), answered_at=clock.now(), readers=readers)
    seen = CheckIn.objects.visible_to(user_of(cast, name)).filter(milestone="week").exists()
    assert seen is (name in READS[readers])


def test_an_empty_checkin_is_no_answer_and_what_was_said_may_be_taken_back(arrival, cast, client_of):
    checkin = CheckIn.objects.get(milestone="week")
    CheckIn.objects.filter(pk=checkin.pk).update(asked_at=clock.now())
    place, empty = f"/check-ins/{checkin.pk}/", {"works": " ", "lacks": "", "wish": "", "readers": "hr"}
    nia = client_of("nia")
    assert nia.post(place, empty).status_code == 422
    checkin.refresh_from_db()
    assert checkin.answered_at is None
    for answers in ({**empty, "lacks": "A second screen"}, empty):
        assert nia.post(place, answers).status_code == 302
        checkin.refresh_from_db()
        assert (checkin.lacks, checkin.answered_at is None) == (answers["lacks"], False)


def test_french_pages_speak_french(arrival, cast, client_of):
    for person in (cast.hugo, cast.nia):
        person.user.language = "fr"
        person.user.save()
    assert "arrive" in client_of("hugo").get("/arrivals/").content.decode()
    assert "Votre premier jour" in client_of("nia").get("/first-day/").content.decode()
