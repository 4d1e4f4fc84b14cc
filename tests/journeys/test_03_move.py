"""Ben follows Cleo's team, finds a seat there, applies in confidence, is chosen by three colleges, lets Maya know, and moves; in both languages."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from mobility import following
from mobility.models import Application, Interest
from portal import clock, roles, switches
from portal.panels.models import Panel
from portal.people import standing
from portal.plans.models import Plan
from tests import factories as make

WORDS = {
    "en": {
        "market": "Opportunities",
        "secret": "Your present managers and the People team of your site do not know.",
        "yes": "the answer is yes",
        "heard": "A seat has opened",
    },
    "fr": {
        "market": "Mobilité",
        "secret": "Votre hiérarchie actuelle et l’équipe RH de votre site ne le savent pas.",
        "yes": "la réponse est oui",
        "heard": "Un poste est à pourvoir",
    },
}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_move_decided_together(language, cast):
    people = [cast.ben, cast.cleo, cast.maya, cast.hugo]
    for person in people:
        person.user.language = language
        person.user.save()
    ben, cleo, maya, hugo = (browser_of(person) for person in people)
    words = WORDS[language]

    # Ben follows Cleo's team: when a seat opens there, his bell says so, and nobody else's
    ben.post(reverse("mobility:follow_create"), {"what": "team", "slug": cast.far.slug})
    opening = seat_to_fill(cast)
    assert following.tell_followers() == 1
    assert words["heard"] in page(ben, reverse("notices"))
    assert words["heard"] not in page(maya, reverse("notices"))

    # the market, an interest that nobody sees, then the application
    market = page(ben, reverse("mobility:opening_list"))
    assert words["market"] in market
    assert opening.get_absolute_url() in market
    ben.post(reverse("mobility:interest_edit", args=[opening.slug]), {})
    assert Interest.objects.get().shared is False
    assert "Ben Okafor" not in page(cleo, reverse("mobility:file_list"))
    ben.post(reverse("mobility:application_create", args=[opening.slug]), {"motivation": "Closer to those who read."})
    application = Application.objects.get()
    own = application.get_absolute_url()
    assert words["secret"] in page(ben, own)
    assert maya.get(own).status_code == 404

    # a conversation, the panel, blind ballots, the decision
    assert "Closer to those who read." in page(cleo, own)
    cleo.post(reverse("mobility:conversation_create", args=[application.pk]), {"on": clock.today().isoformat(), "said": "A good hour."})
    ending = clock.today() + timedelta(days=6)
    hugo.post(reverse("mobility:panel_convene", args=[application.pk]), {"hr": cast.hugo.pk, "rule": "consent", "deadline": ending.isoformat()})
    panel = Panel.objects.get()
    assert maya.get(panel.get_absolute_url()).status_code == 404
    for member in panel.members.all():
        seal(browser_of(member.person), panel)
    panel.refresh_from_db()
    assert (panel.status, panel.decision) == (Panel.Status.OPENED, Panel.Decision.GO)
    summaries = {f"summary_{criterion.pk}": "Seen at work." for criterion in panel.criteria.all()}
    assert cleo.post(reverse("panels:panel_decide", args=[panel.pk]), summaries).status_code == 302
    cleo.post(reverse("mobility:application_accept", args=[application.pk]))
    assert words["yes"] in page(ben, own)
    assert "Seen at work." in page(ben, own)

    # Ben lets Maya know; both managers agree on the day, and on nothing else
    assert maya.get(own).status_code == 404
    ben.post(reverse("mobility:application_lift", args=[application.pk]))
    assert "Closer to those who read." not in page(maya, own)
    day = clock.today() + timedelta(days=30)
    for browser in (cleo, maya):
        browser.post(reverse("mobility:dates_edit", args=[application.pk]), {"starts_on": day.isoformat()})
    application.refresh_from_db()
    assert application.status == Application.Status.AGREED

    # the move: one seat ends, another begins, a plan opens, the team and search follow on the day
    hugo.post(reverse("mobility:move_in", args=[application.pk]))
    seats = list(cast.ben.employee.assignments.order_by("started_on"))
    assert [(seat.team, seat.started_on) for seat in seats[1:]] == [(cast.far, day)]
    assert seats[0].ended_on == day - timedelta(days=1)
    assert Plan.objects.get(kind="move").assignment == seats[1]
    assert standing._ask(cast.ben.user).coming[0].team == cast.far
    assert cast.cleo.display_name in page(ben, own)


def seat_to_fill(cast):
    cast.far.head = cast.cleo
    cast.far.save()
    for number in range(3):
        make.colleague(f"Mate{number}", "Bristol", team=cast.far, site=cast.bristol)
    nora = make.colleague("Nora", "Petit", team=cast.people_team, site=cast.nantes)
    make.duty(nora, roles.HR, cast.nantes)
    switches.turn(switches.VOTES, True, by=cast.hugo.user, informed_on=clock.today())
    job = make.JobDescriptionFactory()
    job.activities.create(text_en="Write for mayors", text_fr="Écrire pour des maires", share=100)
    return make.OpeningFactory(job=job, team=cast.far, site=cast.bristol, hiring_manager=cast.cleo)


def browser_of(person) -> Client:
    browser = Client()
    browser.force_login(person.user, backend="django.contrib.auth.backends.ModelBackend")
    return browser


def page(browser, address) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def seal(browser, panel) -> None:
    answers = {"choice": "yes"}
    for criterion in panel.criteria.all():
        answers |= {f"verdict_{criterion.pk}": "meets", f"because_{criterion.pk}": "Seen at work."}
    assert browser.post(reverse("panels:panel_seal", args=[panel.pk]), answers).status_code == 302
