"""Ben resigns, chooses who may know, hands over what he knows, gives everything back, and leaves; in both languages."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alumni.models import Departure, Topic
from alumni.transitions import departure as departures
from portal import clock
from portal.people import standing
from portal.plans.models import Access, EquipmentModel, Handover, Plan, Template, TemplateStep, Unit
from tests import factories as make

WORDS = {
    "en": {"leaves": "You leave on", "blocked": "The file cannot be closed", "closed": "The file is closed.", "lost": "Would be lost", "knot": "Leaves on"},
    "fr": {
        "leaves": "Vous partez le",
        "blocked": "Le dossier ne peut pas être clos",
        "closed": "Le dossier est clos.",
        "lost": "Serait perdu",
        "knot": "Part le",
    },
}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_good_departure(language, cast, monkeypatch):
    laptop, account = what_was_given(cast)
    people = [cast.ben, cast.maya, cast.hugo, cast.cleo, cast.ilan]
    for person in people:
        person.user.language = language
        person.user.save()
    ben, maya, hugo, cleo, ilan = (browser_of(person) for person in people)
    words = WORDS[language]

    # Ben announces it: Maya and Hugo know, Cleo and Ilan do not
    last_day = clock.today() + timedelta(days=40)
    form = {"kind": "resignation", "last_day": last_day.isoformat(), "told_to": "near"}
    ben.post(reverse("alumni:departure_announce_own"), form)
    departure = Departure.objects.get()
    url = departure.get_absolute_url()
    assert words["leaves"] in page(ben, url)
    assert words["leaves"] in page(ben, reverse("home")) or url in page(ben, reverse("home"))
    assert url in page(maya, reverse("alumni:departure_list"))
    assert url in page(hugo, reverse("alumni:departure_list"))
    assert cleo.get(url).status_code == 404
    assert words["knot"] not in page(cleo, cast.ben.get_absolute_url())
    assert "Ben Okafor" not in page(ilan, reverse("plans:desk"))

    # he tells everybody; Cleo takes a topic over, another has nobody yet
    ben.post(reverse("alumni:departure_news", args=[departure.pk]), {"told_to": "colleagues"})
    assert words["knot"] in page(cleo, cast.ben.get_absolute_url())
    day = {"day": (clock.today() + timedelta(days=3)).isoformat(), "hour": "14:00"}
    ben.post(reverse("alumni:topic_create", args=[departure.pk]), {"title": "Lock contacts", "taker": cast.cleo.work_email, **day})
    ben.post(reverse("alumni:topic_create", args=[departure.pk]), {"title": "The 2003 archive"})
    assert words["lost"] in page(maya, url)
    topic = Topic.objects.get(title="Lock contacts")
    assert reverse("alumni:topic_detail", args=[topic.pk]) in page(cleo, reverse("home"))
    assert b"BEGIN:VEVENT" in cleo.get(reverse("alumni:topic_calendar", args=[topic.pk])).content
    cleo.post(reverse("alumni:topic_change", args=[topic.pk, "confirm"]))
    topic.refresh_from_db()
    assert topic.status == Topic.Status.HANDED

    # an address of his own, then the last day: the laptop comes back signed, the account is still open
    ben.post(reverse("alumni:departure_address", args=[departure.pk]), {"own_address": "ben@home.example"})
    monkeypatch.setattr(clock, "_shift", lambda: timedelta(days=40))
    ilan.post(reverse("plans:unit_change", args=[laptop.pk, "take_back"]))
    ben.post(reverse("plans:handover_sign", args=[Handover.objects.get(unit=laptop).pk]), {"name": "Ben Okafor", "agreed": "on"})
    assert standing.is_colleague(reread(cast.ben).user)

    # the morning after, rights are gone by date alone, then the address, and the file does not close yet
    monkeypatch.setattr(clock, "_shift", lambda: timedelta(days=41))
    assert not standing.is_colleague(reread(cast.ben).user)
    assert departures.leave_due() == 1
    assert reread(cast.ben).user.email == "ben@home.example"
    assert words["blocked"] in page(hugo, url)
    hugo.post(reverse("alumni:departure_close", args=[departure.pk]))
    departure.refresh_from_db()
    assert departure.status == Departure.Status.LEFT

    # the desk closes the account, the People team gives the papers, and now it does
    for step in departure.plan.steps.filter(status="open"):
        browser = ilan if step.role == "it" else hugo
        browser.post(reverse("plans:step_finish", args=[step.pk]))
    account.refresh_from_db()
    assert account.status == Access.Status.CLOSED
    assert words["closed"] in hugo.post(reverse("alumni:departure_close", args=[departure.pk]), follow=True).content.decode()
    paper = page(hugo, reverse("alumni:departure_print", args=[departure.pk]))
    assert "LG14-1" in paper
    assert "Ben Okafor" in paper


def what_was_given(cast):
    """A laptop and an account; and a template that asks for the certificate."""
    template = Template.objects.create(kind="departure", name_en="A departure")
    TemplateStep.objects.create(template=template, key="papers", text_en="Give the certificate", role="hr", family="contract", offset=0)
    model = EquipmentModel.objects.create(kind="laptop", name="Lagune 14")
    laptop = Unit.objects.create(model=model, serial="LG14-1", site=cast.nantes, status=Unit.Status.GIVEN, holder=cast.ben)
    first_day = clock.today() - timedelta(days=900)
    arrival = Plan.objects.create(kind="arrival", person=cast.ben, site=cast.nantes, first_day=first_day, status="done")
    account = Access.objects.create(
        plan=arrival, person=cast.ben, thing="system", name_en="Account", role="it", due_on=first_day, opens_on=first_day, status=Access.Status.GIVEN
    )
    make.duty(cast.hugo, "payroll")
    return laptop, account


def browser_of(person) -> Client:
    client = Client()
    client.force_login(person.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def reread(person):
    return type(person).objects.select_related("user").get(pk=person.pk)


def page(browser, url) -> str:
    answer = browser.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()
