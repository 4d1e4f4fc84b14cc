"""Offers: what a template gained, changed or dropped reaches running plans after a preview, and never what is done."""

import pytest
from django.urls import reverse

from portal.models import TimelineEntry
from portal.plans import access, offers, transitions
from portal.plans.models import Access, Step, Template, TemplateStep
from tests.plans import making


@pytest.fixture
def plan(cast):
    making.template()
    return making.plan_for(cast.nia, by=cast.hugo.user, buddy=cast.ben)


@pytest.fixture
def template(plan):
    return Template.objects.get()


DAYS = ("shown from", "works until")  # said with their dates, which differ from run to run


def change_of(template):
    """What is offered to the one plan: keys of new steps, of changed ones with what differs, and of those taken off."""
    found = offers.preview(template)
    if not found:
        return [], {}, []
    (change,) = found
    return [s.key for s in change.new], {s.key: names for s, _source, names in change.changed}, [s.key for s in change.gone]


def drop(template, key):
    offers.drop_step(template, template.steps.get(key=key))


def set_source(template, key, **values):
    TemplateStep.objects.filter(template=template, key=key).update(**values)


def test_a_step_the_template_dropped_is_taken_off_where_it_is_open_and_its_history_says_so(plan, template, cast):
    step = plan.steps.get(key="badge")
    drop(template, "badge")
    assert change_of(template) == ([], {}, ["badge"])
    step.refresh_from_db()
    assert step.status == Step.Status.OPEN  # offered, not done behind anybody's back
    assert offers.apply(template, [plan.pk], by=cast.hugo.user) == 1
    step.refresh_from_db()
    assert (step.status, step.access.status) == (Step.Status.SKIPPED, Access.Status.CLOSED)
    entry = TimelineEntry.objects.filter(verb="moved", object_id=step.pk, after="skipped").get()
    assert (entry.note, entry.by) == (offers.TAKEN_OFF, cast.hugo.user)
    assert offers.preview(template) == []


def test_what_is_done_stays_when_the_template_drops_it(plan, template, cast):
    transitions.finish(plan.steps.get(key="contract-signed").pk, by=cast.hugo.user)
    drop(template, "contract-signed")
    assert offers.preview(template) == []
    assert plan.steps.get(key="contract-signed").status == Step.Status.DONE


def test_a_step_done_between_the_preview_and_the_click_stays_done(plan, template, cast):
    drop(template, "contract-signed")
    set_source(template, "desk-and-seat", text_en="Set up the desk")
    assert change_of(template)[2] == ["contract-signed"]
    for key in ("contract-signed", "desk-and-seat"):
        transitions.finish(plan.steps.get(key=key).pk, by=cast.hugo.user)
    assert offers.apply(template, [plan.pk], by=cast.hugo.user) == 0
    assert {plan.steps.get(key=key).status for key in ("contract-signed", "desk-and-seat")} == {Step.Status.DONE}


def test_a_step_added_by_hand_is_never_taken_off(plan, template, cast):
    values = {"text_en": "Bring cake", "role": "hr", "family": "team", "due_on": plan.first_day}
    own = transitions.add(plan.pk, values, by=cast.hugo.user)
    drop(template, "badge")
    assert own.key not in change_of(template)[2]


def test_a_dropped_step_edited_by_hand_is_not_chosen_beforehand(plan, template, cast, client_of):
    step = plan.steps.get(key="badge")
    transitions.edit(step.pk, {"text_en": "Make the blue badge", "due_on": step.due_on}, by=cast.hugo.user)
    drop(template, "badge")
    page = client_of("hugo").get(reverse("plans:template_offer", args=[template.pk])).content.decode()
    assert "Taken off: Make the blue badge" in page
    assert " checked" not in page.partition('name="plan"')[2].partition(">")[0]


def test_what_was_taken_off_can_be_put_back_with_what_it_opens(plan, template, cast):
    drop(template, "badge")
    offers.apply(template, [plan.pk], by=cast.hugo.user)
    step = transitions.reopen(plan.steps.get(key="badge").pk, by=cast.hugo.user)
    assert (step.status, Access.objects.get(step=step).status) == (Step.Status.OPEN, Access.Status.ASKED)


