"""With the votes switched off, the same pages hold two signed written reasons; nowhere is a ballot spoken of, by page, mail or notice."""

from datetime import timedelta

import pytest
from django.urls import reverse

from mobility import transitions
from mobility.models import Application
from portal import clock, switches
from portal.models import Mail, Notice
from portal.panels.models import Panel

WORDS = {"en": ("ballot", "three colleges", "convene the panel"), "fr": ("bulletin", "trois collèges", "réunir les collèges", "scrutin")}
PEOPLE = ("ben", "cleo", "hugo")


@pytest.fixture(params=["en", "fr"])
def read(request, inside, client_of):
    """A function that reads a page as somebody, in one of the languages, and finds no ballot on it."""
    switches.turn(switches.VOTES, False, by=inside.hugo.user)
    for name in PEOPLE:
        user = getattr(inside, name).user
        user.language = request.param
        user.save()

    def reading(name, address) -> str:
        answer = client_of(name).get(address)
        assert answer.status_code == 200, address
        page = answer.content.decode()
        assert [word for word in WORDS[request.param] if word in page.lower()] == [], (name, address)
        return page

    reading.language = request.param
    return reading


def signed(panel, criteria) -> dict:
    return {"choice": "yes"} | {f"verdict_{each.pk}": "meets" for each in criteria} | {f"because_{each.pk}": "Seen at work." for each in criteria}


def test_two_sign_on_the_same_pages_and_no_ballot_is_spoken_of(inside, read, client_of):
    read("ben", reverse("mobility:opening_list"))
    read("ben", inside.opening.get_absolute_url())
    read("ben", reverse("mobility:application_create", args=[inside.opening.slug]))
    client_of("ben").post(reverse("mobility:application_create", args=[inside.opening.slug]), {"motivation": "Closer to the rivers."})
    application = Application.objects.get()
    own = application.get_absolute_url()
    transitions.log_conversation(application.pk, by=inside.cleo.user, on=clock.today(), said="A good hour.", language="en")

    read("cleo", own)
    convene = reverse("mobility:panel_convene", args=[application.pk])
    assert 'name="rule"' not in read("hugo", convene)
    ending = {"hr": inside.hugo.pk, "deadline": (clock.today() + timedelta(days=5)).isoformat()}
    assert client_of("hugo").post(convene, {**ending, "deadline": ""}).status_code == 422
    assert client_of("hugo").post(convene, ending).status_code == 302
    panel = Panel.objects.get()
    assert panel.is_signed
    assert {member.person for member in panel.members.all()} == {inside.cleo, inside.hugo}

    page, criteria = panel.get_absolute_url(), list(panel.criteria.all())
    for name in ("cleo", "hugo"):
        read(name, own)
        read(name, page)
        read(name, reverse("panels:panel_list"))
        read(name, reverse("panels:panel_step_aside", args=[panel.pk]))
        read(name, reverse("own_home"))
        read("ben", own)
        assert client_of(name).post(reverse("panels:panel_seal", args=[panel.pk]), signed(panel, criteria)).status_code == 302
        read(name, page)
    assert "Seen at work." in read("cleo", page)
    assert "Seen at work." not in read("ben", own)

    decide = reverse("panels:panel_decide", args=[panel.pk])
    read("cleo", decide)
    client_of("cleo").post(decide, {f"summary_{each.pk}": "Knows the rivers." for each in criteria})
    assert "Knows the rivers." in read("ben", own)
    client_of("cleo").post(reverse("mobility:application_accept", args=[application.pk]))
    read("ben", own)
    read("cleo", own)
    read("ben", reverse("mobility:application_withdraw", args=[application.pk]))
    notices = Notice.objects.values_list(f"text_{read.language}", flat=True)
    told = [*notices, *Mail.objects.values_list("subject", flat=True), *Mail.objects.values_list("body", flat=True)]
    assert told
    assert [text for text in told if any(word in text.lower() for word in WORDS[read.language])] == []


def test_one_who_does_not_sign_leaves_the_matter_to_be_talked_over(inside, read, application, client_of):
    transitions.log_conversation(application.pk, by=inside.cleo.user, on=clock.today(), said="A good hour.", language="en")
    panel = transitions.convene(application.pk, by=inside.hugo.user, hr=inside.hugo, rule="majority", deadline=clock.today() + timedelta(days=5))
    client_of("cleo").post(reverse("panels:panel_seal", args=[panel.pk]), signed(panel, panel.criteria.all()))
    client_of("hugo").post(reverse("panels:panel_step_aside", args=[panel.pk]))
    panel.refresh_from_db()
    assert panel.status == Panel.Status.MEETING
    read("cleo", panel.get_absolute_url())
    read("cleo", reverse("panels:panel_meeting", args=[panel.pk]))
