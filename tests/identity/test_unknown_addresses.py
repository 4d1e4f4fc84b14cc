"""Nobody learns from a page, a header or a mail who is here."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from portal import identity
from portal.accounts.models import User
from tests.identity.signing import PASSWORD, UNKNOWN, ask_code, sign_in, signed_in

pytestmark = pytest.mark.django_db


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
