"""A life, first part: somebody finds a job, applies, follows the answer, accepts an offer and is hired; in both languages."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from portal import clock, post
from portal.models import Mail
from portal.people.models import Employee
from recruitment.models import Application
from tests.recruitment.conftest import apply, opening  # noqa: F401 - fixtures
from tests.recruitment.test_apply import walk

pytestmark = pytest.mark.django_db
WORDS = {
    "en": {
        "home": "1 job open in Nantes.",
        "step": "you are at step 1 of 5",
        "second": "you are at step 3 of 5",
        "offer": "We have made you an offer.",
        "joined": "You are joining us.",
        "mail": "We have your application",
    },
    "fr": {
        "home": "1 offre ouverte à Nantes.",
        "step": "vous en êtes à l’étape 1 sur 5",
        "second": "vous en êtes à l’étape 3 sur 5",
        "offer": "Nous vous avons fait une proposition.",
        "joined": "Vous nous rejoignez.",
        "mail": "Nous avons bien reçu votre candidature",
    },
}


def link_in(kind) -> str:
    """The private link of the latest letter of this kind, as a path."""
    mail = Mail.objects.filter(kind=f"recruitment.{kind}").latest("pk")
    return next(word for word in mail.body.split() if "/follow/" in word).removeprefix("http://localhost:8000")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_from_the_front_page_to_the_first_day(client_of, opening, language):  # noqa: F811
    words, visitor, maya = WORDS[language], Client(), client_of("maya")
    assert words["home"] in visitor.get(f"/{language}/").content.decode()
    job = visitor.get(f"/{language}/jobs/{opening.slug}/").content.decode()
    assert f"/{language}/jobs/{opening.slug}/apply/" in job

    walk(visitor, opening, language)
    assert Mail.objects.get(kind="recruitment.received").subject.startswith(words["mail"])
    page = link_in("received")
    assert words["step"] in visitor.get(page).content.decode()

    application = Application.objects.get()
    board = maya.get(f"/hiring/{opening.slug}/").content.decode()
    assert "A-01" in board
    assert "Garnier" not in board
    call = opening.process.stages.get(order=3)
    maya.post(f"/hiring/people/{application.pk}/move/", {"to": call.pk, "seen": "Explains well"})
    assert "Garnier" in maya.get(f"/hiring/{opening.slug}/").content.decode()
    now = visitor.get(page).content.decode()
    assert words["second"] in now
    assert "Explains well" in now

    visitor.post(f"{page}message/", {"text": "One more question"})
    assert "One more question" in maya.get(f"/hiring/people/{application.pk}/messages/").content.decode()
    maya.post(f"/hiring/people/{application.pk}/messages/", {"text": "One more answer"})
    assert "One more answer" in visitor.get(page).content.decode()

    first = clock.today() + timedelta(days=30)
    sent = {"pay": 45000, "starts_on": first.isoformat(), "expires_on": (clock.today() + timedelta(days=5)).isoformat(), "words": ""}
    maya.post(f"/hiring/people/{application.pk}/offer/", sent)
    assert words["offer"] in visitor.get(page).content.decode()
    assert visitor.get(f"{page}offer/").status_code == 200
    assert Application.objects.get().status == "offered"  # reading a link accepts nothing: scanners follow links
    visitor.post(f"{page}offer/", {"answer": "yes"})
    assert Application.objects.get().status == "accepted"

    maya.post(f"/hiring/people/{application.pk}/hire/", {"joined_on": first.isoformat()})
    employee = Employee.objects.get(person=application.person)
    assert employee.joined_on == first
    assert words["joined"] in visitor.get(page).content.decode()
    with time_machine.travel(clock.now() + timedelta(hours=1)):
        assert sum(post.deliver(pk) for pk in post.due().values_list("pk", flat=True)) >= 4
    assert visitor.get(f"/{language}/jobs/{opening.slug}/").status_code == 410


@pytest.mark.parametrize("language", ["en", "fr"])
def test_somebody_else_withdraws_takes_their_data_and_is_forgotten(apply, language):  # noqa: F811
    _application, token = apply("Lena", language=language)
    visitor, page = Client(), f"/{language}/follow/{token}/"
    assert visitor.get(f"{page}withdraw/").status_code == 200
    assert Application.objects.get().status == "active"
    visitor.post(f"{page}withdraw/")
    assert Application.objects.get().status == "withdrawn"
    assert visitor.get(f"{page}data.json").json()["email"] == "lena@mail.example"
    visitor.post(f"{page}other-jobs/")
    assert Application.objects.get().pool_until
    visitor.post(f"{page}erase/")
    assert not Application.objects.exists()
    assert visitor.get(page).status_code == 404
