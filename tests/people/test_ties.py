"""Ties: from a closed list of acts, seen by others once both ends show them, hidden by either."""

from datetime import timedelta

import pytest
from django.urls import reverse

from portal import clock
from portal.models import Notice
from portal.people import retention, ties, visibility
from portal.people.models import Tie
from tests.cast import NAMES, user_of

Kind = Tie.Kind


def knows(cast, tie) -> set[str]:
    return {name for name in NAMES if Tie.objects.visible_to(user_of(cast, name)).filter(pk=tie.pk).exists()}


def around(cast, client_of, reader, person="ben"):
    return client_of(reader).get(getattr(cast, person).get_absolute_url()).content.decode()


def mentoring(cast, visible=False):
    return ties.declare(Kind.MENTORING, giver=cast.maya, receiver=cast.ben, source="alumni.pair:1", visible=visible)


def test_ties_come_from_five_kinds_of_acts_and_nothing_else():
    assert set(Kind.values) == {"works_with", "mentoring", "answer", "community", "kudos"}


def test_works_with_shows_once_both_say_it(cast, client_of):
    client_of("cleo").post(reverse("people:tie_ask", args=[cast.ben.slug]))
    tie = Tie.objects.get()
    assert knows(cast, tie) == {"cleo", "ben"}
    assert Notice.objects.filter(user=cast.ben.user, kind="people.tie").count() == 1
    assert "Waits for Ben to confirm" in around(cast, client_of, "cleo", "cleo")
    assert "works with Ben" not in around(cast, client_of, "maya")
    client_of("ben").post(reverse("people:tie_show", args=[tie.pk]))
    assert knows(cast, tie) == {"maya", "hugo", "ben", "cleo", "ilan"}
    assert "works with Ben" in around(cast, client_of, "maya")
    assert "works with Cleo" in around(cast, client_of, "maya", "cleo")


def test_both_saying_it_on_each_others_page_is_one_tie(cast, client_of):
    for _each in range(2):
        client_of("cleo").post(reverse("people:tie_ask", args=[cast.ben.slug]))
    client_of("ben").post(reverse("people:tie_ask", args=[cast.cleo.slug]))
    tie = Tie.objects.get()
    assert tie.giver_shows
    assert tie.receiver_shows


@pytest.mark.parametrize("end", ["cleo", "ben"])
def test_either_end_hides_it_from_everybody_else_and_shows_it_again(cast, client_of, end):
    other = {"cleo": "ben", "ben": "cleo"}[end]
    tie = ties.ask(cast.cleo, cast.ben)
    ties.ask(cast.ben, cast.cleo)
    assert client_of("maya").post(reverse("people:tie_hide", args=[tie.pk])).status_code == 404
    client_of(end).post(reverse("people:tie_hide", args=[tie.pk]))
    assert knows(cast, tie) == {end}
    assert "Hidden by you." in around(cast, client_of, end, end)
    assert client_of(other).post(reverse("people:tie_show", args=[tie.pk])).status_code == 404
    client_of(other).post(reverse("people:tie_ask", args=[getattr(cast, end).slug]))
    assert knows(cast, tie) == {end}, "asking again does not undo it"
    client_of(end).post(reverse("people:tie_show", args=[tie.pk]))
    assert {"maya", "cleo", "ben"} <= knows(cast, tie)


def test_an_act_nobody_else_saw_stays_between_the_two_until_both_show_it(cast):
    tie = mentoring(cast)
    assert knows(cast, tie) == {"maya", "ben"}, "not the People team"
    ties.show(tie.pk, by=cast.maya.user)
    assert knows(cast, tie) == {"maya", "ben"}
    ties.show(tie.pk, by=cast.ben.user)
    assert "cleo" in knows(cast, tie)


def test_an_act_is_written_once_and_goes_with_its_source(cast):
    assert mentoring(cast).pk == mentoring(cast).pk
    assert ties.declare(Kind.KUDOS, giver=cast.ben, receiver=cast.ben, source="x") is None
    ties.withdraw(Kind.MENTORING, "alumni.pair:1")
    assert not Tie.objects.exists()


