"""Signing in as a person does: by code, by password, with an authenticator app."""

import re
import time

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.urls import reverse

PASSWORD = "a river runs through it"
UNKNOWN = "nobody@rivage.example"


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
