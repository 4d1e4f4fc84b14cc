"""The alumni's own zone: what it shows, to whom, line by line; and everything else that stays shut."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse

from alumni.models import AlumniCard
from portal import gate, navigation, search
from portal.people.models import Activity, Person
from recruitment import transitions as recruitment
from tests import factories as make
from tests.alumni.making import alumnus, asks, fresh, offers, yes

INSIDE = (
    "people:person_list", "people:team_list", "people:skill_list", "people:skill_suggest", "people:job_list", "people:opening_list",
    "people:correction_list", "hiring:opening_list", "hiring:waiting", "plans:step_list", "onboarding:arrival_list", "onboarding:checkin_list",
    "mobility:opening_list", "panels:panel_list", "alumni:departure_list", "alumni:seek_edit", "alumni:mentoring_health",
)  # fmt: skip


@pytest.mark.parametrize("agreed", [False, True])
@pytest.mark.parametrize("name", INSIDE)
def test_nothing_inside_answers_somebody_who_left(name, agreed, cast, client_of):
    if agreed:
        yes(cast.omar)
    assert client_of("omar").get(reverse(name)).status_code == 404


def test_a_page_that_nobody_guards_stays_shut_to_leavers(cast, client_of):
    """Closed unless opened: whatever its view does."""
    assert gate.has_left(fresh(cast.omar))
    assert not gate.has_left(fresh(cast.ben))
    assert not gate.has_left(fresh(cast.nia))
    assert not gate.opens(resolve("/people/teams/"))
    assert gate.opens(resolve("/account/data/"))
    assert gate.opens(resolve("/alumni/consents/"))


def test_own_data_stay_open_without_any_consent(cast, client_of):
    browser = client_of("omar")
    for name in ("home", "my_data", "account", "notices", "alumni:consent_list", "alumni:leave"):
        assert browser.get(reverse(name)).status_code == 200, name
    assert browser.get(cast.omar.get_absolute_url()).status_code == 200
    assert browser.get(cast.ben.get_absolute_url()).status_code == 404


def test_every_entry_of_an_alumnus_leads_to_a_page(cast, client_of):
    yes(cast.omar)
    browser = client_of("omar")
    request = browser.get(reverse("home")).wsgi_request
    entries = navigation.for_request(request)
    assert [str(entry.label) for entry in entries] == ["Home", "Mentoring", "Offers", "Alumni", "What I agreed to"]
    for entry in entries:
        assert browser.get(entry.url).status_code == 200, entry.url


def test_home_says_who_waits(cast, client_of):
    yes(cast.omar)
    offers(cast.omar, capacity=3)
    assert "Nothing waits for you." in client_of("omar").get("/").content.decode()
    asks(cast.nia, cast.omar)
    asks(cast.cleo, cast.omar)
    page = client_of("omar").get("/").content.decode()
    assert "<em>Nia would like you as a mentor,</em>" in page
    assert "and so would Cleo." in page
    assert "A request keeps its place; 1 of 3 is still free" in page


# --- the directory ------------------------------------------------------------------------------------
READS = {
    # level chosen     colleague  alumnus  owner
    "me":       (False, False, True),
    "alumni":   (False, True,  True),
    "everyone": (True,  True,  True),
}  # fmt: skip


@pytest.mark.parametrize("level", READS)
def test_each_line_of_a_card_is_read_by_whom_its_owner_chose(level, cast, client_of):
    yes(cast.omar, "reachable")
    yes(alumnus(cast, "Ada"), "mentor")  # an alumnus who is not in the directory reads it
    AlumniCard.objects.filter(person=cast.omar).update(topics="Winters on the Vilaine", seen_by={"topics": level})
    browser = client_of("ben")
    ada = browser.__class__()
    ada.force_login(Person.objects.get(given_name="Ada").user, backend="django.contrib.auth.backends.ModelBackend")
    for page in (reverse("alumni:person_list"), reverse("alumni:person_detail", args=[cast.omar.slug])):
        seen = tuple("Winters on the Vilaine" in client.get(page).content.decode() for client in (browser, ada, client_of("omar")))
        assert seen == READS[level]
    found = "Omar Benali" in browser.get(reverse("alumni:person_list"), {"q": "winters"}).content.decode()
    assert found is READS[level][0]  # and search finds no more than may be read


def test_a_card_shows_nothing_that_nobody_chose_to_show(cast, client_of):
    yes(cast.omar, "reachable")
    client_of("omar").post(reverse("alumni:card_edit"), {"town": "Redon", "seen_town": ""})
    assert AlumniCard.objects.get().level_of("town") == "me"
    assert "Redon" not in client_of("ben").get(reverse("alumni:person_detail", args=[cast.omar.slug])).content.decode()


def test_alumni_see_the_colleagues_who_opened_their_page_and_no_other(cast, client_of):
    yes(cast.omar)
    cast.cleo.visibility = {"headline": "alumni"}
    cast.cleo.save()
    page = client_of("omar").get(reverse("alumni:person_list")).content.decode()
    assert "Cleo Hart" in page
    assert "Ben Okafor" not in page
    assert client_of("omar").get(cast.cleo.get_absolute_url()).status_code == 200
    assert client_of("omar").get(cast.ben.get_absolute_url()).status_code == 404
    assert "opened part of their page" not in client_of("ben").get(reverse("alumni:person_list")).content.decode()


def test_the_directory_costs_the_same_queries_few_or_many(cast, client_of):
    counts = []
    for number in (1, 8):
        while AlumniCard.objects.count() < number:
            yes(alumnus(cast, f"Given{AlumniCard.objects.count()}"), "reachable")
        browser = client_of("ben")
        browser.get(reverse("alumni:person_list"))
        with CaptureQueriesContext(connection) as seen:
            browser.get(reverse("alumni:person_list"))
        counts.append(len(seen))
    assert counts[0] == counts[1]


# --- coming back, passing on --------------------------------------------------------------------------
def test_an_application_is_filled_in_with_what_is_known(cast, client_of):
    yes(cast.omar)
    job = make.JobDescriptionFactory(brings_en="Python", brings_fr="Python")
    Activity.objects.create(job=job, text_en="Check readings", text_fr="Contrôler les relevés", share=100)
    opening = make.OpeningFactory(job=job, team=cast.data, site=cast.nantes, hiring_manager=cast.maya, status="draft")
    recruitment.publish(opening.pk, by=cast.hugo.user)
    page = client_of("omar").get(reverse("alumni:opening_list")).content.decode()
    assert f"/en/jobs/{opening.slug}/" in page
    assert f"ref%3Dalumni-{cast.omar.pk}" in page
    form = client_of("omar").get(f"/en/jobs/{opening.slug}/apply/").content.decode()
    assert 'value="Benali"' in form
    assert f'value="{cast.omar.user.email}"' in form
    assert 'value="Benali"' not in client_of("visitor").get(f"/en/jobs/{opening.slug}/apply/").content.decode()


# --- search -------------------------------------------------------------------------------------------
def test_search_finds_alumni_by_the_lines_they_opened_and_no_other(cast):
    yes(cast.omar, "reachable")
    ada = alumnus(cast, "Ada")
    yes(ada, "mentor")
    AlumniCard.objects.filter(person=cast.omar).update(topics="Winters", town="Redon", now="Gliders", seen_by={"topics": "alumni", "town": "everyone"})
    search.reindex()

    def found(person, words):
        return [hit.title for hit in search.find(fresh(person), words, kinds=("alumnus",)).hits]

    assert found(cast.ben, "benali") == found(ada, "benali") == ["Omar Benali"]
    assert (found(cast.ben, "redon"), found(ada, "redon")) == (["Omar Benali"], ["Omar Benali"])
    assert (found(cast.ben, "winters"), found(ada, "winters")) == ([], ["Omar Benali"])
    assert (found(cast.ben, "gliders"), found(ada, "gliders")) == ([], [])
    assert found(cast.nia, "benali") == []  # a newcomer is no colleague yet
