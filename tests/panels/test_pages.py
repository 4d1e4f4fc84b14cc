"""What the pages of a panel say: what waits for whom, by which clock, and in which language a reason was written."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from portal.panels.models import Ballot, College, Panel
from tests.panels.test_transitions import lines, panel, seal_all, team, transitions  # noqa: F401

pytestmark = pytest.mark.django_db


def page(person, address) -> str:
    client = Client()
    client.force_login(person.user)
    return client.get(address).content.decode()


@pytest.fixture
def doubted(panel):  # noqa: F811
    """A panel whose last member objected, in French."""
    last = panel.members.last()
    seal_all(panel, but=[last])
    last.person.language = "fr"
    last.person.save()
    criterion = panel.criteria.first().pk
    transitions.seal(
        panel.pk, by=last.person.user, choice=Ballot.Choice.NO, lines=lines(panel), objection=criterion, objection_reason="Pas encore vu en crue."
    )
    panel.refresh_from_db()
    return panel


@pytest.mark.parametrize("address", ["/", "/panels/"])
def test_what_the_meeting_finds_waits_for_those_who_write_it_down(doubted, cast, address):
    teammate = doubted.members.filter(college=College.TEAM).first().person
    write = f"/panels/{doubted.pk}/meeting/"
    assert [write in page(person, address) for person in (cast.hugo, cast.maya, teammate)] == [True, True, False]


@pytest.mark.parametrize("address", ["/", "/panels/"])
def test_an_open_panel_waits_to_be_confirmed(panel, cast, address):  # noqa: F811
    seal_all(panel)
    teammate = panel.members.filter(college=College.TEAM).first().person
    write = f"/panels/{panel.pk}/decide/"
    assert [write in page(person, address) for person in (cast.hugo, cast.maya, teammate)] == [True, True, False]


def test_the_list_says_the_answer_of_a_decided_panel(panel, cast):  # noqa: F811
    seal_all(panel)
    transitions.decide(panel.pk, by=cast.hugo.user, summaries={each.pk: "Seen." for each in panel.criteria.all()}, language="en")
    assert "Decided: the answer is yes" in page(cast.maya, "/panels/")


def test_ballots_close_by_the_clock_of_the_seat_which_is_named_elsewhere(panel, cast):  # noqa: F811
    Panel.objects.filter(pk=panel.pk).update(deadline=datetime(2026, 12, 1, 18, tzinfo=UTC))
    assert "until 1 December 2026, 19:00." in page(cast.maya, panel.get_absolute_url())
    opening = panel.subject
    opening.site = cast.bristol
    opening.save()
    assert f"until 1 December 2026, 18:00, {cast.bristol.city} time." in page(cast.maya, panel.get_absolute_url())


def test_the_note_of_a_meeting_carries_the_language_of_who_wrote_it(doubted, cast):
    cast.hugo.language = "fr"
    cast.hugo.save()
    transitions.write_meeting(doubted.pk, by=cast.hugo.user, note="Elle nous l’a montré.", decision=Panel.Decision.GO)
    assert '<p lang="fr">Elle nous l’a montré.</p>' in page(cast.maya, doubted.get_absolute_url())


def test_reasons_and_objections_carry_the_language_of_who_wrote_them(doubted, cast):
    shown = page(cast.hugo, doubted.get_absolute_url())
    assert '<span lang="fr">Pas encore vu en crue.</span>' in shown
    written = {("fr", shown.count('<p lang="fr">Seen at work.</p>')), ("en", shown.count('<p lang="en">Seen at work.</p>'))}
    assert written == {("fr", 2), ("en", 2 * (doubted.members.count() - 1))}