def test_where_a_more_general_template_still_asks_for_the_step_its_words_come_in_force(cast):
    base = making.template()
    here = making.template(
        "Nantes", [("badge", "Make the blue badge", "security", "access", -4, {"thing": "badge", "delivery": "in_person"})], site=cast.nantes
    )
    plan = making.plan_for(cast.nia, by=cast.hugo.user)
    assert plan.steps.get(key="badge").text_en == "Make the blue badge"
    drop(here, "badge")
    assert list(change_of(here)[1]) == ["badge"]
    offers.apply(here, [plan.pk], by=cast.hugo.user)
    step = plan.steps.get(key="badge")
    assert (step.text_en, step.status, step.template) == ("Make the badge", Step.Status.OPEN, base)
    assert offers.preview(here) == offers.preview(base) == []


def test_changed_equipment_is_offered(plan, template, cast):
    set_source(template, "order-laptop", equipment="tablet")
    assert change_of(template)[1] == {"order-laptop": ["needs equipment: Laptop becomes tablet"]}
    offers.apply(template, [plan.pk], by=cast.hugo.user)
    assert plan.steps.get(key="order-laptop").equipment == "tablet"
    assert offers.preview(template) == []


@pytest.mark.parametrize(
    ("values", "said", "kept"),
    [
        ({"thing_en": "North door"}, ["what it opens, in English: Main door becomes North door"], {"name_en": "North door"}),
        (
            {"delivery": "in_person"},
            ["how it is given: A code, shown once becomes Handed over in person", "works until"],
            {"delivery": "in_person", "expires_on": None},
        ),
        ({"opens_after": 2}, ["shown from", "works until"], {}),
        ({"lasts": 400}, ["works until"], {}),
        ({"thing": "wifi"}, ["opens: Door code becomes Wi-Fi"], {"thing": "wifi"}),
        ({"role": "facilities"}, ["owner: Security becomes Facilities"], {"role": "facilities"}),
    ],
)
def test_a_changed_access_is_offered_and_asked_for_otherwise(plan, template, cast, values, said, kept):
    set_source(template, "door-code", **values)
    assert [(name.partition(":")[0] if name.partition(":")[0] in DAYS else name) for name in change_of(template)[1]["door-code"]] == said
    offers.apply(template, [plan.pk], by=cast.hugo.user)
    door = Access.objects.get(step__key="door-code")
    assert (door.status, {name: getattr(door, name) for name in kept}) == (Access.Status.ASKED, kept)
    assert (door.opens_on - plan.first_day).days == values.get("opens_after", 0)
    assert offers.preview(template) == []


def test_an_access_that_begins_or_ends_in_the_template_begins_or_ends_in_the_plan(plan, template, cast):
    set_source(template, "desk-and-seat", thing="internet", thing_en="Internet")
    set_source(template, "badge", thing="")
    assert change_of(template)[1] == {"badge": ["opens: Badge becomes nothing"], "desk-and-seat": ["opens: nothing becomes Internet"]}
    offers.apply(template, [plan.pk], by=cast.hugo.user)
    assert Access.objects.get(step__key="desk-and-seat").status == Access.Status.ASKED
    assert Access.objects.get(step__key="badge").status == Access.Status.CLOSED
    assert offers.preview(template) == []
    set_source(template, "badge", thing="badge")
    offers.apply(template, [plan.pk], by=cast.hugo.user)
    assert Access.objects.get(step__key="badge").status == Access.Status.ASKED
    assert offers.preview(template) == []


def test_an_account_that_is_open_stays_as_it_is(plan, template, cast):
    transitions.finish(plan.steps.get(key="open-account").pk, by=cast.ilan.user)
    set_source(template, "open-account", thing="vpn", thing_en="Another account")
    assert offers.preview(template) == []
    assert Access.objects.get(step__key="open-account").thing == "system"


