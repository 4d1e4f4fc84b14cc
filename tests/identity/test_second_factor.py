"""The second factor: asked for on every way in, and of those who hold duties."""

import re
from importlib import import_module

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from cryptography.fernet import Fernet
from django.apps import apps
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from portal import clock
from portal.accounts.models import User
from tests.identity.signing import ask_code, code_in, now_code, sign_in, signed_in, totp_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _time_stands_still():
    """A code of an authenticator app is good for half a minute, of which a busy machine may need the rest."""
    with time_machine.travel(clock.now(), tick=False):
        yield


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


def opens_with(user, code):
    browser = Client()
    sign_in(browser, user.email)
    browser.post(reverse("mfa_authenticate"), {"code": code})
    return signed_in(browser)


def test_secrets_are_sealed_where_they_are_kept_and_move_to_a_new_key(ben, settings):
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.FIELD_ENCRYPTION_KEYS = [old]
    secret, spare = totp_of(ben), RecoveryCodes.activate(ben).get_unused_codes()[0]
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))
    settings.FIELD_ENCRYPTION_KEYS = [new, old]
    call_command("rotate_codes")
    settings.FIELD_ENCRYPTION_KEYS = [new]
    assert opens_with(ben, now_code(secret))
    assert opens_with(ben, spare)


def test_with_its_key_lost_a_factor_opens_nothing_and_breaks_nothing(ben, settings):
    settings.FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    secret, spare = totp_of(ben), RecoveryCodes.activate(ben).get_unused_codes()[0]
    settings.FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    assert not any(opens_with(ben, code) for code in (now_code(secret), spare, now_code("")))


def test_what_was_kept_in_the_clear_is_sealed_by_migrating(ben):
    secret = totp_of(ben)
    Authenticator.objects.update(data={"secret": secret})
    import_module("portal.migrations.0005_seal_second_factors").seal(apps, None)
    assert Authenticator.objects.get().data["secret"] != secret
    assert opens_with(ben, now_code(secret))
