"""A passkey, from a virtual authenticator in a real Chromium: made once, it opens without a word typed."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

PASSWORD = "a river runs through it"


@pytest.fixture
def ben(cast):
    user = cast.ben.user
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def page(page_of, ben):
    """A visitor's page with an authenticator built in."""
    page = page_of("visitor")
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    kind = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": kind})
    return page


def sign_in_by_password(page, user):
    page.goto(reverse("account_login"))
    page.locator("details.under summary").click()
    form = page.locator("form", has=page.locator("input[type=password]"))
    form.locator("input[name=login]").fill(user.email)
    form.locator("input[name=password]").fill(PASSWORD)
    form.locator("button[type=submit]").click()
    page.wait_for_url(lambda url: "/accounts/login" not in url)


def go(page, name):
    """Open a page that changes what opens the account: the password is asked for again."""
    page.goto(reverse(name))
    if "reauthenticate" in page.url:
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_url(lambda url: "reauthenticate" not in url)


def make_passkey(page):
    go(page, "mfa_add_webauthn")
    page.locator("input[name=name]").fill("This computer")
    if page.locator("input[name=passwordless]").count():
        page.locator("input[name=passwordless]").check()
    page.get_by_role("button", name=re.compile("add|create", re.I)).first.click()
    page.wait_for_url(re.compile("/accounts/2fa/(?!webauthn/add)"))


def sign_out(page):
    page.goto(reverse("account_logout"))
    page.locator("main form button[type=submit]").click()
    page.wait_for_load_state()


def test_a_passkey_opens_without_a_word_typed(page, ben):
    sign_in_by_password(page, ben)
    make_passkey(page)
    assert Authenticator.objects.filter(user=ben, type=Authenticator.Type.WEBAUTHN).exists()
    sign_out(page)
    page.goto(reverse("account_login"))
    page.locator("#mfa_login, [form=mfa_login]").first.click()
    page.wait_for_url(lambda url: "/accounts/" not in url)
    page.goto(reverse("notices"))
    assert page.locator("h1").inner_text() == "Notices"


def test_an_authenticator_app_is_set_up_with_codes_to_keep(page, ben):
    from tests.identity.signing import now_code

    sign_in_by_password(page, ben)
    go(page, "mfa_activate_totp")
    assert page.locator("img, svg.qr").first.is_visible()
    secret = page.locator("#authenticator_secret").input_value()
    for _ in range(3):  # a code whose half minute is over is refused: one types the next
        page.locator("input[name=code]").fill(now_code(secret))
        with page.expect_navigation():
            page.locator("main button[type=submit]").first.click()
        if "totp/activate" not in page.url:
            break
    assert "totp/activate" not in page.url
    go(page, "mfa_view_recovery_codes")
    assert (
        len(re.findall(r"\b[0-9A-Za-z]{6,}\b", page.locator("textarea, pre, .prose").first.inner_text() or page.locator("textarea").first.input_value())) >= 8
    )
