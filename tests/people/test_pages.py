"""Which page answers to whom: each page of people against the cast."""

import re

import pytest
from django.urls import reverse

from portal.people.models import Correction, JobSkill, PersonSkill, SkillConfirmation
from tests import factories as make
from tests.alumni.making import yes
from tests.cast import NAMES

COLLEAGUES = {"maya", "hugo", "ben", "cleo", "ilan"}
SIGNED_IN = COLLEAGUES | {"nia"}  # who left sees nothing inside (portal/gate.py) …
WITH_LEAVERS = SIGNED_IN | {"omar"}  # … but the pages of their own account


@pytest.fixture
def place(cast):
    """One of everything, around Ben."""
    cast.skill = make.SkillFactory(name="Hydrology", label_fr="Hydrologie")
    cast.holding = make.PersonSkillFactory(tag=cast.skill, content_object=cast.ben)
    cast.job = make.JobDescriptionFactory(slug="data-engineer")
    JobSkill.objects.create(job=cast.job, skill=cast.skill)
    cast.opening = make.OpeningFactory(slug="one-seat", job=cast.job, team=cast.data, site=cast.nantes, hiring_manager=cast.maya)
    cast.ben.employee.assignments.update(job=cast.job)
    cast.report = Correction.objects.create(person=cast.ben, by=cast.cleo, kind="wrong", field="phone", proposed="02 40 00 44 71")
    cast.line = SkillConfirmation.objects.create(holding=cast.holding, by=cast.maya, seen="set the thresholds with us")
    return cast


PAGES = {
    ("home", ()): WITH_LEAVERS | {"zoe", "visitor"},
    ("own_home", ()): WITH_LEAVERS,
    ("account", ()): WITH_LEAVERS,
    ("more", ()): WITH_LEAVERS,
    ("notices", ()): WITH_LEAVERS,
    ("people:person_list", ()): SIGNED_IN,
    ("people:team_list", ()): SIGNED_IN,
    ("people:team_detail", ("river-data",)): COLLEAGUES,
    ("people:team_skills", ("river-data",)): {"maya"},
    ("people:team_create", ()): {"hugo"},
    ("people:team_edit", ("river-data",)): {"hugo"},
    ("people:site_list", ()): {"hugo"},
    ("people:site_create", ()): {"hugo"},
    ("people:site_edit", ("nantes",)): {"hugo"},
    ("people:skill_list", ()): SIGNED_IN,
    ("people:skill_suggest", ()): SIGNED_IN,
    ("people:person_suggest", ()): COLLEAGUES,
    ("people:skill_detail", ("hydrology",)): COLLEAGUES,
    ("people:skill_create", ()): {"hugo"},
    ("people:skill_edit", ("hydrology",)): {"hugo"},
    ("people:skill_merge", ("hydrology",)): {"hugo"},
    ("people:job_list", ()): SIGNED_IN,
    ("people:job_detail", ("data-engineer",)): COLLEAGUES,
    ("people:job_confirm", ("data-engineer",)): {"ben"},
    ("people:job_versions", ("data-engineer",)): COLLEAGUES,
    ("people:job_edit", ("data-engineer",)): {"hugo"},
    ("people:job_create", ()): {"hugo"},
    ("people:opening_create", ()): {"maya", "hugo"},
    ("people:opening_edit", ("one-seat",)): {"maya", "hugo"},
    ("people:opening_list", ()): SIGNED_IN,
    ("people:opening_detail", ("one-seat",)): COLLEAGUES,
    ("people:correction_list", ()): SIGNED_IN,
    ("people:correction_detail", ("report",)): {"ben", "cleo"},
    ("people:person_detail", ("ben-okafor",)): COLLEAGUES,
    ("people:person_edit", ("ben-okafor", "ask")): {"ben"},
    ("people:person_edit", ("ben-okafor", "name")): {"ben"},
    ("people:person_edit", ("ben-okafor", "contact")): {"ben"},
    ("people:photo_edit", ("ben-okafor",)): {"ben"},
    ("people:holding_create", ("ben-okafor",)): {"ben"},
    ("people:holding_edit", ("holding",)): {"ben"},
    ("people:holding_confirm", ("holding",)): COLLEAGUES - {"ben"},
    ("people:person_correct", ("ben-okafor",)): {"hugo"},
    ("people:correction_create", ("ben-okafor",)): COLLEAGUES,
    ("people:person_card", ("ben-okafor",)): COLLEAGUES,
    ("people:person_vcard", ("ben-okafor",)): COLLEAGUES,
    ("people:person_print", ("ben-okafor",)): COLLEAGUES,
    ("people:person_qr", ("ben-okafor",)): COLLEAGUES,
    ("people:people_export", ("csv",)): {"hugo"},
    ("people:people_export", ("xlsx",)): {"hugo"},
    ("people:people_export", ("pdf",)): set(),
    ("people:person_detail", ("nia-diallo",)): {"hugo", "nia"},
    ("people:person_detail", ("omar-benali",)): {"hugo", "omar"},
    ("people:person_detail", ("zoe-garnier",)): {"hugo"},
}