def test_what_was_hidden_once_stays_hidden_for_the_next_act_of_its_kind(cast):
    first = ties.declare(Kind.ANSWER, giver=cast.ben, receiver=cast.cleo, source="answer:1")
    ties.hide(first.pk, by=cast.cleo.user)
    second = ties.declare(Kind.ANSWER, giver=cast.cleo, receiver=cast.ben, source="answer:2")
    assert knows(cast, second) == {"cleo"}
    thanks = ties.declare(Kind.KUDOS, giver=cast.ben, receiver=cast.cleo, source="kudos:1")
    assert "maya" in knows(cast, thanks), "another kind is another matter"


@pytest.mark.parametrize(
    ("level", "readers"),
    [(visibility.ME, {"ben", "cleo", "hugo"}), (visibility.TEAM, {"ben", "cleo", "hugo"}), (visibility.COLLEAGUES, {"ben", "cleo", "hugo", "maya", "ilan"})],
)
def test_the_stricter_of_both_ends_decides(cast, level, readers):
    tie = ties.declare(Kind.ANSWER, giver=cast.ben, receiver=cast.cleo, source="answer:1")
    cast.cleo.visibility = {"ties": level}
    cast.cleo.save()
    assert knows(cast, tie) == readers, "Maya is in Ben's team, not in Cleo's"


def test_one_line_for_each_kind_and_a_drawing_for_each_person(cast, client_of):
    for number in range(5):
        ties.declare(Kind.ANSWER, giver=cast.maya, receiver=cast.ben, source=f"answer:{number}")
    ties.declare(Kind.KUDOS, giver=cast.maya, receiver=cast.ben, source="kudos:1")
    ties.declare(Kind.ANSWER, giver=cast.ben, receiver=cast.cleo, source="answer:9")
    found = ties.around(cast.ben, visibility.reader_of(cast.ilan.user), type(cast.ben).objects.visible_to(cast.ilan.user))
    assert [(one.person, one.weight, [line.words for line in one.lines]) for one in found] == [
        (cast.cleo, 1, ["accepted 1 answer of Ben"]),
        (cast.maya, 3, ["thanked by Ben", "gave 5 answers that Ben accepted"]),
    ]
    page = around(cast, client_of, "ilan")
    assert "Ties around Ben Okafor, drawn" in page
    assert "Never from mail, sign-ins or reading." in page


def test_a_page_asks_the_same_number_of_queries_for_few_and_many_ties(cast, client_of, django_assert_max_num_queries):
    def asked(most):
        with django_assert_max_num_queries(most) as counted:
            around(cast, client_of, "ilan")
        return len(counted)

    ties.declare(Kind.ANSWER, giver=cast.ben, receiver=cast.cleo, source="answer:0")
    asked(60)  # the first page also reads what the process keeps
    few = asked(60)
    for person in (cast.maya, cast.hugo, cast.ilan, cast.cleo):
        for number in range(3):
            ties.declare(Kind.ANSWER, giver=person, receiver=cast.ben, source=f"answer:{number}")
    assert asked(60) == few


def test_ties_fade_after_two_years_unless_said_again(cast, client_of):
    tie = ties.ask(cast.cleo, cast.ben)
    ties.ask(cast.ben, cast.cleo)
    Tie.objects.update(on=clock.today() - ties.LASTS - timedelta(days=1))
    assert "works with Ben" not in around(cast, client_of, "maya")
    assert list(retention.ties_due(clock.now())) == [tie]
    client_of("ben").post(reverse("people:person_confirm", args=[cast.ben.slug]))
    assert "works with Ben" in around(cast, client_of, "maya")
    assert not retention.ties_due(clock.now()).exists()


@pytest.mark.parametrize("end", ["ben", "maya"])
def test_ties_go_with_either_person(cast, end):
    mentoring(cast)
    retention.empty_directory([getattr(cast, end)])
    assert not Tie.objects.exists()
