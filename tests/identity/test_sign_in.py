"""Signing in by code and password: what opens, what stays shut, and how often one may try."""

import pytest
from django.test import Client
from django.urls import reverse

from portal.models import AuditEntry, Mail
from tests.identity.signing import ask_code, code_in, sign_in, signed_in

pytestmark = pytest.mark.django_db


# --- by code ------------------------------------------------------------------------------------------
def test_a_code_by_mail_opens(ben, mails):
    browser = Client()
    answer, letters = mails(lambda: ask_code(browser, ben.email))
    assert answer.status_code == 302
    assert [letter.to for letter in letters] == [[ben.email]]
    browser.post(reverse("account_confirm_login_code"), {"code": code_in(letters[0])})
    assert signed_in(browser)


def test_a_code_opens_once(ben, mails):
    browser = Client()
    _, letters = mails(lambda: ask_code(browser, ben.email))
    browser.post(reverse("account_confirm_login_code"), {"code": code_in(letters[0])})
    other = Client()
    mails(lambda: ask_code(other, ben.email))
    other.post(reverse("account_confirm_login_code"), {"code": code_in(letters[0])})
    assert not signed_in(other)


def test_a_wrong_code_opens_nothing_and_three_end_the_try(ben, mails):
    browser = Client()
    _, letters = mails(lambda: ask_code(browser, ben.email))
    for _ in range(3):
        browser.post(reverse("account_confirm_login_code"), {"code": "WRONG1"})
    browser.post(reverse("account_confirm_login_code"), {"code": code_in(letters[0])})
    assert not signed_in(browser)
    assert AuditEntry.objects.filter(action="account.refused", target=f"accounts.user:{ben.pk}").count() == 3


def test_a_code_is_written_in_the_language_of_its_reader(ben, mails):
    ben.language = "fr"
    ben.save()
    _, letters = mails(lambda: Client(headers={"accept-language": "en"}).post(reverse("account_request_login_code"), {"email": ben.email}))
    assert "Saisissez ce code" in letters[0].body
    assert letters[0].extra_headers["Content-Language"] == "fr"


def test_a_sent_code_is_not_kept(ben, mails):
    mails(lambda: ask_code(Client(), ben.email))
    assert Mail.objects.get(kind="account").body == ""


# --- by password --------------------------------------------------------------------------------------
def test_a_password_opens(ben):
    browser = Client()
    sign_in(browser, ben.email)
    assert signed_in(browser)
    assert AuditEntry.objects.filter(action="account.signed_in", actor=f"user:{ben.pk}").exists()


def test_capitals_in_an_address_do_not_matter(ben):
    browser = Client()
    sign_in(browser, ben.email.upper())
    assert signed_in(browser)


def test_a_wrong_password_is_logged_without_what_was_typed(ben):
    sign_in(Client(), ben.email, "not the password")
    entry = AuditEntry.objects.filter(action="account.refused").latest("pk")
    assert entry.target == f"accounts.user:{ben.pk}"
    assert ben.email not in str(entry.detail)
    assert "not the password" not in str(entry.detail)


def test_the_session_is_new_after_signing_in(ben):
    browser = Client()
    browser.get(reverse("account_login"))
    browser.session["planted"] = 1
    before = browser.session.session_key
    sign_in(browser, ben.email)
    assert browser.session.session_key != before


def test_signing_out_ends_the_session_on_the_server(ben):
    browser = Client()
    sign_in(browser, ben.email)
    stolen = browser.cookies["sessionid"].value
    browser.post(reverse("account_logout"))
    thief = Client()
    thief.cookies["sessionid"] = stolen
    assert not signed_in(thief)
    assert AuditEntry.objects.filter(action="account.signed_out", actor=f"user:{ben.pk}").exists()


def test_an_account_without_a_password_is_not_opened_by_an_empty_one(cast):
    browser = Client()
    for attempt in ("", "!", " "):
        sign_in(browser, cast.cleo.user.email, attempt)
    assert not signed_in(browser)


# --- limits -------------------------------------------------------------------------------------------
def test_guessing_a_password_is_stopped_and_the_limit_is_shared(ben):
    for _ in range(6):
        sign_in(Client(), ben.email, "not the password")
    browser = Client()
    sign_in(browser, ben.email)
    assert not signed_in(browser)


def test_limits_live_in_the_database_where_all_processes_see_them(settings):
    assert settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")


def test_asking_for_codes_is_limited_by_address(ben, mails):
    letters = [letter for _ in range(6) for letter in mails(lambda: ask_code(Client(), ben.email))[1]]
    assert len(letters) <= 3
