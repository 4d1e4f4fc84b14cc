"""Writing jobs and seats: shares sum to a hundred, each text is a version, holders are asked again when activities change."""

from datetime import timedelta

import pytest
from django.urls import reverse

from portal import clock, search
from portal.people import shares
from portal.people.models import JobDescription, Opening, ShareConfirmation
from tests import factories as make

TEXT = {
    "title_en": "Gauge keeper", "title_fr": "Gardien de stations", "title_fr_f": "Gardienne de stations",
    "mission_en": "Keep gauges alive.", "mission_fr": "Garder les stations en vie.", "conditions_en": "Outside.", "conditions_fr": "Dehors.",
    "demanding_en": "Cold water.", "demanding_fr": "De l’eau froide.", "pay_min": "30000", "pay_max": "36000", "currency": "EUR",
}  # fmt: skip


def rows(prefix, each):
    body = {f"{prefix}-TOTAL_FORMS": len(each), f"{prefix}-INITIAL_FORMS": min(1, len(each))}
    for index, row in enumerate(each):
        body |= {f"{prefix}-{index}-{name}": value for name, value in row.items()}
    return body


def described(activities=((60, "Visit"), (40, "Mend")), needs=(), **more):
    activities = [{"share": share, "text_en": text, "text_fr": f"{text} (fr)"} for share, text in activities]
    return {**TEXT, **rows("activities", activities), **rows("skills", [{"skill": skill, "level": 3} for skill in needs]), **more}


@pytest.fixture
def job(cast, client_of):
    client_of("hugo").post(reverse("people:job_create"), described())
    return JobDescription.objects.get(slug="gauge-keeper")


def change(client_of, job, **more):
    response = client_of("hugo").post(reverse("people:job_edit", args=[job.slug]), described(**more))
    job.refresh_from_db()
    assert response.status_code == 302


def test_the_people_team_describes_a_job_in_both_languages(cast, client_of):
    make.SkillFactory(name="Hydrology", label_fr="Hydrologie")
    response = client_of("hugo").post(reverse("people:job_create"), described(needs=["hydrologie"], new_trade_en="Field", new_trade_fr="Terrain"))
    job = JobDescription.objects.get()
    assert response["Location"] == job.get_absolute_url()
    assert [(each.text_en, each.share) for each in job.activities.all()] == [("Visit", 60), ("Mend", 40)]
    assert [(need.skill.name, need.level) for need in job.job_skills.all()] == [("Hydrology", 3)]
    assert job.trade.name_fr == "Terrain"
    page = client_of("cleo").get(job.get_absolute_url()).content.decode()
    assert "Not confirmed yet" in page
    assert client_of("maya").post(reverse("people:job_edit", args=[job.slug]), described()).status_code == 404


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"activities": ((60, "Visit"), (30, "Mend"))}, "The shares make 90"),
        ({"demanding_fr": ""}, "This field is required"),
        ({"conditions_en": ""}, "This field is required"),
        ({"pay_max": "20000"}, "The range ends below its beginning."),
        ({"needs": ["Witchcraft"]}, "No skill is called “Witchcraft”."),
        ({"activities": ((100, ""),)}, "This field is required"),
        ({"new_trade_en": "Field"}, "Name the trade in both languages."),
    ],
)
def test_what_is_wrong_comes_back_in_words_and_nothing_is_written(cast, client_of, more, words):
    response = client_of("hugo").post(reverse("people:job_create"), described(**more))
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not JobDescription.objects.exists()


def test_more_rows_are_given_without_saving_and_without_script(cast, client_of):
    response = client_of("hugo").post(reverse("people:job_create"), described(more="activities"))
    assert response.status_code == 200
    assert 'name="activities-4-share"' in response.content.decode()
    assert not JobDescription.objects.exists()


def test_each_change_is_a_version_kept_whole_and_the_same_text_is_none(cast, client_of, job):
    change(client_of, job)
    assert job.version == 1
    change(client_of, job, mission_en="Keep every gauge alive.", activities=((50, "Visit"), (50, "Mend")))
    assert job.version == 2
    page = client_of("cleo").get(reverse("people:job_versions", args=[job.slug])).content.decode()
    assert "Keep gauges alive." in page
    assert "Keep every gauge alive." in page
    assert "60 % Visit" in page
    assert "Cold water." not in page, "what did not change is not listed"


def test_a_job_brought_in_without_versions_keeps_its_first_text(cast, client_of):
    job = make.JobDescriptionFactory(mission_en="The first words.")
    change(client_of, job)
    assert [one.number for one in job.versions.all()] == [2, 1]
    assert job.versions.last().body["mission_en"] == "The first words."


def test_what_holders_said_stays_true_while_the_activities_do(cast, client_of, job):
    keys = [str(key) for key in job.activities.values_list("pk", flat=True)]
    for person, said in ((cast.ben, (80, 20)), (cast.maya, (70, 30))):
        ShareConfirmation.objects.create(job=job, version=1, person=person, shares=dict(zip(keys, said, strict=True)))
    change(client_of, job, mission_en="Keep every gauge alive.")
    picture = shares.of(job)
    assert [(line.described, line.real) for line in picture.lines] == [(60, 75), (40, 25)]
    assert "Real: 75" in client_of("hugo").get(reverse("people:job_edit", args=[job.slug])).content.decode()
    change(client_of, job, activities=((75, "Visit"), (25, "Mend")))
    assert (job.version, shares.of(job).said) == (3, 0), "the new shares wait for two holders"


