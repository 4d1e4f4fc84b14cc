"""Applying: five steps, nothing lost on the way, nothing learnt by strangers."""

import json

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal import clock, privacy
from portal.models import Mail
from portal.people.models import Person
from recruitment.models import CV, Application, Draft, LinkRequest
from recruitment.tasks import answer_link_requests
from tests import factories as make
from tests.recruitment.conftest import QUICK, fresh, upload

pytestmark = pytest.mark.django_db
WHO = {"given_name": "Zoé", "family_name": "Garnier", "email": "zoe@mail.example", "phone": ""}


def begin(client, opening, language="en"):
    """Step 1 sent; the address of step 2."""
    answer = client.post(f"/{language}/jobs/{opening.slug}/apply/", WHO)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return answer.url


def walk(client, opening, language="en", cv=None):
    """All five steps over HTTP; the address where it ended."""
    experience = begin(client, opening, language)
    base = experience.removesuffix("experience/")
    if cv is None:
        form = {"how": "form", "role_1": "Analyst", "place_1": "A town", "years_1": "2020", "more_skills": "Python"}
    else:
        form = {"how": "cv", "cv": cv, "more_skills": ""}
    answer = client.post(experience, form)
    if answer.url == experience:
        answer = client.post(experience, {"how": "cv", "skills": client.get(experience).context["form"].fields["skills"].choices[0][0]})
    assert answer.url == f"{base}questions/"
    questions = {f"question_{question.pk}": f"Answer {question.order}" for question in opening.process.questions.all()}
    assert client.post(answer.url, questions).url == f"{base}adjustments/"
    assert client.post(f"{base}adjustments/", {"needs": "Questions in writing"}).url == f"{base}check/"
    page = client.get(f"{base}check/")
    assert "Answer 2" in page.content.decode()
    with time_machine.travel(clock.now() + QUICK):
        sent = client.post(f"{base}check/", {"pool": "on"})
    assert sent.status_code == 302, sent.content.decode()[:3000]
    return sent.url


@pytest.mark.parametrize("language", ["en", "fr"])
def test_five_steps_make_an_application_and_a_letter_with_a_link_that_opens_the_page(client, opening, language):
    received = walk(client, opening, language)
    application = Application.objects.get()
    assert application.person.given_name == "Zoé"
    assert application.language == language
    assert application.advert == opening.adverts.get()
    assert application.answers.count() == 2
    assert application.adjustment.text == "Questions in writing"
    assert not Draft.objects.exists()
    mail = Mail.objects.get(kind="recruitment.received")
    link = next(word for word in mail.body.split() if "/follow/" in word)
    assert mail.to == "zoe@mail.example"
    assert mail.language == language
    assert f"/{language}/follow/" in link
    page = client.get(link.removeprefix("http://localhost:8000"))
    assert page.status_code == 200
    assert application.reference in page.content.decode()
    assert client.get(received).status_code == 200


def test_the_link_is_kept_as_a_hash_only(client, opening):
    token = walk(client, opening).split("/")[-3]
    application = Application.objects.get()
    assert application.links.get().token_hash != token
    assert token not in "".join(application.letters.values_list("body", flat=True))


def test_every_application_makes_its_own_person_even_with_a_known_address(apply):
    first, _token = apply("Lena", email="same@mail.example")
    second, _token = apply("Lena", email="same@mail.example")
    assert first.person != second.person


