"""Signing in by code and password: what opens, what stays shut, and that no page tells whether an address is known."""

import re
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client
from django.urls import reverse

from portal import identity
from portal.accounts.models import User
from portal.models import AuditEntry, Mail

pytestmark = pytest.mark.django_db
PASSWORD = "a river runs through it"
UNKNOWN = "nobody@rivage.example"


@pytest.fixture
def ben(cast):
    user = cast.ben.user
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def mails(django_capture_on_commit_callbacks):
    """Run a step and give back the mails that left with it."""

    def step(act):
        before = len(mail.outbox)
        with django_capture_on_commit_callbacks(execute=True):
            answer = act()
        return answer, mail.outbox[before:]

    return step


def signed_in(browser):
    return browser.get(reverse("notices")).status_code == 200


def ask_code(browser, address):
    return browser.post(reverse("account_request_login_code"), {"email": address})


def code_in(letter):
    return re.search(r"^([0-9A-Z]{4}-[0-9A-Z]{4})$", letter.body, re.M).group(1)


def sign_in(browser, address, password=PASSWORD):
    return browser.post(reverse("account_login"), {"login": address, "password": password})


def totp_of(user):
    """An authenticator app for `user`: its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def now_code(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


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


# --- nobody learns who is here ------------------------------------------------------------------------
def plain(response, address):
    """What a page says, without tokens and the address itself."""
    text = response.content.decode().replace(address, "ADDRESS")
    text = re.sub(r'(value|content|nonce)="[^"]{20,}"', r"\1", text)
    text = re.sub(r'(id|for|aria-describedby)="[^"]*"', r"\1", text)
    return re.sub(r"\s+", " ", text)


FLOWS = {
    "password": lambda browser, address: sign_in(browser, address, "not the password"),
    "code": ask_code,
    "reset": lambda browser, address: browser.post(reverse("account_reset_password"), {"email": address}),
    "signup": lambda browser, address: browser.post(reverse("account_signup"), {"email": address}),
}


@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize("flow", FLOWS)
def test_known_closed_and_unknown_addresses_are_answered_alike(ben, flow, closed, mails):
    if closed:
        identity.shut(ben)
    answers = []
    for address in (ben.email, UNKNOWN):
        browser = Client()
        answer, _ = mails(lambda browser=browser, address=address: FLOWS[flow](browser, address))
        steps = [(answer.status_code, answer.headers.get("Location", ""), sorted(answer.headers), plain(answer, address))]
        while "Location" in answer.headers:
            answer = browser.get(answer.headers["Location"])
            steps.append((answer.status_code, plain(answer, address)))
        answers.append(steps)
    assert answers[0] == answers[1]


@pytest.mark.parametrize("flow", ["code", "reset"])
def test_an_unknown_address_gets_no_mail(flow, mails):
    _, letters = mails(lambda: FLOWS[flow](Client(), UNKNOWN))
    assert letters == []


def test_wrong_codes_are_answered_alike(ben, mails):
    answers = []
    for address in (ben.email, UNKNOWN):
        browser = Client()
        mails(lambda browser=browser, address=address: ask_code(browser, address))
        answer = browser.post(reverse("account_confirm_login_code"), {"code": "WRONG1"})
        answers.append((answer.status_code, plain(answer, address)))
    assert answers[0] == answers[1]


def test_nobody_signs_up(ben):
    before = User.objects.count()
    answer = Client().post(reverse("account_signup"), {"email": UNKNOWN, "password1": PASSWORD, "password2": PASSWORD})
    assert answer.status_code in (200, 302)
    assert User.objects.count() == before


def test_a_closed_account_opens_for_nobody_and_gets_no_code(ben, mails):
    identity.shut(ben)
    browser = Client()
    sign_in(browser, ben.email)
    _, letters = mails(lambda: ask_code(browser, ben.email))
    assert not signed_in(browser)
    assert letters == []


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


# --- second factor ------------------------------------------------------------------------------------
def test_an_authenticator_app_is_asked_for_on_every_way_in(ben, mails):
    secret = totp_of(ben)
    browser = Client()
    sign_in(browser, ben.email)
    assert not signed_in(browser)
    browser.post(reverse("mfa_authenticate"), {"code": now_code(secret)})
    assert signed_in(browser)
    by_code = Client()
    _, letters = mails(lambda: ask_code(by_code, ben.email))
    by_code.post(reverse("account_confirm_login_code"), {"code": code_in(letters[0])})
    assert not signed_in(by_code)


def test_a_recovery_code_opens_once(ben):
    totp_of(ben)
    spare = RecoveryCodes.activate(ben).get_unused_codes()[0]
    for opens in (True, False):
        browser = Client()
        sign_in(browser, ben.email)
        browser.post(reverse("mfa_authenticate"), {"code": spare})
        assert signed_in(browser) is opens


def test_a_reset_password_keeps_the_second_factor(ben, mails):
    totp_of(ben)
    browser = Client()
    _, letters = mails(lambda: browser.post(reverse("account_reset_password"), {"email": ben.email}))
    link = re.search(r"https?://\S+", letters[0].body).group(0).split("localhost:8000")[-1].split("testserver")[-1]
    form = browser.get(link).headers["Location"]
    browser.post(form, {"password1": "another river, another day", "password2": "another river, another day"})
    sign_in(browser, ben.email, "another river, another day")
    assert not signed_in(browser)
    assert Authenticator.objects.filter(user=ben).exists()


DUTIES = ["hr", "hr_admin", "it", "operator"]


@pytest.mark.parametrize(("name", "gated"), [("hugo", True), ("ilan", True), ("ben", False), ("maya", False)])
def test_duties_on_other_peoples_data_ask_for_a_second_factor(client_of, settings, name, gated):
    settings.MFA_REQUIRED_ROLES = DUTIES
    answer = client_of(name).get(reverse("notices"))
    assert (answer.status_code, answer.headers.get("Location")) == ((302, reverse("mfa_index")) if gated else (200, None))


def test_the_way_to_a_second_factor_and_out_stays_open(client_of, settings):
    settings.MFA_REQUIRED_ROLES = DUTIES
    browser = client_of("hugo")
    for name in ("mfa_index", "mfa_activate_totp", "account_logout", "help", "privacy_notice"):
        answer = browser.get(reverse(name))
        assert answer.status_code == 200 or "reauthenticate" in answer.headers["Location"], name


def test_with_a_second_factor_everything_opens(cast, client_of, settings):
    settings.MFA_REQUIRED_ROLES = DUTIES
    totp_of(cast.hugo.user)
    assert client_of("hugo").get(reverse("notices")).status_code == 200


def test_recovery_codes_alone_are_no_second_factor(cast, client_of, settings):
    settings.MFA_REQUIRED_ROLES = DUTIES
    RecoveryCodes.activate(cast.hugo.user)
    assert client_of("hugo").get(reverse("notices")).status_code == 302


def test_an_administrator_is_asked_too(client_of, cast, settings):
    settings.MFA_REQUIRED_ROLES = DUTIES
    User.objects.filter(pk=cast.ben.user.pk).update(is_superuser=True)
    assert client_of("ben").get(reverse("notices")).status_code == 302


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
