"""The panel on a candidate: nobody is hired past it, nobody outside it reads a ballot, the candidate reads what it found."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from portal import clock, switches
from portal.models import AuditEntry
from portal.moves import MoveRefused
from portal.panels import transitions as panels
from portal.panels.models import Ballot, BallotLine, Panel
from recruitment import erasing, panel, transitions
from recruitment.models import Application, Reason
from tests import factories as make
from tests.recruitment.conftest import fresh
from tests.recruitment.test_transitions import bring

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(cast):
    switches.turn(switches.VOTES, True, by=cast.hugo.user, informed_on=clock.today())
    return [make.colleague(f"Member{n}", "Team", team=cast.data, site=cast.nantes) for n in range(4)]


@pytest.fixture
def sitting(application, cast, team):
    """Lena's application at the decision, with its panel."""
    bring(application, cast, 5)
    return convene(application, cast)


def convene(application, cast):
    return panel.convene(application.pk, by=cast.maya.user, hr=cast.hugo, rule=Panel.Rule.CONSENT, deadline=clock.today() + timedelta(days=5))


def all_vote(made, choice=Ballot.Choice.YES):
    criteria = list(made.criteria.all())
    lines = [panels.Line(each.pk, BallotLine.Verdict.MEETS, "Seen on a real case.") for each in criteria]
    for member in made.members.filter(stepped_aside_at=None):
        objection = {"objection": criteria[0].pk, "objection_reason": "Not seen."} if choice == Ballot.Choice.NO else {}
        panels.seal(made.pk, by=member.person.user, choice=choice, lines=lines, **objection)


def decide(made, cast, go=True):
    all_vote(made, Ballot.Choice.YES if go else Ballot.Choice.NO)
    if not go:
        panels.write_meeting(made.pk, by=cast.maya.user, note="We talked it over.", decision=Panel.Decision.NO_GO)
    panels.decide(made.pk, by=cast.maya.user, summaries={each.pk: "Seen on a real case." for each in made.criteria.all()}, language="en")


def offer(application, cast):
    first = clock.today() + timedelta(days=30)
    return transitions.offer(application.pk, by=cast.maya.user, pay=45000, starts_on=first, expires_on=clock.today() + timedelta(days=5))


def refuse(application, cast):
    return transitions.refuse(application.pk, by=cast.maya.user, reason=Reason.SKILL, words="We chose another person.")


def test_a_step_that_promises_a_panel_makes_no_offer_without_one(application, cast, team):
    bring(application, cast, 5)
    with pytest.raises(MoveRefused, match="promises that a panel decides"):
        offer(application, cast)


def test_while_the_panel_sits_nobody_answers_for_it(application, cast, sitting):
    for act in (offer, refuse, lambda application, cast: bring(application, cast, 4)):
        with pytest.raises(MoveRefused):
            act(application, cast)
    assert fresh(application).status == Application.Status.ACTIVE


def test_a_panel_that_said_yes_lets_the_offer_go_and_no_refusal(application, cast, sitting):
    decide(sitting, cast)
    with pytest.raises(MoveRefused, match="said yes"):
        refuse(application, cast)
    assert offer(application, cast)


def test_a_panel_that_said_no_lets_no_offer_go(application, cast, sitting):
    decide(sitting, cast, go=False)
    with pytest.raises(MoveRefused, match="said no"):
        offer(application, cast)
    assert refuse(application, cast)


def test_no_panel_while_the_name_is_hidden(application, cast, team):
    with pytest.raises(MoveRefused):
        convene(application, cast)


def test_one_panel_at_a_time(application, cast, sitting):
    with pytest.raises(MoveRefused):
        convene(application, cast)


def test_a_stopped_panel_leaves_no_ballot_and_another_may_sit(application, cast, sitting):
    first = sitting.members.filter(college="team").first()
    lines = [panels.Line(each.pk, BallotLine.Verdict.MEETS, "Seen.") for each in sitting.criteria.all()]
    panels.seal(sitting.pk, by=first.person.user, choice=Ballot.Choice.YES, lines=lines)
    panel.stop(application.pk, by=cast.maya.user)
    assert not Ballot.objects.exists()
    assert convene(application, cast).status == Panel.Status.VOTING


