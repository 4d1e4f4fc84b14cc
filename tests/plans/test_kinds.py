"""Each kind of step asks its own of whoever does it: answers, the reader's word, or the answer of a check."""

import pytest
from django.urls import reverse

from portal.moves import MoveRefused
from portal.plans import transitions
from portal.plans.forms import TemplateStepForm
from portal.plans.models import Step, Template
from tests.plans import making

STEPS = [
    ("lunch", "Tell us your lunch needs", "newcomer", "day_one", -1, {"kind": "form", "questions_en": "What do you eat?\n\nAnything else?"}),
    ("reading", "Read the rules", "newcomer", "day_one", 1, {"kind": "document", "link": "/{lang}/privacy/"}),
    ("profile", "Read your page", "newcomer", "day_one", 1, {"link": "/people/{me}/"}),
    ("mailbox", "See that the mailbox answers", "it", "access", -2, {"kind": "check", "asks": "onboarding.mailbox"}),
]  # fmt: skip


@pytest.fixture
def plan(cast):
    making.template(steps=STEPS)
    return making.plan_for(cast.nia, by=cast.hugo.user, buddy=cast.ben)


def step(plan, key):
    return plan.steps.get(key=key)


def test_a_form_is_done_by_its_answers_which_those_who_see_the_step_read(plan, cast, client_of):
    pk = step(plan, "lunch").pk
    nia = client_of("nia")
    assert nia.get(reverse("plans:step_detail", args=[pk])).content.decode().count('name="answer"') == 2
    refused = nia.post(reverse("plans:step_finish", args=[pk]), {"answer": ["No nuts, please", " "]})
    assert refused.status_code == 422
    assert "No nuts, please" in refused.content.decode()  # what was typed stays
    assert step(plan, "lunch").status == Step.Status.OPEN
    nia.post(reverse("plans:step_finish", args=[pk]), {"answer": ["No nuts, please", "No"]})
    assert step(plan, "lunch").answers == [["What do you eat?", "No nuts, please"], ["Anything else?", "No"]]
    assert "No nuts, please" in client_of("ben").get(reverse("plans:step_detail", args=[pk])).content.decode()
    assert client_of("ilan").get(reverse("plans:step_detail", args=[pk])).status_code == 404


def test_a_document_is_acknowledged_by_its_reader_alone(plan, cast):
    with pytest.raises(MoveRefused, match="Nia"):
        transitions.finish(step(plan, "reading").pk, by=cast.hugo.user)
    done = transitions.finish(step(plan, "reading").pk, by=cast.nia.user)
    from portal.models import TimelineEntry

    assert TimelineEntry.objects.filter(object_id=done.pk, verb="moved", note="read").exists()


def test_nobody_ticks_what_the_house_answers_by_itself(plan, cast):
    for user in (cast.ilan.user, cast.hugo.user):
        with pytest.raises(MoveRefused):
            transitions.finish(step(plan, "mailbox").pk, by=user)
    done, refused = transitions.finish_many([step(plan, "mailbox").pk], by=cast.ilan.user)
    assert (done, len(refused)) == ([], 1)


def test_a_link_leads_to_ones_own_page_in_ones_own_language(plan, cast):
    assert step(plan, "profile").leads_to == f"/people/{cast.nia.slug}/"
    assert step(plan, "reading").leads_to == "/en/privacy/"


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("link", {"link": "javascript:alert(1)"}),
        ("link", {"link": "//elsewhere.example/"}),
        ("link", {"link": "http://elsewhere.example/"}),
        ("asks", {"kind": "check"}),
        ("questions_en", {"kind": "form"}),
        ("equipment", {"reaches": "tested"}),
    ],
)
def test_a_template_step_that_could_never_be_done_is_refused(db, field, values):
    fields = {"key": "x", "text_en": "Do it", "kind": "task", "role": "hr", "family": "team", "anchor": "first_day", "span": "days", "offset": 0}
    fields |= {"delivery": "account", "opens_after": 0, "lasts": 90}
    assert TemplateStepForm(fields).is_valid()
    assert field in TemplateStepForm({**fields, **values}).errors


def test_a_changed_question_is_offered_and_what_was_edited_by_hand_is_said(plan, cast):
    from portal.plans import offers

    template = Template.objects.get()
    source = template.steps.get(key="lunch")
    source.questions_en = "What do you eat?"
    offers.save_step(template, source)
    (change,) = offers.preview(template)
    assert ([(each.key, names) for each, _source, names in change.changed], change.by_hand) == ([("lunch", ["questions in English, one a line"])], False)
    mine = step(plan, "lunch")
    transitions.edit(mine.pk, {"text_en": "Tell Ben what you eat", "due_on": mine.due_on}, by=cast.maya.user)
    assert offers.preview(template)[0].by_hand
