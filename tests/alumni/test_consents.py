"""Three separate yeses: given to a text, proved, ended by a click, by a mail's link or by their date; and being gone the same day."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from alumni import consenting
from alumni.models import AlumniCard, Consent, Offer
from alumni.transitions import consent as transitions
from portal import clock, privacy, roles
from portal.accounts.models import User
from portal.models import AuditEntry, Mail
from portal.people.models import Person, PersonSkill
from portal.people.retention import leavers_due
from tests import factories as make
from tests.alumni.making import alumnus, fresh, meets, offers, yes

NAMES = ("maya", "hugo", "nia", "ben", "cleo", "ilan", "omar", "visitor")


@pytest.mark.parametrize("name", NAMES)
def test_only_those_who_leave_are_asked(name, cast, client_of):
    answer = client_of(name).get(reverse("alumni:consent_list")).status_code
    assert answer == {"omar": 200, "visitor": 302}.get(name, 404)


def test_a_colleague_whose_last_day_is_known_is_asked_too(cast, client_of):
    seat = cast.ben.employee.assignments.get()
    seat.ended_on = clock.today() + timedelta(days=20)
    seat.save()
    page = client_of("ben").get(reverse("alumni:consent_list")).content.decode()
    assert page.count("Say yes") == 3
    assert "checked" not in page
    client_of("ben").post(reverse("alumni:consent_give", args=["reachable"]))
    assert not roles.belongs(fresh(cast.ben), roles.ALUMNI)  # still a colleague
    assert not AlumniCard.objects.visible_to(fresh(cast.cleo)).exists()  # and shown as an alumnus only once gone


def test_a_yes_keeps_its_text_its_version_and_its_end(cast, client_of):
    cast.omar.user.language = "fr"
    cast.omar.user.save()
    client_of("omar").post(reverse("alumni:consent_give", args=["mentor"]))
    consent = Consent.objects.get()
    assert (consent.scope, consent.version, consent.language, consent.given_by) == ("mentor", 1, "fr", "page")
    assert consent.text == consenting.words_of("mentor", "fr")
    assert consent.text != consenting.words_of("mentor", "en")
    today = clock.today()
    assert consent.until == date(today.year + 2, today.month, min(today.day, 28))
    assert AuditEntry.objects.filter(action="consent.given").count() == 1


def test_nothing_is_created_without_a_yes(cast, client_of):
    client_of("omar").get(reverse("alumni:consent_list"))
    client_of("omar").get(reverse("home"))
    assert not roles.belongs(fresh(cast.omar), roles.ALUMNI)
    assert (Consent.objects.count(), AlumniCard.objects.count(), Offer.objects.count()) == (0, 0, 0)
    assert client_of("omar").get(reverse("alumni:zone_home")).status_code == 404


@pytest.mark.parametrize("scope", Consent.Scope.values)
def test_any_of_the_three_opens_the_zone_and_no_other_thing(scope, cast):
    yes(cast.omar, scope)
    assert roles.belongs(fresh(cast.omar), roles.ALUMNI)
    assert AlumniCard.objects.visible_to(fresh(cast.cleo)).exists() is (scope == "reachable")


def test_a_renewal_is_another_row_and_the_old_one_stays(cast, client_of):
    yes(cast.omar, "reachable")
    yes(cast.omar, "reachable")
    assert sorted(Consent.objects.values_list("status", flat=True)) == ["given", "renewed"]


def test_one_click_withdraws(cast, client_of):
    (consent,) = yes(cast.omar, "reachable")
    client_of("omar").post(reverse("alumni:consent_withdraw", args=[consent.pk]))
    consent.refresh_from_db()
    assert (consent.status, consent.over_by) == ("withdrawn", "page")
    assert not roles.belongs(fresh(cast.omar), roles.ALUMNI)
    assert client_of("omar").post(reverse("alumni:consent_withdraw", args=[consent.pk])).status_code == 404


def test_a_mail_withdraws_without_signing_in_and_reading_it_does_not(cast):
    (consent,) = yes(cast.omar, "mentor")
    link = consenting.link_to_withdraw(cast.omar, "mentor")
    path = "/" + link.split("/", 3)[3]
    visitor = Client(enforce_csrf_checks=True)
    assert visitor.get(path).status_code == 200
    consent.refresh_from_db()
    assert consent.status == "given"
    assert visitor.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200  # RFC 8058: no cookie, no token
    consent.refresh_from_db()
    assert (consent.status, consent.over_by) == ("withdrawn", "mail")
    assert visitor.post(path).status_code == 200  # twice is once
    assert visitor.get(path[:-3] + "xy/").status_code == 404  # a forged link opens nothing


def test_a_link_ends_its_own_purpose_alone(cast):
    yes(cast.omar)
    Client().post("/" + consenting.link_to_withdraw(cast.omar, "mentor").split("/", 3)[3])
    assert set(consenting.held_by(Person.objects.get(pk=cast.omar.pk))) == {"reachable", "ambassador"}


def test_renewal_is_asked_once_with_the_button_of_the_mail_program(cast):
    yes(cast.omar, "reachable")
    Consent.objects.update(until=clock.today() + timedelta(days=40))
    assert (transitions.ask_again(), transitions.ask_again()) == (1, 0)
    mail = Mail.objects.get(kind="alumni.renewal")
    link = consenting.link_to_withdraw(cast.omar, "reachable")
    assert link in mail.body
    assert mail.headers == {"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def test_silence_ends_a_yes(cast):
    yes(cast.omar, "reachable", "mentor")
    with time_machine.travel(clock.now() + timedelta(days=760)):
        assert not roles.belongs(fresh(cast.omar), roles.ALUMNI)
        assert transitions.end_due() == 2
        assert set(Consent.objects.values_list("status", "over_by")) == {("ended", "date")}


def test_withdrawing_mentoring_closes_the_offer_and_ends_pairs(cast):
    yes(cast.omar, "mentor")
    offers(cast.omar)
    pair = meets(cast.ben, cast.omar)
    transitions.withdraw(Consent.objects.get().pk, by=fresh(cast.omar))
    pair.refresh_from_db()
    assert (pair.status, Offer.objects.get().open) == ("ended", False)


# --- what is kept -------------------------------------------------------------------------------------
def test_the_page_of_an_alumnus_lives_as_long_as_a_consent(cast):
    cast.omar.headline = "Fourteen winters."
    cast.omar.save()
    make.PersonSkillFactory(content_object=cast.omar)
    yes(cast.omar, "ambassador")
    assert cast.omar not in leavers_due(clock.now())
    transitions.withdraw(Consent.objects.get().pk, by=fresh(cast.omar))
    assert cast.omar in leavers_due(clock.now())


def test_the_proof_is_kept_five_years_and_no_longer(cast):
    yes(cast.omar, "reachable")
    transitions.withdraw(Consent.objects.get().pk, by=fresh(cast.omar))
    policy = next(each for each in privacy.policies() if each.name == "consents")
    assert not policy.due(clock.now() + timedelta(days=5 * 365)).exists()
    assert policy.due(clock.now() + timedelta(days=5 * 365 + 5)).exists()


def test_three_silent_years_erase_what_an_alumnus_left_here(cast):
    yes(cast.omar, "reachable", "mentor")
    offers(cast.omar)
    policy = next(each for each in privacy.policies() if each.name == "silent alumni")
    assert not policy.due(clock.now()).exists()
    with time_machine.travel(clock.now() + timedelta(days=3 * 365 + 5)):
        transitions.end_due()
        assert list(policy.due(clock.now())) == [cast.omar]
        policy.act(policy.due(clock.now()))
    assert not Offer.objects.exists()


def test_who_asks_is_gone_the_same_day_and_figures_stay(cast, client_of):
    cast.omar.headline = "Fourteen winters."
    cast.omar.save()
    yes(cast.omar)
    offers(cast.omar)
    pair = meets(cast.ben, cast.omar)
    browser = client_of("omar")
    assert browser.post(reverse("alumni:leave"), {}).status_code == 422  # a slip changes nothing
    assert Consent.objects.alive().count() == 3
    page = browser.post(reverse("alumni:leave"), {"sure": "on"})
    assert page.status_code == 200
    assert "staff register" in page.content.decode()
    person = Person.objects.get(pk=cast.omar.pk)
    assert (person.headline, PersonSkill.objects.filter(content_object=person).exists()) == ("", False)
    assert (AlumniCard.objects.count(), Offer.objects.count(), Consent.objects.alive().count()) == (0, 0, 0)
    user = User.objects.get(pk=cast.omar.user_id)
    assert (user.is_active, user.email.startswith("erased")) == (False, True)
    pair.refresh_from_db()
    assert (pair.mentor, pair.goals, pair.status) == (None, "", "ended")
    assert browser.get(reverse("alumni:zone_home")).status_code == 302


def test_my_data_holds_what_i_agreed_to(cast, client_of):
    yes(cast.omar, "reachable")
    page = client_of("omar").get(reverse("my_data")).content.decode()
    assert "What I agreed to" in page
    assert "my former role" in page


def test_the_directory_counts_nobody_who_did_not_agree(cast):
    alumnus(cast, "Ada")
    yes(alumnus(cast, "Bea"), "mentor")
    yes(alumnus(cast, "Cyd"), "reachable")
    assert [card.person.given_name for card in AlumniCard.objects.visible_to(fresh(cast.ben))] == ["Cyd"]


def test_the_page_of_leaving_names_only_what_the_law_keeps(cast, client_of):
    yes(cast.omar)
    page = client_of("omar").get(reverse("alumni:leave")).content.decode()
    assert "staff register" in page
    assert "consent to stay in touch" not in page