@pytest.mark.parametrize("name", NAMES)
def test_a_page_answers_those_it_is_for_and_is_absent_for_the_rest(place, client_of, name):
    client = client_of(name)
    answered = {}
    for (url_name, args), readers in PAGES.items():
        keys = [getattr(place, arg).pk if arg in ("report", "holding") else arg for arg in args]
        response = client.get(reverse(url_name, args=keys))
        answered[url_name, args] = response.status_code
        expected = {200} if name in readers else {302, 404}
        assert response.status_code in expected, (url_name, args, response.status_code)


@pytest.mark.parametrize("url_name", ["photo_delete", "visibility_save", "person_confirm", "nudge_decline"])
def test_only_the_owner_changes_a_page(place, client_of, url_name):
    for name in COLLEAGUES - {"ben"}:
        assert client_of(name).post(reverse(f"people:{url_name}", args=["ben-okafor"])).status_code == 404
    assert client_of("ben").post(reverse(f"people:{url_name}", args=["ben-okafor"])).status_code == 302


@pytest.mark.parametrize("name", sorted(COLLEAGUES))
def test_pages_speak_french_to_whom_chose_it(place, client_of, name):
    person = getattr(place, name)
    person.user.language = "fr"
    person.user.save()
    page = client_of(name).get(reverse("people:person_list")).content.decode()
    assert '<html lang="fr"' in page
    assert "Annuaire" in page


def test_merged_skills_lead_to_what_they_became(place, client_of):
    from portal.people import skills

    old = make.SkillFactory(name="River science", label_fr="Science des rivières", slug="river-science")
    mine = PersonSkill.objects.create(tag=old, content_object=place.cleo, level=4)
    skills.merge(old, place.skill)
    mine.refresh_from_db()
    assert mine.tag == place.skill
    response = client_of("cleo").get(reverse("people:skill_detail", args=["river-science"]))
    assert response["Location"] == place.skill.get_absolute_url()
    assert skills.named("science des rivieres") == place.skill


def test_home_names_nobody_of_the_team_whose_page_its_reader_may_not_open(cast, client_of):
    """Nia is to come to the team of Ben and Maya; the People team alone may know."""
    for name in ("ben", "maya"):
        client = client_of(name)
        page = client.get(reverse("home")).content.decode()
        assert cast.nia.get_absolute_url() not in page
        links = set(re.findall(r'href="(/people/[a-z-]+/)"', page))
        assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)
        assert (cast.maya if name == "ben" else cast.ben).get_absolute_url() in links


@pytest.mark.parametrize("name", sorted(WITH_LEAVERS))
def test_a_profile_leads_to_no_closed_page(place, client_of, name):
    """Whoever may open a profile, or looks at their own as others do, may open what it leads to."""
    yes(place.omar)
    client = client_of(name)
    place.ben.visibility = {"title": "alumni", "ask_me_about": "alumni"}
    place.ben.ask_me_about = "Barges"
    place.ben.save()
    own = getattr(place, name).get_absolute_url()
    for address in (place.ben.get_absolute_url(), own, f"{own}?as=colleague", f"{own}?as=alumni"):
        page = client.get(address)
        assert page.status_code == (404 if (name, address) == ("nia", place.ben.get_absolute_url()) else 200)
        links = set(re.findall(r'href="(/[a-z][a-z/0-9-]*/)"', page.content.decode()))
        assert {link for link in links if client.get(link).status_code >= 400} == set(), address