def seat(job, **more):
    day = clock.today()
    return {
        "job": job.pk, "team": "", "site": "", "hiring_manager": "maya@rivage.example", "reason_en": "Nia moves on.", "reason_fr": "",
        "seats": 1, "contract": "permanent", "remote_days": 2, "work_language": "fr", "audience": "inside_first", "inside_first_days": 14,
        "closes_on": (day + timedelta(days=30)).isoformat(), "starts_on": (day + timedelta(days=60)).isoformat(),
        "panel": ["ben@rivage.example", "", "cleo@rivage.example"], **more,
    }  # fmt: skip


def test_a_manager_opens_a_seat_in_her_branch_as_a_draft(cast, client_of, job):
    body = seat(job, team=cast.data.pk, site=cast.nantes.pk)
    response = client_of("maya").post(reverse("people:opening_create"), body)
    opening = Opening.objects.get()
    assert response["Location"] == opening.get_absolute_url()
    assert (opening.status, opening.hiring_manager, opening.inside_first_days) == ("draft", cast.maya, 14)
    assert set(opening.panel.all()) == {cast.ben, cast.cleo}
    assert opening.reference == f"{clock.today().year}-001"
    assert client_of("cleo").get(opening.get_absolute_url()).status_code == 404, "a draft is seen by those who hire"
    page = client_of("maya").get(opening.get_absolute_url()).content.decode()
    assert "Cleo Hart" in page
    assert "Not confirmed yet" in page
    assert client_of("maya").post(reverse("people:opening_create"), body | {"team": cast.far.pk}).status_code == 422, "not her branch"
    assert client_of("ben").post(reverse("people:opening_create"), body).status_code == 404


def test_whom_one_means_is_offered_by_name_and_only_to_colleagues(cast, client_of, job):
    search.reindex()
    address = reverse("people:person_suggest")
    for who in ("maya", "cleo"):
        offered = client_of(who).get(address, {"of": "hiring_manager", "hiring_manager": "okafor ben"}).content.decode()
        assert '<option value="ben@rivage.example">Ben Okafor' in offered
    assert "<option" not in client_of("maya").get(address, {"of": "panel", "panel": "o"}).content.decode(), "two letters at least"
    assert client_of("omar").get(address, {"of": "panel", "panel": "okafor"}).status_code == 404
    body = seat(job, team=cast.data.pk, site=cast.nantes.pk)
    opening = Opening.objects.get(slug=client_of("maya").post(reverse("people:opening_create"), body)["Location"].rstrip("/").split("/")[-1])
    page = client_of("maya").get(reverse("people:opening_edit", args=[opening.slug])).content.decode()
    for address in ("maya@rivage.example", "ben@rivage.example", "cleo@rivage.example"):
        assert f'value="{address}"' in page


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"hiring_manager": "nobody@rivage.example"}, "Nobody here has the address"),
        ({"hiring_manager": "Maya"}, "Choose somebody from the list."),
        ({"panel": ["ben@rivage.example", "nobody@rivage.example"]}, "Nobody here has the address"),
        ({"panel": [f"{at}@rivage.example" for at in range(13)]}, "Name 12 people at most."),
        ({"inside_first_days": 0}, "For how many days is it shown inside first?"),
        ({"closes_on": "2020-01-01"}, "This day is over already."),
        ({"starts_on": "2020-01-02"}, "The first day comes after the closing date."),
        ({"seats": 0}, "One seat at least."),
        ({"remote_days": 6}, "Five days a week at most."),
    ],
)
def test_a_seat_that_cannot_be_comes_back_in_words(cast, client_of, job, more, words):
    response = client_of("maya").post(reverse("people:opening_create"), seat(job, team=cast.data.pk, site=cast.nantes.pk, **more))
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Opening.objects.exists()


def test_a_published_seat_changes_but_not_its_job_team_or_site(cast, client_of, job):
    opening = make.OpeningFactory(team=cast.data, site=cast.nantes, hiring_manager=cast.maya)
    body = seat(job, team=cast.far.pk, site=cast.bristol.pk, seats=3, audience="both")
    assert client_of("maya").post(reverse("people:opening_edit", args=[opening.slug]), body).status_code == 302
    opening.refresh_from_db()
    assert (opening.seats, opening.team, opening.site) == (3, cast.data, cast.nantes)
    assert opening.job != job
    assert client_of("maya").post(reverse("people:opening_delete", args=[opening.slug])).status_code == 404


def test_a_draft_is_deleted_by_who_hires(cast, client_of):
    opening = make.OpeningFactory(team=cast.data, site=cast.nantes, hiring_manager=cast.maya, status="draft", opened_at=None)
    assert client_of("cleo").post(reverse("people:opening_delete", args=[opening.slug])).status_code == 404
    assert client_of("maya").post(reverse("people:opening_delete", args=[opening.slug])).status_code == 302
    assert not Opening.objects.exists()


def test_the_list_of_seats_shows_drafts_to_those_who_hire(cast, client_of, job):
    make.OpeningFactory(job=job, reference="D-1", team=cast.data, site=cast.nantes, hiring_manager=cast.maya, status="draft")
    assert "D-1" in client_of("maya").get(reverse("people:opening_list")).content.decode()
    assert "D-1" not in client_of("cleo").get(reverse("people:opening_list")).content.decode()


def test_a_french_title_names_everybody_inside_as_outside(cast, client_of):
    job = make.JobDescriptionFactory(title_en="Data engineer", title_fr="Ingénieur données", title_fr_f="Ingénieure données")
    for language, title in (("fr", "Ingénieure ou ingénieur données"), ("en", "Data engineer")):
        cast.ben.user.language = language
        cast.ben.user.save()
        assert f'<h1 lang="{language}">{title}</h1>' in client_of("ben").get(job.get_absolute_url()).content.decode()
