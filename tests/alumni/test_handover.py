"""What only one person knows finds somebody; the conversation belongs to the person and the People team."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.urls import reverse

from alumni.models import ExitTalk, Topic
from alumni.transitions import handover
from portal import clock
from portal.moves import MoveRefused
from portal.people.models.employment import ToldTo
from tests import factories as make
from tests.alumni.making import leaves, user
from tests.cast import NAMES


# --- what is handed over ------------------------------------------------------------------------------
def test_a_rare_skill_is_suggested_and_a_common_one_is_not(cast):
    from alumni import know_how
    from portal.people.visibility import reader_of

    rare, common = make.SkillFactory(name="Lock contacts"), make.SkillFactory(name="Python")
    make.PersonSkillFactory(tag=rare, content_object=cast.ben, level=4)
    for person in (cast.ben, cast.maya, make.colleague("Tess", "Ndiaye", team=cast.data, site=cast.nantes)):
        make.PersonSkillFactory(tag=common, content_object=person, level=3)
    departure = leaves(cast)
    assert [each.skill for each in know_how.suggestions(departure, [], reader_of(user(cast, "maya")))] == [rare]
    topic = handover.add_topic(departure.pk, {"title": "Lock contacts"}, by=user(cast, "ben"), skill=rare)
    assert know_how.suggestions(departure, [topic], reader_of(user(cast, "maya"))) == []


def test_it_is_handed_over_when_the_taker_says_so(cast):
    departure = leaves(cast, told_to=ToldTo.COLLEAGUES)
    topic = handover.add_topic(departure.pk, {"title": "Lock contacts", "taker": cast.cleo}, by=cast.ben.user)
    for name in ("ben", "maya", "hugo"):
        with pytest.raises(Http404):
            handover.confirm_topic(topic.pk, by=user(cast, name))
    assert handover.confirm_topic(topic.pk, by=user(cast, "cleo")).status == Topic.Status.HANDED


def test_nobody_is_asked_to_take_over_who_may_not_know(cast):
    departure = leaves(cast)
    with pytest.raises(MoveRefused):
        handover.add_topic(departure.pk, {"title": "Lock contacts", "taker": cast.cleo}, by=cast.ben.user)
    assert not Topic.objects.exists()
    assert handover.add_topic(departure.pk, {"title": "Lock contacts", "taker": cast.maya}, by=cast.ben.user).taker == cast.maya


def test_a_taker_is_named_by_address_when_everybody_may_know_and_chosen_among_few_before(cast, client_of):
    departure, ben = leaves(cast, told_to=ToldTo.COLLEAGUES), client_of("ben")
    create = reverse("alumni:topic_create", args=[departure.pk])
    assert "<option" not in ben.get(create).content.decode()  # no list of everybody who works here
    wrong = ben.post(create, {"title": "Lock contacts", "taker": "nobody@rivage.example"})
    assert (wrong.status_code, Topic.objects.count()) == (422, 0)
    ben.post(create, {"title": "Lock contacts", "taker": cast.cleo.work_email})
    topic = Topic.objects.get()
    assert topic.taker == cast.cleo
    edit = reverse("alumni:topic_edit", args=[topic.pk])
    assert f'value="{cast.cleo.work_email}"' in ben.get(edit).content.decode()
    ben.post(edit, {"title": "Lock contacts", "taker": ""})
    topic.refresh_from_db()
    assert topic.taker is None


def test_who_has_left_reads_their_topics_without_a_link_that_would_not_open(cast, at, client_of):
    departure = leaves(cast, days=1, told_to=ToldTo.COLLEAGUES)
    session = clock.now() + timedelta(hours=20)
    topic = handover.add_topic(departure.pk, {"title": "Lock contacts", "taker": cast.cleo, "session_at": session}, by=cast.ben.user)
    link, ben = reverse("alumni:topic_detail", args=[topic.pk]), client_of("ben")
    assert link in ben.get(departure.get_absolute_url()).content.decode()
    at(2)
    page = client_of("ben").get(departure.get_absolute_url())
    assert (page.status_code, "Lock contacts" in page.content.decode(), link in page.content.decode()) == (200, True, False)


TOPIC_SEEN_BY = {"hugo", "maya", "ben", "cleo"}


@pytest.mark.parametrize("name", NAMES)
def test_a_topic_is_read_by_those_concerned_and_the_taker(name, cast, client_of):
    departure = leaves(cast, told_to=ToldTo.COLLEAGUES)
    topic = handover.add_topic(departure.pk, {"title": "Lock contacts", "taker": cast.cleo}, by=cast.ben.user)
    expected = 200 if name in TOPIC_SEEN_BY else 302 if name in ("visitor", "zoe") else 404
    assert client_of(name).get(reverse("alumni:topic_detail", args=[topic.pk])).status_code == expected


def test_a_session_goes_into_a_calendar(cast, client_of):
    departure = leaves(cast, told_to=ToldTo.COLLEAGUES)
    values = {"title": "Lock contacts", "taker": cast.cleo, "session_at": clock.now() + timedelta(days=2), "place": "2.14"}
    topic = handover.add_topic(departure.pk, values, by=cast.ben.user)
    book = client_of("cleo").get(reverse("alumni:topic_calendar", args=[topic.pk]))
    assert book["Content-Type"].startswith("text/calendar")
    assert b"SUMMARY:Hand-over: Lock contacts" in book.content


# --- the conversation ---------------------------------------------------------------------------------
@pytest.mark.parametrize("name", NAMES)
def test_notes_are_read_by_the_people_team_alone(name, cast, client_of):
    departure = leaves(cast)
    talk = handover.book_talk(departure.pk, by=user(cast, "hugo"), at=clock.now() + timedelta(days=1), host=cast.hugo)
    handover.write_up_talk(talk.pk, by=user(cast, "hugo"), held=True, notes="Would come back.")
    expected = 200 if name == "hugo" else 302 if name in ("visitor", "zoe") else 404
    assert client_of(name).get(reverse("alumni:talk_notes", args=[talk.pk])).status_code == expected
    assert "Would come back." not in client_of(name).get(departure.get_absolute_url()).content.decode()


def test_the_manager_does_not_see_that_there_is_a_conversation(cast, client_of):
    departure = leaves(cast)
    handover.book_talk(departure.pk, by=user(cast, "hugo"), at=clock.now() + timedelta(days=1), host=cast.hugo)
    assert 'id="talk"' in client_of("ben").get(departure.get_absolute_url()).content.decode()
    assert 'id="talk"' not in client_of("maya").get(departure.get_absolute_url()).content.decode()


def test_the_person_declines_freely(cast):
    departure = leaves(cast)
    talk = handover.book_talk(departure.pk, by=user(cast, "hugo"), at=clock.now() + timedelta(days=1), host=cast.hugo)
    handover.decline_talk(talk.pk, by=user(cast, "ben"))
    assert not ExitTalk.objects.exists()
