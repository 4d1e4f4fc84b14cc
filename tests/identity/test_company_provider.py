"""Signing in by the company's identity provider, tried against a real provider process: linked by `sub`, never by address."""

import json
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse

from portal import clock, identity
from portal.accounts.models import User
from tests.identity.signing import now_code, signed_in, totp_of

pytestmark = pytest.mark.django_db
BEN, CLEO, STRANGER = "idp|1001", "idp|1002", "idp|9999"


@pytest.fixture(scope="module")
def provider():
    """oidc-provider-mock as its own process; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # The stranger's provider account claims Ben's address, and says that it is verified.
    claims = {"sub": STRANGER, "email": "ben@rivage.example", "email_verified": True, "name": "Not Ben"}
    command = [
        str(Path(sys.executable).with_name("oidc-provider-mock")),
        "--port",
        str(port),
        "--user",
        BEN,
        "--user",
        CLEO,
        "--user-claims",
        json.dumps(claims),
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    for _ in range(300):
        try:
            httpx.get(f"{address}/.well-known/openid-configuration").raise_for_status()
            break
        except httpx.HTTPError:
            time.sleep(0.2)
    yield address
    process.terminate()
    process.wait(10)


@pytest.fixture
def company(provider, settings):
    """The portal set up as OIDC_SERVER_URL sets it up."""
    app = {
        "provider_id": identity.COMPANY,
        "name": "Rivage",
        "client_id": "portal",
        "secret": "secret",
        "settings": {"server_url": provider, "token_auth_method": "client_secret_basic"},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    return provider


def start(browser, process="login"):
    """Where the portal sends the browser."""
    return browser.post(f"{reverse('openid_connect_login', args=[identity.COMPANY])}?process={process}").headers["Location"]


def come_back(browser, address):
    parts = urlsplit(address)
    answer = browser.get(f"{parts.path}?{parts.query}")
    for _ in range(5):
        if "Location" not in answer.headers or not answer.headers["Location"].startswith("/"):
            break
        answer = browser.get(answer.headers["Location"])
    return answer


def enter(browser, subject, process="login"):
    """The whole way there and back as the provider's `subject`."""
    there = httpx.post(start(browser, process), data={"sub": subject})
    return come_back(browser, there.headers["Location"])


def test_the_link_opens(company, cast):
    identity.link(cast.ben.user, BEN)
    browser = Client()
    enter(browser, BEN)
    assert signed_in(browser)
    assert browser.session["_auth_user_id"] == str(cast.ben.user.pk)


def test_an_unknown_sub_opens_nothing_and_makes_no_account(company, cast):
    before = User.objects.count()
    browser = Client()
    enter(browser, CLEO)
    assert not signed_in(browser)
    assert User.objects.count() == before


def test_an_address_never_links(company, cast):
    """The provider says that this stranger owns Ben's address, verified; it opens nothing of Ben's."""
    browser = Client()
    enter(browser, STRANGER)
    assert not signed_in(browser)
    assert not SocialAccount.objects.exists()


def test_a_signed_in_person_links_their_own(company, cast, client_of):
    browser = client_of("ben")
    session = browser.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session.save()
    enter(browser, BEN, "connect")
    assert SocialAccount.objects.get().user == cast.ben.user
    other = Client()
    enter(other, BEN)
    assert other.session["_auth_user_id"] == str(cast.ben.user.pk)


def test_linking_brings_no_address_along(company, cast, client_of):
    browser = client_of("cleo")
    session = browser.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session.save()
    enter(browser, STRANGER, "connect")
    assert SocialAccount.objects.get().user == cast.cleo.user
    assert set(EmailAddress.objects.filter(user=cast.cleo.user).values_list("email", flat=True)) == {cast.cleo.user.email}


def test_one_identity_belongs_to_one_account(cast):
    identity.link(cast.ben.user, BEN)
    assert identity.link(cast.ben.user, BEN).user == cast.ben.user
    with pytest.raises(ValueError, match="another account"):
        identity.link(cast.cleo.user, BEN)


def test_a_closed_account_is_not_opened_by_the_provider(company, cast):
    identity.link(cast.ben.user, BEN)
    identity.shut(cast.ben.user)
    browser = Client()
    enter(browser, BEN)
    assert not signed_in(browser)


def test_the_second_factor_is_asked_for_here_too(company, cast):
    identity.link(cast.ben.user, BEN)
    secret = totp_of(cast.ben.user)
    browser = Client()
    enter(browser, BEN)
    assert not signed_in(browser)
    with time_machine.travel(clock.now(), tick=False):
        browser.post(reverse("mfa_authenticate"), {"code": now_code(secret)})
    assert signed_in(browser)


def test_an_answer_with_another_state_opens_nothing(company, cast):
    identity.link(cast.ben.user, BEN)
    browser = Client()
    there = httpx.post(start(browser), data={"sub": BEN}).headers["Location"]
    come_back(browser, there.replace("state=", "state=x"))
    assert not signed_in(browser)


def test_an_answer_in_another_browser_opens_nothing(company, cast):
    identity.link(cast.ben.user, BEN)
    there = httpx.post(start(Client()), data={"sub": BEN}).headers["Location"]
    thief = Client()
    come_back(thief, there)
    assert not signed_in(thief)


def test_a_code_is_bound_to_the_browser_that_asked(company):
    """PKCE: the provider gets a challenge, the portal keeps the verifier."""
    assert "code_challenge_method=S256" in start(Client())


def test_a_refusal_at_the_provider_is_said_kindly(company, cast):
    browser = Client()
    there = httpx.post(start(browser), data={"action": "deny"})
    answer = come_back(browser, there.headers["Location"])
    assert answer.status_code in (200, 401)
    assert not signed_in(browser)


def test_going_there_takes_a_post(company):
    answer = Client().get(reverse("openid_connect_login", args=[identity.COMPANY]))
    assert "Location" not in answer.headers