def test_a_code_issued_again_after_its_end_is_no_difference(plan, template, cast, freeze):
    cast.nadia = security(cast)
    door = plan.accesses.get(thing="door")
    access.write_code(door.pk, "1234", by=cast.nadia.user)
    with freeze(f"{door.expires_on}T12:00:00+00:00"):
        access.reissue(door.pk, by=cast.hugo.user)
        assert plan.steps.get(key="door-code").status == Step.Status.OPEN
        assert "door-code" not in change_of(template)[1]


def security(cast):
    from portal import roles
    from tests import factories as make

    person = make.colleague("Nadia", "Roy", team=cast.desk, site=cast.nantes)
    make.duty(person, roles.SECURITY)
    return person


@pytest.fixture
def freeze():
    import time_machine

    return lambda moment: time_machine.travel(moment, tick=False)


def test_a_step_given_to_somebody_keeps_its_owner_while_its_role_is_the_same(plan, template, cast):
    step = plan.steps.get(key="desk-and-seat")
    transitions.reassign(step.pk, cast.cleo, by=cast.hugo.user)
    set_source(template, "desk-and-seat", text_en="Set up the desk")
    offers.apply(template, [plan.pk], by=cast.hugo.user)
    step.refresh_from_db()
    assert (step.text_en, step.owner) == ("Set up the desk", cast.cleo)


def test_what_a_departure_asks_back_thing_by_thing_is_not_offered_a_second_time(plan, cast):
    making.template("Leaving", [("take-badge", "Take the badge back", "security", "access", 0, {"thing": "badge"})], kind="departure")
    badge = plan.accesses.get(thing="badge")
    Access.objects.filter(pk=badge.pk).update(status=Access.Status.GIVEN, delivery="in_person")
    leaving = Template.objects.get(kind="departure")
    gone = transitions.open("departure", cast.nia, site=cast.nantes, first_day=making.days_from_now(90), by=cast.hugo.user)
    gone.templates.add(leaving)
    assert gone.steps.filter(key=f"access-{badge.pk}").exists()
    assert offers.preview(leaving) == []


def test_a_template_changed_while_its_offer_was_read_is_shown_again(plan, template, cast, client_of):
    client, address = client_of("hugo"), reverse("plans:template_offer", args=[template.pk])
    drop(template, "badge")
    template.refresh_from_db()
    client.get(address)
    drop(template, "passkey")
    answer = client.post(address, {"plan": [plan.pk], "version": template.version}, follow=True)
    assert "The template changed while you read" in answer.content.decode()
    assert plan.steps.get(key="badge").status == Step.Status.OPEN
    template.refresh_from_db()
    client.post(address, {"plan": [plan.pk], "version": template.version})
    assert {plan.steps.get(key=key).status for key in ("badge", "passkey")} == {Step.Status.SKIPPED}


@pytest.mark.parametrize("name", ["maya", "nia", "ben", "cleo", "ilan"])
def test_only_the_people_team_is_offered_anything(plan, template, client_of, name):
    drop(template, "badge")
    client, address = client_of(name), reverse("plans:template_offer", args=[template.pk])
    assert {client.get(address).status_code, client.post(address, {"plan": [plan.pk], "version": 2}).status_code} == {404}
    assert plan.steps.get(key="badge").status == Step.Status.OPEN


def test_a_preview_of_many_plans_takes_as_many_queries_as_of_one(plan, template, cast, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    drop(template, "badge")
    with CaptureQueriesContext(connection) as one:
        assert len(offers.preview(template)) == 1
    for _each in range(3):
        copy = type(plan).objects.get(pk=plan.pk)
        copy.pk = copy.assignment = None
        copy.save()
        copy.templates.add(template)
    with CaptureQueriesContext(connection) as four:
        assert len(offers.preview(template)) == 4
    assert len(one) == len(four)


def test_a_step_nobody_needs_asks_no_desk_for_its_access_any_more(plan, cast):
    step = plan.steps.get(key="badge")
    transitions.skip(step.pk, by=cast.hugo.user)
    assert Access.objects.get(step=step).status == Access.Status.CLOSED
    transitions.reopen(step.pk, by=cast.hugo.user)
    assert Access.objects.get(step=step).status == Access.Status.ASKED
