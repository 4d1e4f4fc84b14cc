"""Nia looks for somebody who has walked the path, Omar left and agreed to help; they meet, and one click ends it. In both languages."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alumni import consenting, tasks
from alumni.models import Consent, Pair, Proposal, Request, Session
from portal import clock
from portal.models import Mail
from tests import factories as make

WORDS = {
    "en": {"three": "Three reasons for the two of you", "learn": "wants to learn", "until": "Until", "gone": "is withdrawn"},
    "fr": {"three": "Trois raisons pour vous deux", "learn": "veut apprendre", "until": "Jusqu’au", "gone": "est retiré"},
}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_mentor_is_found_and_thanked(language, cast):
    words = WORDS[language]
    for person in (cast.nia, cast.omar, cast.cleo, cast.ilan):
        person.user.language = language
        person.user.save()
        person.spoken_languages = ["fr", "en"]
        person.save()
    nia, omar = browser_of(cast.nia), browser_of(cast.omar)
    hydrology = make.SkillFactory(name="Hydrology", label_fr="Hydrologie")
    make.PersonSkillFactory(content_object=cast.omar, tag=hydrology, level=4)

    # Omar left; nothing is his before he says yes, to a text he reads
    assert omar.get(reverse("alumni:zone_home")).status_code == 404
    assert consenting.words_of("mentor", language) in page(omar, reverse("alumni:consent_list"))
    omar.post(reverse("alumni:consent_give", args=["mentor"]))
    assert Consent.objects.get().language == language
    assert words["until"] in page(omar, "/")

    # he says what he offers, and so do two colleagues
    body = {"skills": [hydrology.pk], "more": "", "topics": "", "tongues": ["fr"], "capacity": "1", "when": ["evening"], "where": "any", "town": ""}
    for person in (cast.omar, cast.cleo, cast.ilan):
        assert browser_of(person).post(reverse("alumni:offer_edit"), {**body, "skills": [hydrology.pk] if person == cast.omar else []}).status_code == 302

    # Nia asks for names; the worker answers
    assert nia.post(reverse("alumni:seek_edit"), {"more": "hydrology", "tongues": ["fr"], "when": ["evening"], "where": "any"}).status_code == 302
    tasks.match_mentors()
    assert set(Proposal.objects.values_list("mentor", flat=True)) == {cast.omar.pk, cast.cleo.pk, cast.ilan.pk}
    assert page(nia, reverse("alumni:mentoring")).count(words["three"]) == 3

    # she asks Omar, who reads why, and says yes
    nia.post(reverse("alumni:request_create", args=[cast.omar.slug]), {"words": "Quatorze hivers : comment ?"})
    request = Request.objects.get()
    home = page(omar, "/")
    assert words["learn"] in home
    assert "Quatorze hivers" in home
    omar.post(reverse("alumni:request_accept", args=[request.pk]))
    pair = Pair.objects.get()

    # they agree, meet and write; the People team opens none of it
    nia.post(reverse("alumni:agreement_edit", args=[pair.pk]), {"goals": "Oser demander.", "rhythm": "2", "weeks": "8"})
    omar.post(reverse("alumni:agreement_accept", args=[pair.pk]))
    day = (clock.today() + timedelta(days=5)).isoformat()
    nia.post(reverse("alumni:session_create", args=[pair.pk]), {"day": day, "hour": "18:00", "minutes": "60", "place": "https://call.example/1"})
    session = Session.objects.get()
    assert Mail.objects.filter(attachment_name="session.ics").count() == 2
    nia.post(reverse("alumni:note_create", args=[session.pk]), {"text": "Respirer d’abord."})
    assert browser_of(cast.hugo).get(pair.get_absolute_url()).status_code == 404

    # the end, a word of thanks, and the link of any mail, without signing in
    nia.post(reverse("alumni:pair_end", args=[pair.pk]))
    nia.post(reverse("alumni:thanks_create", args=[pair.pk]), {"text": "Pour l’heure après la crue."})
    assert "Pour l’heure après la crue." in page(omar, pair.get_absolute_url())
    mail = Mail.objects.filter(to=cast.omar.user.email, kind="alumni.asked").get()
    link = mail.headers["List-Unsubscribe"].strip("<>")
    answer = Client(headers={"accept-language": language}).post("/" + link.split("/", 3)[3])
    assert words["gone"] in answer.content.decode()
    assert not Consent.objects.alive().exists()
    assert browser_of(cast.omar).get(reverse("alumni:zone_home")).status_code == 404


def browser_of(person):
    browser = Client()
    browser.force_login(person.user, backend="django.contrib.auth.backends.ModelBackend")
    return browser


def page(browser, address):
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()
