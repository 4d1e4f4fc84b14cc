"""Asking, answering, agreeing, meeting and ending: who may, what is said to whom, and what stays between two people."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from icalendar import Calendar

from alumni import mentoring
from alumni.models import Note, Offer, Pair, Proposal, Request, Seek, Session, Thanks
from alumni.transitions import mentoring as transitions
from alumni.transitions import pairs
from portal import clock
from portal.models import Mail, Notice
from portal.moves import MoveRefused
from portal.people.models import Person
from tests import factories as make
from tests.alumni.making import asks, fresh, meets, offers, seeks, session, yes

NAMES = ("maya", "hugo", "nia", "ben", "cleo", "ilan", "omar")


# --- who may ------------------------------------------------------------------------------------------
MAY = {
    #         offer  seek   figures
    "maya":  (True,  True,  False),
    "hugo":  (True,  True,  True),
    "nia":   (False, True,  False),
    "ben":   (True,  True,  False),
    "cleo":  (True,  True,  False),
    "ilan":  (True,  True,  False),
    "omar":  (False, False, False),  # left, and agreed to nothing
}  # fmt: skip


@pytest.mark.parametrize("name", MAY)
def test_who_offers_who_seeks_and_who_counts(name, cast, client_of):
    client = client_of(name)
    pages = [reverse(f"alumni:{page}") for page in ("offer_edit", "seek_edit", "mentoring_health")]
    assert tuple(client.get(page).status_code == 200 for page in pages) == MAY[name]


def test_an_alumnus_mentors_once_they_agreed(cast, client_of):
    yes(cast.omar, "reachable")
    assert client_of("omar").get(reverse("alumni:offer_edit")).status_code == 404
    yes(cast.omar, "mentor")
    assert client_of("omar").get(reverse("alumni:offer_edit")).status_code == 200
    assert client_of("omar").get(reverse("alumni:seek_edit")).status_code == 404


def test_an_offer_without_consent_is_found_by_nobody(cast):
    offers(cast.omar)
    assert not Offer.objects.allowing(fresh(cast.nia), "alumni.ask_offer").exists()
    yes(cast.omar, "mentor")
    assert Offer.objects.allowing(fresh(cast.nia), "alumni.ask_offer").exists()


@pytest.mark.parametrize("name", ["ben", "nia", "omar"])
def test_ones_own_offer_is_seen_by_oneself_whatever_it_says(name, cast):
    """Also before a first day and after the last one."""
    mine, _hers, his = offers(getattr(cast, name), open=False), offers(cast.cleo, open=False), offers(cast.ilan)
    seen = set(Offer.objects.allowing(fresh(getattr(cast, name)), "alumni.view_offer"))
    assert seen == ({mine} if name == "omar" else {mine, his})


def test_whoever_comes_back_is_a_mentor_again_from_the_first_day(cast):
    yes(cast.omar, "mentor")
    offers(cast.omar)
    back = make.AssignmentFactory(employee=cast.omar.employee, team=cast.data, site=cast.nantes, started_on=clock.today() + timedelta(days=9))
    assert not Offer.objects.allowing(fresh(cast.ben), "alumni.view_offer").exists()
    type(back).objects.filter(pk=back.pk).update(started_on=clock.today())
    assert Offer.objects.allowing(fresh(cast.ben), "alumni.view_offer").exists()


SEALED = (Pair, Session, Note, Thanks, Request)


@pytest.mark.parametrize("name", [*NAMES, "root", "visitor"])
def test_what_two_people_write_is_theirs_alone(name, cast):
    """Not the People team, not a manager, not a superuser."""
    pair = meets(cast.ben, cast.cleo)
    Note.objects.create(session=session(pair, -2), by=cast.cleo, text="He doubts.")
    Thanks.objects.create(pair=pair, by=cast.ben, text="For the hours.")
    asks(cast.ben, cast.cleo, status="accepted")
    if name == "root":
        cast.root = make.colleague("Root", "Admin", team=cast.desk, site=cast.nantes)
        cast.root.user.is_superuser = cast.root.user.is_staff = True
        cast.root.user.save()
    user = AnonymousUser() if name == "visitor" else fresh(getattr(cast, name))
    for model in SEALED:
        assert model.objects.visible_to(user).exists() is (name in ("ben", "cleo")), model
        assert model.sealed


def test_the_people_team_reads_no_word_in_my_data_search_or_audit(cast, client_of):
    pair = meets(cast.ben, cast.cleo, goals="Leave Maya.")
    pairs.write_note(session(pair, -1).pk, by=fresh(cast.ben), text="Maya shouts.", language="en")
    for page in ("my_data", "alumni:mentoring", "alumni:mentoring_health", "notices", "home"):
        for name in ("hugo", "maya"):
            words = client_of(name).get(reverse(page)).content.decode()
            assert "shouts" not in words
            assert "Leave Maya" not in words
    for browser in (client_of("hugo"), client_of("maya")):
        assert browser.get(pair.get_absolute_url()).status_code == 404


# --- names --------------------------------------------------------------------------------------------
def test_three_names_come_with_three_reasons_each_and_no_figure(cast, client_of):
    skill = make.SkillFactory(name="Hydrology", label_fr="Hydrologie")
    for person in (cast.cleo, cast.ilan, cast.hugo):
        offers(person, skill)
    seeks(cast.nia, skill)
    assert transitions.match() == 1
    assert Proposal.objects.filter(seeker=cast.nia).count() == 3
    page = client_of("nia").get(reverse("alumni:mentoring")).content.decode()
    assert page.count("Three reasons for the two of you") == 3
    assert page.count("Hydrology") >= 3
    assert "%" not in page.split("<main")[1].split("</main")[0]
    names = [page.index(f"<b>{person.display_name}</b>") for person in (cast.cleo, cast.hugo, cast.ilan)]
    assert names == sorted(names)  # Hart, Marchand, Peretz: the alphabet, not a merit


def test_the_line_of_a_newcomer_is_never_named_nor_asked(cast):
    for person in (cast.maya, cast.cleo):
        offers(person)
    seeks(cast.nia)
    transitions.match()
    assert [proposal.mentor for proposal in Proposal.objects.all()] == [cast.cleo]
    with pytest.raises(MoveRefused, match="outside your own line"):
        transitions.ask(Offer.objects.get(person=cast.maya).pk, by=fresh(cast.nia), words="?", language="en")


def test_a_pause_and_a_full_mentor_are_left_out(cast):
    offers(cast.cleo, paused_from=clock.today() - timedelta(days=1), paused_until=clock.today() + timedelta(days=9))
    offers(cast.ilan)
    meets(cast.hugo, cast.ilan)
    seeks(cast.nia)
    assert transitions.match() == 0
    assert Seek.objects.get().answered_at is None  # and names come as soon as somebody has room
    Offer.objects.filter(person=cast.cleo).update(paused_until=clock.today() - timedelta(days=1))
    assert transitions.match() == 1


# --- requests -----------------------------------------------------------------------------------------
def test_a_request_is_answered_yes_and_two_people_meet(cast, client_of):
    yes(cast.omar, "mentor")
    offer = offers(cast.omar, tongues=["fr", "en"])
    client_of("nia").post(reverse("alumni:request_create", args=["omar-benali"]), {"words": "Fourteen winters: how?"})
    asked = Request.objects.get()
    assert (asked.answer_by - clock.today()).days == 7
    assert len(asked.reasons) == 3
    mail = Mail.objects.get(kind="alumni.asked")
    assert (mail.to, "Fourteen winters" in mail.body, "/alumni/stop/" in mail.body) == (cast.omar.user.email, True, True)
    home = client_of("omar").get(reverse("home")).content.decode()
    assert "Nia would like you as a mentor" in home
    client_of("omar").post(reverse("alumni:request_accept", args=[asked.pk]), {"reply": "With pleasure."})
    pair = Pair.objects.get()
    assert (pair.seeker, pair.mentor, pair.status) == (cast.nia, cast.omar, "agreeing")
    assert "With pleasure." in Mail.objects.get(kind="alumni.accepted").body
    assert mentoring.offer_of(cast.omar)["left"] == offer.capacity - 1


def test_no_answer_within_seven_days_is_an_answer_too(cast):
    offers(cast.cleo)
    offers(cast.ilan)
    seeks(cast.nia, answered_at=clock.now())
    transitions.ask(Offer.objects.get(person=cast.cleo).pk, by=fresh(cast.nia), words="?", language="en")
    with time_machine.travel(clock.now() + timedelta(days=7)):
        assert transitions.expire_due() == 0
    with time_machine.travel(clock.now() + timedelta(days=8)):
        assert transitions.expire_due() == 1
        assert transitions.match() == 1
    assert Request.objects.get().status == "expired"
    assert [proposal.mentor for proposal in Proposal.objects.filter(open=True)] == [cast.ilan]  # other names, not the same again
    assert Mail.objects.filter(kind="alumni.expired", to=cast.nia.user.email).count() == 1


def test_a_paused_name_is_no_choice_so_others_come_after_a_silence(cast):
    for name in ("cleo", "ilan", "ben", "maya"):
        offers(getattr(cast, name))
    seeks(cast.nia, answered_at=clock.now())
    transitions.ask(Offer.objects.get(person=cast.cleo).pk, by=fresh(cast.nia), words="?", language="en")
    for mentor in (cast.ilan, cast.ben):
        Proposal.objects.create(seeker=cast.nia, mentor=mentor, reasons=[])
    Offer.objects.filter(person=cast.ilan).update(paused_from=clock.today())
    with time_machine.travel(clock.now() + timedelta(days=8)):
        assert (transitions.expire_due(), transitions.match()) == (1, 1)
    names = set(Proposal.objects.filter(open=True).values_list("mentor", flat=True))
    assert cast.ben.pk in names
    assert not {cast.ilan.pk, cast.cleo.pk} & names


def test_not_now_asks_no_reason_and_tells_the_other(cast, client_of):
    offers(cast.cleo)
    asked = asks(cast.nia, cast.cleo)
    client_of("cleo").post(reverse("alumni:request_decline", args=[asked.pk]))
    asked.refresh_from_db()
    assert (asked.status, asked.reply) == ("declined", "")
    assert Mail.objects.filter(kind="alumni.declined").count() == 1


def test_one_request_waits_at_a_time_and_may_be_taken_back(cast, client_of):
    offers(cast.cleo)
    other = offers(cast.ilan)
    asked = asks(cast.nia, cast.cleo)
    answer = client_of("nia").post(reverse("alumni:request_create", args=[cast.ilan.slug]), {"words": "And you?"})
    assert answer.status_code == 422
    assert "And you?" in answer.content.decode()
    client_of("nia").post(reverse("alumni:request_withdraw", args=[asked.pk]))
    transitions.ask(other.pk, by=fresh(cast.nia), words="And you?", language="en")
    assert Request.objects.filter(status="waiting").count() == 1


def test_a_mentor_is_never_asked_beyond_their_places(cast):
    offer = offers(cast.cleo)
    asks(cast.ben, cast.cleo)
    with pytest.raises(MoveRefused, match="no place left"):
        transitions.ask(offer.pk, by=fresh(cast.nia), words="?", language="en")


# --- pairs --------------------------------------------------------------------------------------------
def test_it_begins_once_both_said_yes_to_the_same_words(cast, client_of):
    pair = meets(cast.nia, cast.cleo, goals="", status="agreeing", started_on=None, seeker_agreed=False, mentor_agreed=False)
    body = {"goals": "Dare to ask.", "rhythm": "2", "weeks": "12"}
    client_of("nia").post(reverse("alumni:agreement_edit", args=[pair.pk]), body)
    pair.refresh_from_db()
    assert (pair.status, pair.seeker_agreed, pair.mentor_agreed) == ("agreeing", True, False)
    client_of("cleo").post(reverse("alumni:agreement_edit", args=[pair.pk]), {**body, "weeks": "8"})
    pair.refresh_from_db()
    assert (pair.status, pair.seeker_agreed, pair.mentor_agreed) == ("agreeing", False, True)  # other words ask the other again
    client_of("nia").post(reverse("alumni:agreement_accept", args=[pair.pk]))
    pair.refresh_from_db()
    assert (pair.status, pair.started_on, pair.planned) == ("alive", clock.today(), 4)
    assert client_of("nia").post(reverse("alumni:agreement_edit", args=[pair.pk]), {**body, "weeks": "40"}).status_code == 422


def test_a_session_keeps_its_address_in_calendars_and_counts_its_changes(cast):
    pair = meets(cast.nia, cast.cleo)
    first = clock.now() + timedelta(days=4)
    met = pairs.plan(pair.pk, by=fresh(cast.nia), starts_at=first, minutes=60, place="https://call.example/room")
    pairs.shift(met.pk, by=fresh(cast.cleo), starts_at=first + timedelta(days=1), minutes=45, place="")
    pairs.cancel(met.pk, by=fresh(cast.nia))
    files = [Calendar.from_ical(mail.attachment) for mail in Mail.objects.filter(to=cast.nia.user.email, attachment_name="session.ics").order_by("pk")]
    events = [book.walk("VEVENT")[0] for book in files]
    assert len({str(event["uid"]) for event in events}) == 1
    assert [event["sequence"] for event in events] == [0, 1, 2]
    assert [str(book["method"]) for book in files] == ["REQUEST", "REQUEST", "CANCEL"]
    assert "Cleo Hart" in str(events[0]["summary"])
    assert cast.cleo.user.email not in files[0].to_ical().decode()  # nobody hands out the address of the other


def test_an_hour_says_by_whose_clock_it_is(cast, client_of):
    pair = meets(cast.nia, cast.cleo)  # Nia works in Nantes, Cleo in Bristol
    pairs.plan(pair.pk, by=fresh(cast.nia), starts_at=clock.now() + timedelta(days=4), minutes=60, place="")
    assert "Paris time, for both of you." in client_of("cleo").get(reverse("alumni:session_create", args=[pair.pk])).content.decode()
    assert "Paris time, 60 minutes" in client_of("cleo").get(pair.get_absolute_url()).content.decode()
    assert "Paris time" in Mail.objects.get(to=cast.cleo.user.email, attachment_name="session.ics").body


def test_either_ends_it_without_a_reason_and_may_thank(cast, client_of):
    pair = meets(cast.nia, cast.cleo)
    coming = session(pair)
    client_of("nia").post(reverse("alumni:pair_end", args=[pair.pk]))
    pair.refresh_from_db()
    coming.refresh_from_db()
    assert (pair.status, pair.ended_on, coming.status) == ("ended", clock.today(), "cancelled")
    assert client_of("nia").post(reverse("alumni:session_create", args=[pair.pk])).status_code == 404
    client_of("nia").post(reverse("alumni:thanks_create", args=[pair.pk]), {"text": "For the twelve words."})
    assert "For the twelve words." in client_of("cleo").get(pair.get_absolute_url()).content.decode()
    assert client_of("nia").post(reverse("alumni:thanks_create", args=[pair.pk]), {"text": "Again."}).status_code == 422
    assert Notice.objects.filter(user=cast.cleo.user, kind="alumni.thanked").count() == 1


def test_figures_about_fewer_than_five_are_not_shown(cast, client_of):
    meets(cast.nia, cast.cleo)
    words = client_of("hugo").get(reverse("alumni:mentoring_health")).content.decode()
    assert "fewer than 5" in words
    for n in range(4):
        meets(make.colleague(f"Given{n}", "X", team=cast.data, site=cast.nantes), make.colleague(f"Other{n}", "Y", team=cast.far, site=cast.bristol))
    assert mentoring.health()[0][1] == 5


# --- pages of others ----------------------------------------------------------------------------------
def test_a_skill_page_names_who_can_mentor(cast, client_of):
    skill = make.SkillFactory(name="Hydrology", slug="hydrology")
    offers(cast.cleo, skill)
    page = client_of("ben").get(skill.get_absolute_url()).content.decode()
    assert "Can mentor" in page
    assert reverse("alumni:mentor_detail", args=[cast.cleo.slug]) in page


@pytest.mark.parametrize(("few", "many"), [(1, 4)])
def test_requests_and_names_cost_the_same_queries_few_or_many(few, many, cast, client_of, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    skill = make.SkillFactory()
    offers(cast.cleo, skill, capacity=5)
    counts = []
    for number in (few, many):
        while Request.objects.filter(status="waiting").count() < number:
            someone = make.colleague(f"New{Person.objects.count()}", "Comer", team=cast.data, site=cast.nantes)
            asks(someone, cast.cleo, reasons=[["learn", [skill.pk]], ["tongue", ["fr"]], ["line", [2]]])
            meets(cast.cleo, make.colleague(f"Old{Person.objects.count()}", "Hand", team=cast.data, site=cast.nantes), status="ended", ended_on=clock.today())
        browser = client_of("cleo")
        browser.get(reverse("alumni:mentoring"))
        with CaptureQueriesContext(
            connection,
        ) as seen:
            browser.get(reverse("alumni:mentoring"))
        counts.append(len(seen))
    assert counts[0] == counts[1]