def test_whoever_applied_for_the_job_is_not_drawn(application, cast, team):
    Application.objects.filter(pk=application.pk).update(person=team[0])
    bring(application, cast, 5)
    made = convene(application, cast)
    assert team[0].pk not in {*made.members.values_list("person", flat=True), *made.reserves}


def test_withdrawing_stops_the_panel(application, cast, sitting):
    transitions.withdraw(fresh(application))
    assert Panel.objects.get(pk=sitting.pk).status == Panel.Status.CANCELLED


def test_an_erased_application_takes_its_panel_along(application, cast, sitting):
    erasing.erase(fresh(application))
    assert not Panel.objects.filter(pk=sitting.pk).exists()


def test_members_read_the_file_and_its_reading_is_logged(apply, cast, team, client_of):
    application = apply()[0]
    bring(application, cast, 5)
    made = convene(application, cast)
    member = made.members.filter(college="team").first().person
    browser = Client()
    browser.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")
    page = browser.get(made.get_absolute_url())
    assert b"Lena Morel" in page.content
    assert reverse("hiring:application", args=[application.pk]).encode() not in page.content
    assert client_of("cleo").get(made.get_absolute_url()).status_code == 404
    assert not AuditEntry.objects.filter(action="cv.read").exists()  # no CV was sent, none was opened


def follow(token):
    return Client().get(reverse("recruitment:follow_application", args=[token])).content.decode()


def test_the_candidate_reads_that_a_panel_sits_and_later_what_it_found(apply, cast, team):
    application, token = apply()
    bring(application, cast, 5)
    made = convene(application, cast)
    assert "A panel decides together" in follow(token)
    decide(made, cast)
    before = follow(token)
    assert "What the panel found" not in before
    offer(application, cast)
    after = follow(token)
    assert "What the panel found" in after
    assert after.count("Seen on a real case.") == made.criteria.count()


def test_convening_in_the_browser_and_a_wrong_day_keeps_what_was_typed(application, cast, team, client_of):
    bring(application, cast, 5)
    page = reverse("hiring:panel_convene", args=[application.pk])
    browser = client_of("maya")
    late = (clock.today() + timedelta(days=60)).isoformat()
    refused = browser.post(page, {"hr": cast.hugo.pk, "rule": "consent", "deadline": late})
    assert refused.status_code == 422
    assert late in refused.content.decode()
    assert browser.post(page, {"hr": cast.hugo.pk, "rule": "consent", "deadline": (clock.today() + timedelta(days=6)).isoformat()}).status_code == 302
    assert panel.sitting(application)


@pytest.mark.parametrize("name", ["cleo", "ben", "ilan", "nia"])
def test_others_find_no_way_to_convene_or_stop(application, cast, sitting, client_of, name):
    for address in ("hiring:panel_convene", "hiring:panel_stop"):
        assert client_of(name).post(reverse(address, args=[application.pk])).status_code == 404
    assert panel.sitting(application)


@pytest.mark.parametrize(
    ("language", "never"),
    [
        ("en", ("ballot", "three colleges", "convene the panel", "open the panel", "stop the panel")),
        ("fr", ("bulletin", "trois collèges", "réunir les collèges", "page des collèges", "arrêter ce vote")),
    ],
)
def test_with_the_votes_off_the_file_speaks_of_reasons_to_sign(application, cast, client_of, language, never):
    bring(application, cast, 5)
    cast.maya.user.language = language
    cast.maya.user.save()
    browser, own = client_of("maya"), application.get_absolute_url()

    def silent(address):
        page = browser.get(address)
        assert page.status_code == 200
        assert [words for words in never if words in page.content.decode().lower()] == [], address

    convene = reverse("hiring:panel_convene", args=[application.pk])
    silent(own)
    silent(convene)
    assert browser.post(convene, {"hr": cast.hugo.pk, "deadline": (clock.today() + timedelta(days=6)).isoformat()}).status_code == 302
    assert panel.sitting(application).is_signed
    silent(own)
    silent(reverse("hiring:panel_stop", args=[application.pk]))
    assert browser.post(reverse("hiring:panel_stop", args=[application.pk])).status_code == 302
    silent(own)
