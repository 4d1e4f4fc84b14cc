"""The board and the lists: the same number of queries for twenty people as for two thousand, late ones said, bulk previewed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal import clock
from portal.people.models import Person
from recruitment.models import Application, Refusal
from tests.recruitment.conftest import fresh

pytestmark = pytest.mark.django_db


def crowd(opening, number, start):
    """Many applications spread over the stages."""
    stages = list(opening.process.stages.all())
    advert = opening.adverts.first()
    people = Person.objects.bulk_create([Person(given_name=f"G{n}", family_name=f"F{n}", slug=f"crowd-{n}") for n in range(start, start + number)])
    now = clock.now()
    Application.objects.bulk_create(
        Application(
            reference=f"C-{start + n}",
            person=person,
            opening=opening,
            advert=advert,
            stage=stages[n % 5],
            stage_since=now - timedelta(days=n % 12),
            due_on=clock.today() + timedelta(days=3 - n % 9),
            number=start + n,
            email=f"c{start + n}@mail.example",
            revealed_at=now if n % 5 > 1 else None,
            submitted_at=now,
            skills=["Python"],
        )
        for n, person in enumerate(people)
    )


@pytest.mark.parametrize("page", ["{slug}/", "{slug}/list/", "{slug}/list/?sort=-sent&status=active", "", "waiting/", "people/{pk}/"])
def test_twenty_or_two_thousand_cost_the_same_queries(client_of, opening, page):
    client = client_of("hugo")

    def asked():
        pk = Application.objects.filter(number=5).values_list("pk", flat=True)[0]
        with CaptureQueriesContext(connection) as made:
            assert client.get("/hiring/" + page.format(slug=opening.slug, pk=pk)).status_code == 200
        return len(made)

    crowd(opening, 20, 1)
    asked()  # the first one fills what a process remembers: content types
    few = asked()
    crowd(opening, 1980, 100)
    assert asked() == few
    assert few <= 24


def test_a_lane_shows_twenty_five_oldest_first_and_says_how_many_more(client_of, opening):
    crowd(opening, 200, 1)
    lanes = client_of("maya").get(f"/hiring/{opening.slug}/").context["lanes"]
    assert [len(lane.cards) for lane in lanes] == [25] * 5
    assert [lane.more for lane in lanes] == [15] * 5
    since = [card.stage_since for card in lanes[0].cards]
    assert since == sorted(since)


def test_the_board_says_who_waits_longer_than_promised(client_of, application):
    Application.objects.filter(pk=application.pk).update(due_on=clock.today() - timedelta(days=2), stage_since=clock.now() - timedelta(days=4))
    page = client_of("maya").get(f"/hiring/{application.opening.slug}/").content.decode()
    assert "1 waits on us" in page
    assert "day 4 of 2" in page


def test_the_move_menu_works_without_script_and_offers_undo(client_of, application):
    stage = application.opening.process.stages.get(order=3)
    client = client_of("maya")
    page = client.post(f"/hiring/people/{application.pk}/move/", {"to": stage.pk, "next": f"/hiring/{application.opening.slug}/"}, follow=True).content.decode()
    assert fresh(application).stage == stage
    assert f"/hiring/people/{application.pk}/back/" in page
    client.post(f"/hiring/people/{application.pk}/back/")
    assert fresh(application).stage.order == 1


def test_moving_elsewhere_than_here_is_refused(client_of, application):
    answer = client_of("maya").post(f"/hiring/people/{application.pk}/move/", {"to": application.stage_id, "next": "https://elsewhere.example/"})
    assert answer.url == application.get_absolute_url()


def test_several_are_moved_only_after_a_preview(client_of, apply, opening):
    people = [apply(name)[0] for name in ("Lena", "Idris")]
    stage = opening.process.stages.get(order=2)
    sent = {"act": stage.pk, "pk": [each.pk for each in people]}
    client = client_of("maya")
    preview = client.post(f"/hiring/{opening.slug}/selected/", sent)
    assert "Move 2 people to Read?" in preview.content.decode()
    assert all(fresh(each).stage.order == 1 for each in people)
    client.post(f"/hiring/{opening.slug}/selected/", {**sent, "confirmed": "1"})
    assert all(fresh(each).stage.order == 2 for each in people)


def test_everybody_left_is_answered_by_stage_and_language_and_told_that_it_was_together(client_of, apply, opening):
    people = [apply("Lena")[0], apply("Awa", language="fr")[0], apply("Malo", language="fr")[0]]
    client = client_of("hugo")
    page = client.get(f"/hiring/{opening.slug}/answer/")
    assert [(language, len(rows)) for _stage, language, rows, _form in page.context["groups"]] == [("en", 1), ("fr", 2)]
    sent = {"act": "refuse", "confirmed": "1", "pk": [each.pk for each in people]}
    wrong = client.post(f"/hiring/{opening.slug}/answer/", sent)
    assert wrong.status_code == 422
    for _stage, _language, _rows, form in page.context["groups"]:
        sent |= {f"{form.prefix}-reason": "closed", f"{form.prefix}-words": f"Words of {form.prefix}", f"{form.prefix}-seen": ""}
    client.post(f"/hiring/{opening.slug}/answer/", sent)
    assert Refusal.objects.filter(together=3).count() == 3
    letter = people[1].letters.get(kind="refused")
    assert "3 personnes ont reçu une réponse en même temps" in letter.body
    assert fresh(people[1]).refusals.get().words.endswith("fr")


def test_a_refusal_is_read_before_it_is_queued(client_of, application):
    client = client_of("maya")
    address = f"/hiring/people/{application.pk}/refuse/"
    words = {"reason": "skill", "words": "Because of the nights.", "seen": "Knows rivers", "because": ""}
    assert client.post(address, {"reason": "", "words": ""}).status_code == 422
    proposed = client.post(address, {"reason": "skill", "propose": "1"}).content.decode()
    assert "One skill the work cannot do without" in proposed
    preview = client.post(address, words)
    assert "Because of the nights." in preview.content.decode()
    assert fresh(application).status == "active"
    client.post(address, {**words, "send": "1"})
    assert fresh(application).status == "refused"
