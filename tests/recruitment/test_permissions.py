"""Who may see and act: a table of the cast, for each rule and each page."""

import pytest
from django.test import Client

from portal import roles
from portal.rules import get
from recruitment.models import Adjustment, Application
from tests import factories as make
from tests.cast import NAMES, user_of

pytestmark = pytest.mark.django_db
EVERYBODY = [name for name in NAMES if name != "zoe"]
TABLE = {
    "recruitment.view_application": {"maya", "hugo"},
    "recruitment.move_application": {"maya", "hugo"},
    "recruitment.offer_application": {"maya", "hugo"},
    "recruitment.hire_application": {"maya", "hugo"},
    "recruitment.reveal_application": {"hugo"},
}


@pytest.mark.parametrize("rule", TABLE)
def test_a_rule_says_yes_to_these_and_no_to_all_others(rule, application, cast):
    may = {name for name in EVERYBODY if Application.objects.allowing(user_of(cast, name), rule).exists()}
    assert may == TABLE[rule]


def test_adjustments_are_for_those_who_organise_and_never_for_who_chooses(apply, cast, client_of):
    application, _token = apply(adjustments={"needs": "A step-free room"})
    may = {name for name in EVERYBODY if Adjustment.objects.allowing(user_of(cast, name), "recruitment.view_adjustment").exists()}
    assert may == {"hugo"}
    assert "step-free" in client_of("hugo").get(f"/hiring/people/{application.pk}/").content.decode()
    assert "step-free" not in client_of("maya").get(f"/hiring/people/{application.pk}/").content.decode()


def test_a_recruiter_of_another_site_sees_nothing_and_of_this_one_everything(application, cast, client_of):
    make.duty(cast.cleo, roles.RECRUITER, cast.bristol)
    assert not Application.objects.visible_to(cast.cleo.user).exists()
    make.duty(cast.ben, roles.RECRUITER, cast.nantes)
    assert Application.objects.visible_to(cast.ben.user).get() == application


PAGES = ["", "answers/", "cv/", "notes/", "messages/", "history/", "new-date/", "refuse/", "offer/", "hire/"]
ACTS = ["move/", "back/", "reveal/", "refuse/back/", "offer/back/", "hire/back/", "refuse/", "offer/", "hire/", "new-date/", "notes/", "messages/"]


@pytest.mark.parametrize("name", ["cleo", "ben", "ilan", "nia", "omar"])
def test_to_the_others_no_page_and_no_button_exists(application, client_of, name):
    client = client_of(name)
    for page in PAGES:
        assert client.get(f"/hiring/people/{application.pk}/{page}").status_code == 404, page
    for act in ACTS:
        assert client.post(f"/hiring/people/{application.pk}/{act}", {"to": "1", "text": "x"}).status_code == 404, act
    for page in ("", "list/", "advert/", "history/", "answer/"):
        assert client.get(f"/hiring/{application.opening.slug}/{page}").status_code == 404, page
    for act in ("publish/", "close/", "selected/", "answer/"):
        assert client.post(f"/hiring/{application.opening.slug}/{act}").status_code == 404, act


def test_a_visitor_is_asked_to_sign_in(application):
    for page in (f"/hiring/people/{application.pk}/", "/hiring/", f"/hiring/{application.opening.slug}/"):
        assert "/accounts/login/" in Client().get(page).url


def test_hiring_stands_in_the_masthead_of_those_who_hire_only(opening, client_of):
    shown = {name for name in ("maya", "hugo", "ben", "cleo", "ilan") if "/hiring/" in client_of(name).get("/people/").content.decode()}
    assert shown == {"maya", "hugo"}


def test_acts_change_nothing_on_get(application, client_of):
    for act in ("move/", "back/", "reveal/", "refuse/back/", "offer/back/", "hire/back/"):
        assert client_of("hugo").get(f"/hiring/people/{application.pk}/{act}").status_code == 405


def test_rules_speak_to_current_colleagues():
    assert all(get(rule).audience == roles.COLLEAGUES for rule in TABLE)


def test_a_blind_file_names_nobody_on_any_page(apply, client_of, cast):
    application, _token = apply("Lenaqx", "Morelqx", email="lenaqx@mail.example")
    for name in ("maya", "hugo"):
        files = [f"people/{application.pk}/{page}" for page in ("", "answers/", "cv/", "notes/", "messages/", "history/", "new-date/", "refuse/")]
        jobs = [f"{application.opening.slug}/{page}" for page in ("", "list/", "history/", "answer/")]
        for page in ("", "waiting/", *files, *jobs):
            said = client_of(name).get(f"/hiring/{page}").content.decode()
            assert "enaqx" not in said, page
            assert "orelqx" not in said, page


def test_a_hidden_name_is_not_found_by_searching_for_it(apply, client_of):
    application, _token = apply("Lenaqx", "Morelqx", email="lenaqx@mail.example")
    for text, found in (("lenaqx", False), ("Morelqx", False), ("lenaqx@mail.example", False), (application.code, True)):
        page = client_of("hugo").get(f"/hiring/{application.opening.slug}/list/", {"q": text})
        assert bool(page.context["page_obj"].object_list) is found, text
