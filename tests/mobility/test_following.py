"""What a colleague follows: one notice when such a seat opens, once, in their language; and nobody else ever knows."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from mobility import following, transitions
from mobility.models import Alert, Follow
from mobility.permissions import mine
from mobility.retention import alerts_due, follows_due
from portal import clock, privacy, search
from portal.models import AuditEntry, Mail, Notice
from portal.moves import MoveRefused, move
from portal.people.models import Opening, Trade
from tests import factories as make

EVERYBODY = ("ben", "cleo", "maya", "hugo", "nora", "inga", "rita", "ilan", "nia", "omar")


@pytest.fixture
def trade(inside):
    inside.job.trade = Trade.objects.create(slug="water", name_en="Water", name_fr="Eau")
    inside.job.save()
    return inside.job.trade


def opened(inside, by=None, **values):
    """A seat that opens now, published by Hugo."""
    values = {"job": inside.job, "team": inside.far, "site": inside.bristol, "hiring_manager": inside.cleo} | values
    opening = make.OpeningFactory(**values, status=Opening.Status.DRAFT)
    opening.opened_at = clock.now()
    opening.save()
    move(opening, Opening.Status.OPEN, by=(by or inside.hugo).user)
    return opening


def heard() -> list[str]:
    return sorted(Notice.objects.filter(kind="mobility.followed").values_list("user__person__given_name", flat=True))


def test_one_notice_once_in_their_language(inside, trade):
    following.follow(by=inside.ben.user, trade=trade)
    following.follow(by=inside.ben.user, team=inside.far)
    inside.ilan.user.language = "fr"
    inside.ilan.user.save()
    following.follow(by=inside.ilan.user, trade=trade)
    opening = opened(inside)
    assert following.tell_followers() == 2
    assert following.tell_followers() == 0
    assert heard() == ["Ben", "Ilan"]
    english = Notice.objects.get(user=inside.ben.user, kind="mobility.followed")
    assert english.url == opening.get_absolute_url()
    assert str(opening.job.title) in english.text_en
    assert "You follow the team" in english.text_en
    french = Notice.objects.get(user=inside.ilan.user, kind="mobility.followed")
    assert "Un poste est à pourvoir" in french.text_fr
    assert "Eau" in french.text_fr
    assert not Mail.objects.exclude(to="").filter(kind="mobility.followed").exists()


def test_a_seat_is_its_job_in_its_team_on_the_day_of_the_follow(inside, trade):
    inside.maya.employee.assignments.update(job=inside.job)
    following.follow(by=inside.ben.user, holder=inside.maya)
    inside.maya.employee.assignments.update(team=inside.company)  # where Maya goes later changes nothing
    opened(inside)  # the same job, another team
    opened(inside, team=inside.data, job=make.JobDescriptionFactory())  # the same team, another job
    opened(inside, team=inside.company)
    assert following.tell_followers() == 0
    opened(inside, team=inside.data)
    assert following.tell_followers() == 1
    assert "the seat of Maya Lefèvre" in Notice.objects.get().text


def test_a_team_is_that_very_team(inside):
    following.follow(by=inside.ben.user, team=inside.company)
    opened(inside)
    assert following.tell_followers() == 0


def test_nobody_hears_because_of_a_place_or_a_team_they_did_not_name(inside, trade):
    following.follow(by=inside.ilan.user, trade=Trade.objects.create(slug="other", name_en="Other"))
    opened(inside)
    opened(inside, job=make.JobDescriptionFactory(), team=inside.data, site=inside.nantes)  # Ben's own team and place, a job without a trade
    assert following.tell_followers() == 0


def test_who_opened_it_and_who_hires_know_already(inside):
    for person in (inside.hugo, inside.cleo, inside.ben):
        following.follow(by=person.user, team=inside.far)
    opened(inside)
    following.tell_followers()
    assert heard() == ["Ben"]


def test_what_was_open_before_the_follow_is_no_news(inside):
    opened(inside)
    following.follow(by=inside.ben.user, team=inside.far)
    assert following.tell_followers() == 0


@pytest.mark.parametrize("change", ["draft", "closed", "over", "old"])
def test_what_is_not_open_any_more_is_told_to_nobody(change, inside):
    inside.opening.delete()
    following.follow(by=inside.ben.user, team=inside.far)
    Follow.objects.update(at=clock.now() - timedelta(days=30))
    opening = opened(inside)
    values = {
        "draft": {"status": "draft"},
        "closed": {"status": "closed"},
        "over": {"closes_on": clock.today() - timedelta(days=1)},
        "old": {"opened_at": clock.now() - timedelta(days=8)},
    }
    Opening.objects.filter(pk=opening.pk).update(**values[change])
    assert following.tell_followers() == 0


def test_an_opening_that_changes_or_opens_again_is_told_once(inside):
    following.follow(by=inside.ben.user, team=inside.far)
    opening = opened(inside)
    following.tell_followers()
    move(opening, Opening.Status.CLOSED, by=inside.hugo.user)
    move(opening, Opening.Status.OPEN, by=inside.hugo.user)
    Opening.objects.filter(pk=opening.pk).update(opened_at=clock.now(), remote_days=3)
    assert following.tell_followers() == 0
    assert heard() == ["Ben"]


def test_who_left_is_told_nothing_and_keeps_no_follow(inside):
    following.follow(by=inside.ben.user, team=inside.far)
    inside.ben.employee.assignments.update(ended_on=clock.today() - timedelta(days=2))
    opened(inside)
    assert following.tell_followers() == 0
    assert transitions.end_for_leavers() == 1
    assert not Follow.objects.exists()


def test_nobody_but_the_follower_reads_a_follow(inside, trade):
    following.follow(by=inside.ben.user, trade=trade)
    opened(inside)
    following.tell_followers()
    inside.ilan.user.is_superuser = inside.ilan.user.is_staff = True
    inside.ilan.user.save()
    assert Follow.sealed
    assert Alert.sealed
    for model in (Follow, Alert):
        assert {name for name in EVERYBODY if model.objects.visible_to(getattr(inside, name).user).exists()} == {"ben"}
    assert {name for name in EVERYBODY if Follow.objects.allowing(getattr(inside, name).user, "mobility.stop_follow").exists()} == {"ben"}
    assert mine(inside.ben.user).children == [("person", inside.ben.pk)]


def test_no_page_search_export_or_log_tells_who_follows(inside, trade, client_of):
    inside.maya.employee.assignments.update(job=inside.job)
    client = client_of("ben")
    for what, slug in (("trade", "water"), ("team", inside.far.slug), ("seat", inside.maya.slug)):
        client.post(reverse("mobility:follow_create"), {"what": what, "slug": slug})
    assert Follow.objects.count() == 3
    opening = opened(inside)
    following.tell_followers()
    for name in ("maya", "hugo", "cleo"):
        person, browser = getattr(inside, name), client_of(name)
        for address in (opening.get_absolute_url(), inside.maya.get_absolute_url(), inside.ben.get_absolute_url(), inside.far.get_absolute_url()):
            text = browser.get(address).content.decode()
            assert "Stop following" not in text
            assert "You follow" not in text
        assert "follow" not in str(privacy.handed_over(person.user)).lower()
        assert not Notice.objects.filter(user=person.user, kind__startswith="mobility").exists()
    assert {part.name for part, _records in privacy.handed_over(inside.ben.user)} >= {"follows"}
    search.reindex()
    assert search.find(inside.maya.user, "follow").hits == []
    assert not AuditEntry.objects.filter(target__startswith="mobility.").exists()


def test_following_takes_one_post_and_stopping_another(inside, trade, client_of):
    client, page = client_of("ben"), reverse("mobility:opening_list") + "?trade=water"
    assert "Follow the trade Water" in client.get(page).content.decode()
    answer = client.post(reverse("mobility:follow_create"), {"what": "trade", "slug": "water", "next": page}, follow=True)
    assert answer.redirect_chain == [(page, 302)]
    assert "Stop following the trade Water" in answer.content.decode()
    client.post(reverse("mobility:follow_create"), {"what": "trade", "slug": "water", "next": "https://elsewhere.example/"})
    follow = Follow.objects.get()
    mine = client.get(reverse("mobility:application_list")).content.decode()
    assert "The trade Water" in mine
    assert client_of("maya").post(reverse("mobility:follow_delete", args=[follow.pk])).status_code == 404
    client.post(reverse("mobility:follow_delete", args=[follow.pk]))
    assert not Follow.objects.exists()
    assert "Nothing yet." in client.get(reverse("mobility:application_list")).content.decode()


def test_buttons_stand_where_the_thing_is(inside, trade, client_of):
    inside.maya.employee.assignments.update(job=inside.job)
    client = client_of("ben")
    opening = client.get(inside.opening.get_absolute_url()).content.decode()
    assert "Follow the trade Water" in opening
    assert f"Follow the team {inside.far.name}" in opening
    assert f"Follow the team {inside.data.name}" in client.get(inside.data.get_absolute_url()).content.decode()
    assert "Follow the trade Water" in client.get(inside.job.get_absolute_url()).content.decode()
    assert "Follow the seat of Maya Lefèvre" in client.get(inside.maya.get_absolute_url()).content.decode()
    assert "Follow the seat" not in client_of("maya").get(inside.maya.get_absolute_url()).content.decode()


@pytest.mark.parametrize("body", [{}, {"what": "site", "slug": "nantes"}, {"what": "team", "slug": "no-such-team"}, {"what": "seat", "slug": "no-such-person"}])
def test_what_does_not_exist_is_not_followed(body, inside, client_of):
    assert client_of("ben").post(reverse("mobility:follow_create"), body).status_code == 404


def test_one_does_not_follow_oneself_nor_a_seat_without_a_description(inside):
    inside.ben.employee.assignments.update(job=inside.job)
    for holder in (inside.ben, inside.omar, inside.rita):
        with pytest.raises(MoveRefused, match="no seat to follow"):
            following.follow(by=inside.ben.user, holder=holder)


def test_a_follow_is_of_one_thing(inside, trade):
    for wrong in ({}, {"trade": trade, "team": inside.far}, {"job": inside.job}, {"team": inside.far, "job": inside.job}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Follow.objects.create(person=inside.ben, **wrong)


def test_too_many_are_refused_in_words(inside, monkeypatch):
    monkeypatch.setattr(following, "MOST", 1)
    following.follow(by=inside.ben.user, team=inside.far)
    with pytest.raises(MoveRefused, match="stop one first"):
        following.follow(by=inside.ben.user, team=inside.data)


def test_they_are_kept_as_long_as_said_and_go_with_the_person(inside, trade):
    inside.maya.employee.assignments.update(job=inside.job)
    following.follow(by=inside.ben.user, trade=trade)
    following.follow(by=inside.ilan.user, holder=inside.maya)
    opening = opened(inside)
    following.tell_followers()
    later = clock.now() + timedelta(days=100)
    assert not alerts_due(later).exists()
    Opening.objects.filter(pk=opening.pk).update(status="closed", closed_at=clock.now())
    assert alerts_due(later).count() == 1
    assert not follows_due(later).exists()
    assert follows_due(clock.now() + timedelta(days=731)).count() == 2
    erasers = [each for each in privacy._erasers if each.__module__ == "mobility.retention"]
    for person in (inside.ben, inside.maya):
        for each in erasers:
            each(person)
    assert not Follow.objects.exists()
    assert not Alert.objects.exists()


def test_the_pages_ask_as_much_for_many_follows_as_for_one(inside, client_of):
    def asked() -> list[int]:
        counts = []
        for address in (reverse("mobility:opening_list") + f"?team={inside.far.slug}", reverse("mobility:application_list"), inside.opening.get_absolute_url()):
            client_of("ben").get(address)
            with CaptureQueriesContext(connection) as seen:
                client_of("ben").get(address)
            counts.append(len(seen))
        return counts

    following.follow(by=inside.ben.user, team=inside.far)
    few = asked()
    Follow.objects.bulk_create(Follow(person=inside.ben, trade=Trade.objects.create(slug=f"t{n}", name_en=f"Trade {n}")) for n in range(30))
    assert asked() == few


def test_the_label_speaks_the_language_of_its_reader(inside, trade):
    follow = following.follow(by=inside.ben.user, trade=trade)
    with override("fr"):
        assert following.label(follow) == "le métier Eau"
