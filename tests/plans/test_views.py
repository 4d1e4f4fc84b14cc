"""Pages of plans: who opens them, how many queries they cost, what their buttons do."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal import roles
from portal.plans import links, offers, transitions
from portal.plans.models import Plan, Step, Template, TemplateStep
from tests import factories as make
from tests.cast import NAMES
from tests.plans import making


@pytest.fixture
def plan(cast):
    making.template()
    return making.plan_for(cast.nia, by=cast.hugo.user, buddy=cast.ben)


SEES_DESK = {"hugo", "ilan"}


@pytest.mark.parametrize("name", NAMES[:-1])
def test_only_desks_have_a_desk(plan, client_of, name):
    status = client_of(name).get(reverse("plans:desk")).status_code
    assert status == (200 if name in SEES_DESK else 404 if name != "zoe" else 302)


@pytest.mark.parametrize(
    ("name", "key", "seen"),
    [
        ("ilan", "order-laptop", 200),
        ("ilan", "badge", 404),
        ("ben", "badge", 200),
        ("cleo", "welcome", 404),
        ("nia", "passkey", 200),
        ("nia", "order-laptop", 404),
    ],
)
def test_who_sees_a_step(plan, client_of, name, key, seen):
    assert client_of(name).get(plan.steps.get(key=key).get_absolute_url()).status_code == seen


def test_done_by_post_with_undo_in_the_toast(plan, client_of):
    client, step = client_of("ilan"), plan.steps.get(key="order-laptop")
    page = client.post(reverse("plans:step_finish", args=[step.pk]), follow=True)
    assert reverse("plans:step_reopen", args=[step.pk]) in page.content.decode()
    client.post(reverse("plans:step_reopen", args=[step.pk]))
    step.refresh_from_db()
    assert step.status == Step.Status.OPEN


def test_bulk_does_what_it_can_and_says_what_it_cannot(plan, client_of, cast):
    make.duty(cast.ilan, roles.SECURITY)
    keys = [plan.steps.get(key=key).pk for key in ("order-laptop", "open-account", "door-code", "name-buddy")]
    page = client_of("ilan").post(reverse("plans:steps_finish"), {"step": keys, "next": reverse("plans:desk")}, follow=True)
    done = set(plan.steps.filter(status=Step.Status.DONE).values_list("key", flat=True))
    assert done == {"order-laptop", "open-account"}
    assert "Write the code first" in page.content.decode()


def test_the_mail_link_opens_a_page_and_only_its_button_does_it(plan, client):
    step = plan.steps.get(key="badge")
    address = links.link_to(step).partition("testserver")[2] or links.link_to(step)[links.link_to(step).index("/plans/") :]
    assert client.get(address).status_code == 200
    step.refresh_from_db()
    assert step.status == Step.Status.OPEN
    assert client.post(address).status_code == 200
    step.refresh_from_db()
    assert step.status == Step.Status.DONE
    assert client.get("/plans/done/forged:token/").status_code == 404


def test_a_changed_template_is_offered_and_only_the_chosen_plans_change(plan, cast, client_of):
    template = Template.objects.get()
    TemplateStep.objects.filter(key="badge").update(text_en="Print the badge")
    TemplateStep.objects.create(template=template, key="keys", text_en="Give the keys", role="security", family="access", offset=-1)
    done = plan.steps.get(key="contract-signed")
    transitions.finish(done.pk, by=cast.hugo.user)
    TemplateStep.objects.filter(key="contract-signed").update(text_en="Changed")
    (change,) = offers.preview(template)
    assert [s.key for s in change.new] == ["keys"]
    assert [s.key for s, _source, _names in change.changed] == ["badge"]
    client = client_of("hugo")
    assert "Print the badge" in client.get(reverse("plans:template_offer", args=[template.pk])).content.decode()
    client.post(reverse("plans:template_offer", args=[template.pk]), {"plan": [plan.pk], "version": template.version})
    assert plan.steps.get(key="badge").text_en == "Print the badge"
    assert plan.steps.filter(key="keys").exists()
    assert plan.steps.get(key="contract-signed").text_en == "Have the contract signed"
    assert offers.preview(template) == []


def many(cast, count):
    """`count` more people with plans, written in few queries."""
    people = [make.PersonFactory.build(slug=f"p{n}", given_name=f"G{n}", family_name=f"F{n}") for n in range(count)]
    from portal.people.models import Person

    people = Person.objects.bulk_create(people)
    plans = Plan.objects.bulk_create(Plan(kind="arrival", person=p, site=cast.nantes, first_day=making.days_from_now(7), manager=cast.maya) for p in people)
    Step.objects.bulk_create(
        Step(plan=plan, key="x", text_en="Do it", role="it", family="equipment", owner=cast.ilan, due_on=making.days_from_now(1)) for plan in plans
    )
    return plans


PAGES = [("ilan", "/plans/desk/"), ("ilan", "/plans/steps/"), ("ilan", "/"), ("hugo", "/plans/templates/1/")]


@pytest.mark.parametrize(("name", "path"), PAGES[:3])
def test_queries_do_not_grow_with_rows(plan, cast, client_of, name, path):
    many(cast, 20)
    client = client_of(name)
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(path)
    for person in cast.ilan, cast.hugo:
        person.refresh_from_db()
    Plan.objects.exclude(pk=plan.pk).delete()
    from portal.people.models import Person

    Person.objects.filter(slug__regex=r"^p\d+$").delete()
    many(cast, 2000)
    with CaptureQueriesContext(connection) as lots:
        client.get(path)
    assert len(lots) <= len(few)
    assert len(lots) <= 20


@pytest.mark.parametrize(
    ("conditions", "said"),
    [
        ({}, "Arrival, for everybody, 0 steps"),
        ({"remote": False, "manages": True}, "Arrival, working on site, leading people, 0 steps"),
        ({"contract": "fixed_term", "manages": False}, "Arrival, Fixed term, leading nobody, 0 steps"),
    ],
)
def test_a_template_says_for_whom_it_is(cast, client_of, conditions, said):
    making.template("Extra", steps=[], **conditions)
    page = client_of("hugo").get("/plans/templates/").content.decode()
    assert said in page


@pytest.mark.parametrize(("name", "status"), [("ben", 200), ("nia", 404)])
def test_ones_steps_lead_to_absences_when_one_may_open_them(plan, client_of, name, status):
    client = client_of(name)
    led = 'href="/plans/absences/"' in client.get("/plans/steps/").content.decode()
    assert client.get("/plans/absences/").status_code == status
    assert led is (status == 200)
