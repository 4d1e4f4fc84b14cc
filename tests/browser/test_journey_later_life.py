"""The second half of a life in a real browser: a move decided together, a good departure, three consents, a mentor found."""

from datetime import timedelta

import pytest
from django.urls import reverse

from alumni import tasks
from alumni.models import Consent, Departure, Pair, Request
from alumni.transitions import departure as departures
from mobility.models import Application
from portal import clock
from portal.panels import transitions as panels
from portal.panels.models import Panel
from portal.plans.models import Handover, Plan
from tests import factories as make
from tests.browser.walking import Walker, choose, fill, post_leaves, vote
from tests.journeys.test_03_move import seat_to_fill
from tests.journeys.test_04_a_good_departure import what_was_given

WALKS = {"en": {"width": 1280, "height": 900}, "fr": {"width": 390, "height": 844}}
WORDS = {
    "en": {"yes": "the answer is yes", "leaves": "You leave on", "blocked": "The file cannot be closed", "closed": "the file is closed"},
    "fr": {"yes": "la réponse est oui", "leaves": "Vous partez le", "blocked": "Le dossier ne peut pas être clos", "closed": "le dossier est clos"},
}


@pytest.fixture(params=WALKS)
def language(request, cast):
    for person in (cast.ben, cast.cleo, cast.maya, cast.hugo, cast.ilan, cast.nia, cast.omar):
        person.user.language = request.param
        person.user.save()
        person.spoken_languages = ["fr", "en"]
        person.save()
    return request.param


@pytest.fixture
def walker_of(page_of, language):
    """A walker signed in as a name of the cast, in the language and the window of this walk."""
    walkers = {}

    def walker(name):
        if name not in walkers:
            walkers[name] = Walker(page_of(name, viewport=WALKS[language], locale=language))
        return walkers[name]

    return walker


@pytest.fixture
def days(settings, tmp_path):
    """The demo, for its mailbox, and days gone by since the test began: `days["gone"]`."""
    settings.DEMO, settings.DATA_DIR = True, tmp_path
    days = {"gone": 0}
    clock.shift_by(lambda: timedelta(days=days["gone"]))
    yield days
    clock.shift_by(None)


def test_a_move_decided_together(cast, walker_of, language):
    words, opening = WORDS[language], seat_to_fill(cast)
    ben, cleo, maya, hugo = (walker_of(name) for name in ("ben", "cleo", "maya", "hugo"))
    ben.go(reverse("mobility:opening_list"))
    ben.press(f'main a[href="{opening.get_absolute_url()}"]')
    ben.go(reverse("mobility:application_create", args=[opening.slug]))
    fill(ben, motivation="Closer to those who read our warnings.")
    ben.send("")
    application = Application.objects.get()
    own = application.get_absolute_url()
    ben.go(own)
    maya.go(own, status=404)
    maya.go(reverse("mobility:file_list"), status=404)  # she hires nobody here: there is no such page

    cleo.go(own)
    cleo.go(reverse("mobility:conversation_create", args=[application.pk]))
    fill(cleo, on=clock.today().isoformat(), said="An hour; the on-call duty was the question.")
    cleo.send("")
    hugo.go(reverse("mobility:panel_convene", args=[application.pk]))
    fill(hugo, deadline=(clock.today() + timedelta(days=6)).isoformat())
    hugo.page.locator("main [name=hr]").select_option(str(cast.hugo.pk))
    choose(hugo, rule="consent")
    hugo.send("")
    panel = Panel.objects.get()
    maya.go(panel.get_absolute_url(), status=404)
    vote(cleo, panel)
    lines = [panels.Line(each.pk, "meets", "Seen at work.") for each in panel.criteria.all()]
    for member in panel.members.exclude(person=cast.cleo):
        panels.seal(panel.pk, by=member.person.user, choice="yes", lines=lines)
    cleo.go(panel.get_absolute_url())
    cleo.go(reverse("panels:panel_decide", args=[panel.pk]))
    for each in panel.criteria.all():
        fill(cleo, **{f"summary_{each.pk}": "Seen at work, twice."})
    cleo.send("")
    cleo.go(own)
    cleo.send(reverse("mobility:application_accept", args=[application.pk]))
    answer = ben.go(own)
    assert words["yes"] in answer
    assert "Seen at work, twice." in answer

    ben.go(reverse("mobility:application_lift", args=[application.pk]))
    ben.send("")
    starts = (clock.today() + timedelta(days=30)).isoformat()
    for boss in (cleo, maya):
        boss.go(own)
        boss.go(reverse("mobility:dates_edit", args=[application.pk]))
        fill(boss, starts_on=starts)
        boss.send("")
    hugo.go(reverse("mobility:move_in", args=[application.pk]))
    hugo.send("")
    assert Plan.objects.get(kind="move").person == cast.ben
    ben.go(own)


