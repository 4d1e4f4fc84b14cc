"""What people change: their page, reports, skills, shares of time; with errors in words."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from portal import clock, search
from portal.models import AuditEntry, Notice
from portal.people import groups, skills
from portal.people.importing import skills as importing
from portal.people.models import Activity, Correction, JobSkill, PersonSkill, ShareConfirmation, Skill, SkillAlias, SkillConfirmation
from tests import factories as make
from tests.cast import user_of


def at(name, *args):
    return reverse(f"people:{name}", args=args)


def test_a_part_of_the_page_is_edited_without_script(cast, client_of):
    response = client_of("ben").post(
        at("person_edit", "ben-okafor", "contact"), {"phone": "02 40 00 00 01", "links": "https://example.org/ben\n", "spoken_languages": ["fr", "fsl"]}
    )
    cast.ben.refresh_from_db()
    assert response.status_code == 302
    assert (cast.ben.phone, cast.ben.links, cast.ben.spoken_languages) == ("02 40 00 00 01", ["https://example.org/ben"], ["fr", "fsl"])


@pytest.mark.parametrize("link", ["javascript:alert(1)", "http://example.org", "https://", "example.org"])
def test_an_address_that_is_none_comes_back_with_words(cast, client_of, link):
    response = client_of("ben").post(at("person_edit", "ben-okafor", "contact"), {"links": link})
    assert response.status_code == 422
    assert "error-summary" in response.content.decode() or 'role="alert"' in response.content.decode()


def test_visibility_keeps_only_what_differs_from_the_default(cast, client_of):
    from portal.people.visibility import FIELDS

    levels = {name: default for name, (_, default) in FIELDS.items()}
    client_of("ben").post(at("visibility_save", "ben-okafor"), {**levels, "phone": "team"})
    cast.ben.refresh_from_db()
    assert cast.ben.visibility == {"phone": "team"}
    client_of("ben").post(at("visibility_save", "ben-okafor"), {**levels, "phone": "everyone"})
    cast.ben.refresh_from_db()
    assert cast.ben.visibility == {"phone": "team"}, "an unknown level changes nothing"


def test_a_report_reaches_the_owner_who_accepts_the_difference(cast, client_of):
    client_of("cleo").post(at("correction_create", "ben-okafor"), {"kind": "wrong", "field": "phone", "proposed": "02 40 00 44 71"})
    report = Correction.objects.get()
    assert Notice.objects.filter(user=cast.ben.user, kind="people.report").count() == 1
    assert client_of("maya").post(at("correction_accept", report.pk)).status_code == 404
    client_of("ben").post(at("correction_accept", report.pk))
    cast.ben.refresh_from_db()
    report.refresh_from_db()
    assert (cast.ben.phone, report.status) == ("02 40 00 44 71", "accepted")
    assert Notice.objects.filter(user=cast.cleo.user, kind="people.report_answered").count() == 1
    assert client_of("ben").post(at("correction_dismiss", report.pk)).status_code == 302
    report.refresh_from_db()
    assert report.status == "accepted", "an answer is given once"


def test_official_lines_and_departures_go_to_the_people_team(cast, client_of):
    for kind, field in (("wrong", "title"), ("left", "")):
        client_of("cleo").post(at("correction_create", "ben-okafor"), {"kind": kind, "field": field, "proposed": "Something", "note": ""})
    assert Notice.objects.filter(user=cast.hugo.user, kind="people.report").count() == 2
    assert not Notice.objects.filter(user=cast.ben.user, kind="people.report").exists()
    report = Correction.objects.first()
    assert client_of("ben").post(at("correction_accept", report.pk)).status_code == 404
    assert client_of("hugo").post(at("correction_dismiss", report.pk)).status_code == 302


def test_a_report_without_words_is_sent_back(cast, client_of):
    response = client_of("cleo").post(at("correction_create", "ben-okafor"), {"kind": "wrong", "field": "phone"})
    assert response.status_code == 422
    assert not Correction.objects.exists()


def test_the_people_team_corrects_official_lines_and_the_log_keeps_no_value(cast, client_of):
    form = {
        "given_name": "Ben",
        "family_name": "Okafor-Hart",
        "work_email": "ben@rivage.example",
        "title_en": "Data lead",
        "title_fr": "",
        "manager": "hugo@rivage.example",
    }
    response = client_of("hugo").post(at("person_correct", "ben-okafor"), {**form, "team": cast.data.pk, "site": cast.nantes.pk})
    cast.ben.refresh_from_db()
    seat = cast.ben.employee.assignments.get()
    assert response.status_code == 302
    assert cast.ben.family_name == "Okafor-Hart"
    assert seat.title_en == "Data lead"
    assert seat.manager == cast.hugo
    entry = AuditEntry.objects.get(action="person.corrected")
    assert "Okafor-Hart" not in str(entry.detail)


def test_a_skill_is_added_by_any_of_its_words(cast, client_of):
    skill = make.SkillFactory(name="Spreadsheets", label_fr="Tableurs", slug="spreadsheets")
    SkillAlias.objects.create(skill=skill, text="Excel")
    response = client_of("ben").post(at("holding_create", "ben-okafor"), {"skill": "éxcel", "level": 3, "interest": "", "visibility": ""})
    assert response.status_code == 302
    assert PersonSkill.objects.get(content_object=cast.ben).tag == skill
    again = client_of("ben").post(at("holding_create", "ben-okafor"), {"skill": "tableurs", "level": 3, "interest": "", "visibility": ""})
    assert again.status_code == 422
    assert "already" in again.content.decode()


def test_a_near_word_offers_its_skills(cast, client_of):
    make.SkillFactory(name="Hydrology", label_fr="Hydrologie")
    response = client_of("ben").post(at("holding_create", "ben-okafor"), {"skill": "hydro", "level": 3, "interest": "", "visibility": ""})
    assert response.status_code == 422
    assert "Did you mean one of these?" in response.content.decode()
    assert ">Hydrology</a>" in response.content.decode()


def test_suggestions_hear_both_languages_and_no_accents(cast, client_of):
    make.SkillFactory(name="Flood modelling", label_fr="Modélisation des crues")
    for words in ("flo", "modelis", "cru", "MODÉL"):
        assert "Flood modelling" in client_of("ben").get(at("skill_suggest"), {"skill": words}).content.decode(), words
    assert "option" not in client_of("ben").get(at("skill_suggest"), {"skill": "f"}).content.decode()


def test_a_skill_fades_after_24_months_until_it_is_said_again(cast, client_of):
    holding = make.PersonSkillFactory(content_object=cast.ben, confirmed_on=clock.today() - timedelta(days=800))
    assert skills.is_fading(holding)
    assert "fading" in client_of("maya").get(cast.ben.get_absolute_url()).content.decode()
    client_of("maya").post(at("holding_confirm", holding.pk), {"seen": "taught it to us"})
    holding.refresh_from_db()
    assert not skills.is_fading(holding)
    assert "taught it to us" in client_of("cleo").get(cast.ben.get_absolute_url()).content.decode()


def test_a_skill_is_confirmed_once_by_each_and_six_lines_are_shown(cast, client_of):
    holding = make.PersonSkillFactory(content_object=cast.ben)
    for words in ("one", "two"):
        client_of("maya").post(at("holding_confirm", holding.pk), {"seen": f"first-{words}"})
    assert SkillConfirmation.objects.get().seen == "first-two"
    for number in range(8):
        SkillConfirmation.objects.create(holding=holding, by=make.PersonFactory(), seen=f"line-{number}")
    page = client_of("cleo").get(cast.ben.get_absolute_url()).content.decode()
    assert sum(f"line-{number}" in page for number in range(8)) + ("first-two" in page) == 6


def test_nobody_confirms_a_skill_they_may_not_see(cast, client_of):
    holding = make.PersonSkillFactory(content_object=cast.ben, visibility="me")
    assert client_of("maya").post(at("holding_confirm", holding.pk), {"seen": "yes"}).status_code == 404


def test_merging_shows_what_moves_and_keeps_the_best_of_both(cast, client_of):
    kept = make.SkillFactory(name="Spreadsheets", label_fr="Tableurs", slug="spreadsheets")
    old = make.SkillFactory(name="Excel files", label_fr="", slug="excel-files")
    make.PersonSkillFactory(tag=kept, content_object=cast.ben, level=2, visibility="me")
    make.PersonSkillFactory(tag=old, content_object=cast.ben, level=4)
    make.PersonSkillFactory(tag=old, content_object=cast.cleo, level=1)
    url = at("skill_merge", "excel-files")
    preview = client_of("hugo").get(url, {"skill": "spreadsheets"})
    assert "2 people" in preview.content.decode()
    assert Skill.objects.get(pk=old.pk).merged_into is None
    client_of("hugo").post(url, {"skill": "Spreadsheets"})
    holding = PersonSkill.objects.get(content_object=cast.ben)
    assert (holding.tag, holding.level, holding.visibility) == (kept, 4, "me")
    assert PersonSkill.objects.get(content_object=cast.cleo).tag == kept
    assert skills.named("excel files") == kept
    assert client_of("hugo").get(at("skill_merge", "spreadsheets"), {"skill": "excel files"}).status_code == 422, "not into itself"


def test_merging_keeps_what_mentors_offer(cast):
    from alumni.models import Offer

    kept, old = make.SkillFactory(name="Spreadsheets"), make.SkillFactory(name="Excel files")
    both, one = Offer.objects.create(person=cast.ben), Offer.objects.create(person=cast.maya)
    both.skills.set([kept, old])
    one.skills.set([old])
    skills.merge(old, kept)
    assert [list(offer.skills.all()) for offer in (both, one)] == [[kept], [kept]]


def test_a_skill_seen_in_an_interview_says_so(cast, client_of):
    holding = make.PersonSkillFactory(content_object=cast.ben)
    client_of("maya").post(at("holding_confirm", holding.pk), {"seen": "drew the whole network", "where": "interview"})
    page = client_of("cleo").get(cast.ben.get_absolute_url()).content.decode()
    assert "in an interview, <q lang=" in page
    assert "drew the whole network" in page


def test_shares_of_time_make_a_hundred_and_show_the_difference_once_two_said_it(cast, client_of):
    job = make.JobDescriptionFactory(slug="engineer")
    one = Activity.objects.create(job=job, text_en="Pipelines", text_fr="Flux", share=60)
    two = Activity.objects.create(job=job, text_en="Nights", text_fr="Nuits", share=40)
    for person in (cast.ben, cast.cleo):
        person.employee.assignments.update(job=job)
    url = at("job_confirm", "engineer")
    wrong = client_of("ben").post(url, {str(one.pk): 60, str(two.pk): 50})
    assert wrong.status_code == 422
    assert "110" in wrong.content.decode()
    client_of("ben").post(url, {str(one.pk): 30, str(two.pk): 70})
    page = client_of("ben").get(job.get_absolute_url()).content.decode()
    assert "Correct what you said" in page
    assert "You hold this job: confirm or correct" in client_of("cleo").get(job.get_absolute_url()).content.decode()
    page = client_of("maya").get(job.get_absolute_url()).content.decode()
    assert "Not confirmed yet" in page
    assert '<th scope="col">Real' not in page
    client_of("cleo").post(url, {str(one.pk): 50, str(two.pk): 50})
    page = client_of("maya").get(job.get_absolute_url()).content.decode()
    assert "Representative of the job" in page
    assert "20 less" in page
    assert "20 more" in page
    assert ShareConfirmation.objects.count() == 2


def test_a_declined_nudge_is_quiet_for_six_months(cast, client_of):
    ben = client_of("ben")
    assert "You list 0 skills" in ben.get(cast.ben.get_absolute_url()).content.decode()
    ben.post(at("nudge_decline", "ben-okafor"), {"name": "skills"})
    assert "You list 0 skills" not in ben.get(cast.ben.get_absolute_url()).content.decode()
    cast.ben.refresh_from_db()
    cast.ben.declined = {"skills": (clock.today() - timedelta(days=200)).isoformat()}
    cast.ben.save()
    assert "You list 0 skills" in ben.get(cast.ben.get_absolute_url()).content.decode()


def test_the_last_nudge_names_what_the_job_needs_and_how_many_list_it(cast, client_of):
    job = make.JobDescriptionFactory()
    rare, common = make.SkillFactory(name="Gauge mending"), make.SkillFactory(name="Cycling")
    for skill in (rare, common):
        JobSkill.objects.create(job=job, skill=skill)
    for person in (cast.ben, cast.maya):
        person.employee.assignments.update(job=job)
    make.PersonSkillFactory(tag=common, content_object=cast.maya)
    for name in ("One", "Two", "Three"):
        make.PersonSkillFactory(tag=make.SkillFactory(name=name), content_object=cast.ben, interest="more")
    cast.ben.ask_me_about = "Bikes"
    cast.ben.save()
    page = client_of("ben").get(cast.ben.get_absolute_url()).content.decode()
    assert "Your job needs Gauge mending, and 0 colleagues in it list it." in page
    assert "Your job needs" not in client_of("maya").get(cast.ben.get_absolute_url()).content.decode()


def test_whoever_left_finds_no_dead_button_on_their_own_page(cast, client_of):
    page = client_of("omar").get(cast.omar.get_absolute_url()).content.decode()
    assert "/confirm/" not in page
    assert "/not-now/" not in page
    assert cast.omar.work_email not in page, "the company's address is no longer theirs"


def test_settings_are_kept_and_answered_in_the_new_language(cast, client_of):
    response = client_of("ben").post("/account/", {"language": "fr", "theme": "dark"}, follow=True)
    cast.ben.user.refresh_from_db()
    assert (cast.ben.user.language, cast.ben.user.theme) == ("fr", "dark")
    assert 'lang="fr"' in response.content.decode()
    assert 'data-theme="dark"' in response.content.decode()


def test_groups_of_skills_are_named_in_the_readers_language(cast, client_of):
    """Every group of the list we ship has a French name; one that somebody typed stays as typed."""
    shipped = {row.group for row in importing.rows(importing.OWN_LIST)}
    assert {groups.named(each, "fr") == each for each in shipped - {"Infrastructure"}} == {False}
    make.SkillFactory(name="Contract law", label_fr="Droit des contrats", group="Finance and law", slug="contract-law")
    make.SkillFactory(name="Bread", label_fr="Pain", group="Boulange")
    search.reindex()
    with translation.override("fr"):
        (hit,) = search.find(user_of(cast, "ben"), "finances", kinds=["skill"]).hits
        assert hit.subtitle == "Finances et droit"
    client = client_of("ben")
    client.post("/language/", {"language": "fr", "next": "/"})
    pages = client.get("/people/skills/?all=1").content.decode(), client.get("/people/skills/contract-law/").content.decode()
    assert '?group=Finance%20and%20law">Finances et droit</a>' in pages[0]
    assert ">Boulange</a>" in pages[0]
    assert "Finances et droit" in pages[1]
    assert "Finance and law" not in pages[1]
