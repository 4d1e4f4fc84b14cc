"""Sessions: listed, ended by their owner, and by whatever closes an account; and what follows a person from one to the next."""

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from portal import identity
from portal.accounts.models import User
from tests.identity.signing import PASSWORD, ask_code, code_in, sign_in, signed_in

pytestmark = pytest.mark.django_db


# --- sessions -----------------------------------------------------------------------------------------
def test_my_sessions_are_listed_and_can_be_ended(ben):
    here, there = Client(headers={"user-agent": "Here/1"}), Client(headers={"user-agent": "There/1"})
    for browser in (here, there):
        sign_in(browser, ben.email)
    page = here.get(reverse("usersessions_list"))
    assert b"There/1" in page.content or UserSession.objects.filter(user=ben).count() == 2
    here.post(reverse("usersessions_list"))
    assert signed_in(here)
    assert not signed_in(there)


def test_a_closed_account_loses_its_sessions_at_once(ben):
    browser = Client()
    sign_in(browser, ben.email)
    assert signed_in(browser)
    identity.shut(ben)
    assert not signed_in(browser)


def test_a_session_of_a_closed_account_does_not_come_back_when_it_is_opened_again(ben):
    browser = Client()
    sign_in(browser, ben.email)
    identity.shut(ben)
    identity.reopen(ben)
    assert not signed_in(browser)
    again = Client()
    sign_in(again, ben.email)
    assert signed_in(again)


def test_a_flag_alone_closes_the_account_too(ben):
    browser = Client()
    sign_in(browser, ben.email)
    User.objects.filter(pk=ben.pk).update(is_active=False)
    assert not signed_in(browser)


def test_a_changed_password_ends_the_other_sessions(ben):
    here, there = Client(), Client()
    for browser in (here, there):
        sign_in(browser, ben.email)
    here.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": "another river, another day", "password2": "another river, another day"}
    )
    assert not signed_in(there)


# --- language and addresses ---------------------------------------------------------------------------
def test_language_and_theme_stay_with_the_person(ben):
    browser = Client()
    sign_in(browser, ben.email)
    browser.post(reverse("set_language"), {"language": "fr", "next": "/"})
    User.objects.filter(pk=ben.pk).update(theme="dark")
    other = Client(headers={"accept-language": "en"})
    sign_in(other, ben.email)
    page = other.get(reverse("notices"))
    assert b'<html lang="fr" data-theme="dark"' in page.content


def test_an_address_is_nobodys_before_it_is_proven(ben, mails):
    """An address that Ben claims but did not prove opens nothing, for him or for whoever reads it."""
    EmailAddress.objects.create(user=ben, email="claimed@elsewhere.example", verified=False)
    browser = Client()
    _, letters = mails(lambda: ask_code(browser, "claimed@elsewhere.example"))
    for letter in letters:
        browser.post(reverse("account_confirm_login_code"), {"code": code_in(letter)})
    assert not signed_in(browser) or EmailAddress.objects.get(email="claimed@elsewhere.example").verified