def test_a_good_departure_and_three_consents(cast, walker_of, language, days):
    words = WORDS[language]
    laptop, _account = what_was_given(cast)
    ben, maya, hugo, cleo, ilan = (walker_of(name) for name in ("ben", "maya", "hugo", "cleo", "ilan"))
    ben.go(reverse("alumni:departure_announce_own"))
    choose_kind(ben, "resignation")
    fill(ben, last_day=(clock.today() + timedelta(days=40)).isoformat())
    choose(ben, told_to="near")
    ben.send("")
    departure = Departure.objects.get()
    url = departure.get_absolute_url()
    assert words["leaves"] in ben.go(url)
    cleo.go(url, status=404)
    maya.go(reverse("alumni:departure_list"))
    maya.press(f'main a[href="{url}"]')
    ben.go(reverse("alumni:topic_create", args=[departure.pk]))
    fill(ben, title="Lock contacts")
    ben.send("")
    ben.go(reverse("alumni:departure_address", args=[departure.pk]))
    fill(ben, own_address="ben@home.example")
    ben.send("")
    ben.go(reverse("alumni:consent_list"))
    assert Consent.objects.count() == 0
    for scope in ("reachable", "mentor"):
        ben.send(reverse("alumni:consent_give", args=[scope]))

    days["gone"] = 40
    ilan.go(laptop.get_absolute_url())
    ilan.send(reverse("plans:unit_change", args=[laptop.pk, "take_back"]))
    ben.go(reverse("plans:handover_sign", args=[Handover.objects.get(unit=laptop).pk]))
    fill(ben, name="Ben Okafor")
    ben.page.locator("main [name=agreed]").check()
    ben.send("")
    days["gone"] = 41
    assert departures.leave_due() == 1
    assert words["blocked"] in hugo.go(url)
    for step in departure.plan.steps.filter(status="open"):
        desk = ilan if step.role == "it" else hugo
        desk.go(step.get_absolute_url())
        desk.send(reverse("plans:step_finish", args=[step.pk]))
    hugo.go(url)
    assert words["closed"] in hugo.send(reverse("alumni:departure_close", args=[departure.pk]))
    hugo.go(reverse("alumni:departure_list"))

    # the session ended with the last day; he comes back by his own address, into another zone
    ben.page.context.clear_cookies()
    ben.page.context.add_cookies([{"name": "django_language", "value": language, "url": ben.page.url}])
    ben.go(reverse("account_request_login_code"))
    fill(ben, email="ben@home.example")
    ben.press("main form button.btn-main")
    where = ben.page.url
    post_leaves()
    code = ben.code()
    ben.go(where)
    ben.page.fill("main form.card input[name=code]", code)
    ben.press("main form.card button.btn-main")
    ben.go(reverse("alumni:zone_home"))
    ben.go("/people/", status=404)
    ben.go(reverse("alumni:consent_list"))


def choose_kind(walker, kind):
    """The kind of departure, whether it is a list or buttons."""
    field = walker.page.locator("main [name=kind]").first
    if field.evaluate("field => field.tagName") == "SELECT":
        field.select_option(kind)
    else:
        choose(walker, kind=kind)


def test_a_mentor_is_found(cast, walker_of, language):
    hydrology = make.SkillFactory(name="Hydrology", label_fr="Hydrologie")
    make.PersonSkillFactory(content_object=cast.omar, tag=hydrology, level=4)
    nia, omar, hugo = walker_of("nia"), walker_of("omar"), walker_of("hugo")
    omar.go(reverse("alumni:consent_list"))
    omar.send(reverse("alumni:consent_give", args=["mentor"]))
    omar.go(reverse("alumni:offer_edit"))
    omar.page.locator(f'main [name=skills][value="{hydrology.pk}"]').check()
    choose(omar, when="evening", where="any")
    omar.send("")
    nia.go(reverse("alumni:seek_edit"))
    fill(nia, more="Hydrology")
    choose(nia, when="evening", where="any")
    nia.send("")
    tasks.match_mentors()
    assert "Omar" in nia.go(reverse("alumni:mentoring"))
    nia.go(reverse("alumni:request_create", args=[cast.omar.slug]))
    fill(nia, words="Quatorze hivers : comment ?")
    nia.send("")
    request = Request.objects.get()
    assert "Quatorze hivers" in omar.go("/")
    omar.send(reverse("alumni:request_accept", args=[request.pk]))
    pair = Pair.objects.get()
    nia.go(reverse("alumni:agreement_edit", args=[pair.pk]))
    fill(nia, goals="Oser demander.", weeks="8")
    nia.send("")
    omar.go(pair.get_absolute_url())
    omar.send(reverse("alumni:agreement_accept", args=[pair.pk]))
    nia.go(reverse("alumni:session_create", args=[pair.pk]))
    fill(nia, day=(clock.today() + timedelta(days=5)).isoformat(), hour="18:00", place="https://call.example/1")
    nia.send("")
    assert pair.sessions.count() == 1
    hugo.go(pair.get_absolute_url(), status=404)
    hugo.go(reverse("alumni:mentoring_health"))