def test_an_error_names_the_field_and_keeps_what_was_written(client, opening):
    answer = client.post(f"/en/jobs/{opening.slug}/apply/", {**WHO, "email": "zoe"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_email"' in page
    assert 'value="Garnier"' in page
    assert page.split("<title>")[1].startswith("Error:")


def test_the_cv_is_kept_when_something_else_is_wrong(client, opening):
    experience = begin(client, opening)
    answer = client.post(experience, {"how": "json", "cv": upload(name="cv-zoe.pdf")})
    assert answer.status_code == 422
    assert Draft.objects.get().cv.name == "cv-zoe.pdf"
    assert "cv-zoe.pdf" in answer.content.decode()
    assert client.post(experience, {"how": "cv", "skills": []}).status_code == 302


def test_whoever_stops_in_mid_step_gets_the_link_and_comes_back_to_that_step(client, opening):
    make.SkillFactory(name="Python", label_fr="Python")
    experience = begin(client, opening)
    link = experience.removesuffix("experience/")
    for sent in ({"how": "cv", "later": "1"}, {"how": "cv", "cv": upload(), "later": "1"}):
        assert client.post(experience, sent).status_code == 200
        assert Mail.objects.filter(kind="recruitment.draft", to="zoe@mail.example").exists()
        assert client.get(link).url == experience
    assert Draft.objects.get().cv
    client.post(experience, {"how": "cv", "skills": ["Python"]})
    first = opening.process.questions.first()
    assert client.post(f"{link}questions/", {f"question_{first.pk}": "Half of it", "later": "1"}).status_code == 200
    assert client.get(link).url == f"{link}questions/"
    assert "Half of it" in client.get(f"{link}questions/").content.decode()


def test_a_new_cv_replaces_the_one_before_and_erases_it(client, opening):
    experience = begin(client, opening)
    client.post(experience, {"how": "cv", "cv": upload(name="one.pdf")})
    client.post(experience, {"how": "cv", "cv": upload(name="two.pdf")})
    assert [cv.name for cv in CV.objects.all()] == ["two.pdf"]


def test_skills_read_in_the_cv_are_proposed_and_only_the_ticked_are_kept(client, opening):
    make.SkillFactory(name="Python", label_fr="Python")
    make.SkillFactory(name="SQL", label_fr="SQL")
    experience = begin(client, opening)
    assert client.post(experience, {"how": "cv", "cv": upload()}).url == experience
    assert [value for value, _label in client.get(experience).context["form"].fields["skills"].choices] == ["Python", "SQL"]
    client.post(experience, {"how": "cv", "skills": ["SQL"]})
    assert Draft.objects.get().words["experience"]["skills"] == ["SQL"]


def test_a_json_resume_fills_the_short_form_and_is_shown_before_it_is_sent(client, opening):
    resume = {"basics": {"name": "Zoé"}, "work": [{"position": "Analyst", "name": "A town", "startDate": "2019-01-01"}], "skills": [{"name": "Kriging"}]}
    experience = begin(client, opening)
    answer = client.post(experience, {"how": "json", "resume": SimpleUploadedFile("resume.json", json.dumps(resume).encode())})
    assert answer.url == experience
    page = client.get(experience).content.decode()
    assert 'value="Analyst"' in page
    assert "Kriging" in page
    assert 'value="2019"' in page


def test_a_broken_json_resume_is_refused_in_words(client, opening):
    experience = begin(client, opening)
    for content in (b"{", b"[]", b"\xff\xfe", b'{"basics": 1, "work": {"a": 1}, "skills": "x"}', b"[" * 100_000):
        answer = client.post(experience, {"how": "json", "resume": SimpleUploadedFile("resume.json", content)})
        assert answer.status_code in (302, 422)


def test_a_machine_that_fills_the_hidden_field_gets_nowhere(client, opening):
    assert client.post(f"/en/jobs/{opening.slug}/apply/", {**WHO, "website": "http://spam.example"}).status_code == 422
    assert not Draft.objects.exists()


def test_five_steps_in_a_second_are_asked_to_send_again(client, opening):
    base = begin(client, opening).removesuffix("experience/")
    client.post(f"{base}experience/", {"how": "form", "role_1": "Analyst"})
    client.post(f"{base}questions/", {f"question_{question.pk}": "A" for question in opening.process.questions.all()})
    assert client.post(f"{base}check/", {}).status_code == 422
    assert not Application.objects.exists()


def test_too_many_applications_from_one_address_are_slowed_down(client, opening):
    answers = [client.post(f"/en/jobs/{opening.slug}/apply/", WHO).status_code for _n in range(22)]
    assert answers[-1] == 429


def test_sending_twice_makes_one_application(client, opening):
    received = walk(client, opening)
    token = received.split("/")[-3]
    assert client.post(f"/en/apply/{token}/check/", {}).url == received
    assert Application.objects.count() == 1


def test_finishing_later_mails_a_link_that_opens_the_draft(client, opening):
    base = begin(client, opening).removesuffix("experience/")
    client.post(f"{base}experience/", {"how": "form", "role_1": "Analyst", "later": "1"})
    mail = Mail.objects.get(kind="recruitment.draft")
    link = next(word for word in mail.body.split() if "/apply/" in word)
    assert client.get(link.removeprefix("http://localhost:8000")).url == f"{base}questions/"


def test_the_first_and_last_campaign_are_kept_with_the_application(client, opening, client_of):
    client.get(f"/en/jobs/{opening.slug}/?utm_source=school&utm_campaign=autumn")
    client.get(f"/en/jobs/{opening.slug}/?utm_source=linkedin&ref=BEN7")
    walk(client, opening)
    application = Application.objects.get()
    assert application.first_touch == {"source": "school", "campaign": "autumn"}
    assert application.last_touch == {"source": "linkedin"}
    assert application.referral == "BEN7"
    page = client_of("maya").get(application.get_absolute_url()).content.decode()
    assert "Came by linkedin, referral BEN7" in page
    assert "First came by school, autumn" in page


FAIR = {"source": "fair"}


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [({}, {}, ("", "")), (FAIR, {}, ("", "fair")), (FAIR, dict(FAIR), ("", "fair")), ({}, FAIR, ("", "fair")), (FAIR, {"source": "x"}, ("fair", "x"))],
)
def test_the_same_campaign_is_said_once(first, last, said):
    application = Application(first_touch=first, last_touch=last)
    assert (application.first_by, application.last_by) == said


def test_no_cookie_without_a_campaign(client, opening):
    client.get(f"/en/jobs/{opening.slug}/")
    assert "came_by" not in client.cookies


def test_a_lost_link_is_answered_in_the_same_words_and_queries_known_or_not(client, apply):
    apply("Lena", email="lena@mail.example")

    def ask(email):
        with CaptureQueriesContext(connection) as made:
            page = client.post("/en/follow/", {"email": email}).content
        return b"".join(line for line in page.split(b"\n") if b"csrf" not in line), len(made)

    ask("first@mail.example")  # the counter of tries is made once
    assert ask("lena@mail.example") == ask("nobody@mail.example")
    assert LinkRequest.objects.count() == 3
    assert answer_link_requests() == 1
    assert answer_link_requests() == 0
    assert Mail.objects.filter(kind="recruitment.link").count() == 1


def test_a_wrong_link_says_404(client, opening):
    assert client.get("/en/follow/nothing-like-it/").status_code == 404
    assert client.get("/en/apply/nothing-like-it/").status_code == 404


def test_a_job_that_closed_meanwhile_takes_nothing_and_says_so(client, opening):
    base = begin(client, opening).removesuffix("experience/")
    client.post(f"{base}experience/", {"how": "form", "role_1": "Analyst"})
    client.post(f"{base}questions/", {f"question_{question.pk}": "A" for question in opening.process.questions.all()})
    opening.closes_on = clock.today().replace(year=clock.today().year - 1)
    opening.save()
    with time_machine.travel(clock.now() + QUICK):
        answer = client.post(f"{base}check/", {})
    assert answer.status_code == 422
    assert not Person.objects.filter(family_name="Garnier", applications__isnull=False).exists()


def test_private_pages_are_not_stored_nor_told_to_others(client, apply):
    _application, token = apply()
    answer = client.get(f"/en/follow/{token}/")
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "same-origin"


def test_drafts_nobody_came_back_to_are_erased_with_their_cv(client, opening):
    client.post(begin(client, opening), {"how": "cv", "cv": upload()})
    with time_machine.travel(clock.now() + QUICK * 12 * 24 * 31):
        privacy.keep_promises()
    assert not Draft.objects.exists()
    assert not CV.objects.exists()


def test_who_receives_reads_a_code_name_and_no_name(application, cast):
    notice = cast.hugo.user.notices.get(kind="recruitment.received")
    assert fresh(application).code in notice.text
    assert "Morel" not in notice.text


def test_an_empty_file_is_called_so_in_our_own_words(client, opening):
    page = client.post(begin(client, opening), {"how": "cv", "cv": upload(b"")})
    assert page.status_code == 422
    assert "This file is empty." in page.content.decode()
