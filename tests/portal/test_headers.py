"""What every answer carries, read from real answers; what production adds is in test_as_production.py."""

import logging
import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from portal import logs

pytestmark = pytest.mark.django_db
PAGES = [("visitor", "account_login"), ("visitor", "help"), ("ben", "notices"), ("hugo", "trust:audit_list")]


def policy(response):
    return {part.split()[0]: part.split()[1:] for part in response.headers["Content-Security-Policy"].split(";") if part.strip()}


@pytest.mark.parametrize(("who", "name"), PAGES)
def test_every_page_says_where_its_parts_may_come_from(client_of, who, name):
    found = policy(client_of(who).get(reverse(name)))
    assert found["default-src"] == ["'none'"]
    assert found["base-uri"] == found["frame-ancestors"] == ["'none'"]
    assert found["form-action"] == ["'self'"]
    every = [word for words in found.values() for word in words]
    assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "https:", "http:"} & set(every)
    assert all(word in ("'self'", "'none'", "data:") or word.startswith("'nonce-") for word in every)


def test_a_nonce_is_good_for_one_answer(client_of):
    seen = {nonce for _ in range(3) for nonce in re.findall(r'nonce="([^"]+)"', client_of("visitor").get(reverse("account_login")).content.decode())}
    assert len(seen) in (0, 3)


@pytest.mark.parametrize(("who", "name"), PAGES)
def test_every_page_keeps_to_its_reader(client_of, who, name):
    headers = client_of(who).get(reverse(name)).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "charset=utf-8" in headers["Content-Type"]


def test_what_a_signed_in_person_sees_is_not_stored(client_of):
    assert "no-store" in client_of("ben").get(reverse("notices")).headers["Cache-Control"]


def test_signing_out_empties_the_browsers_store(client_of):
    assert client_of("ben").post(reverse("account_logout")).headers["Clear-Site-Data"] == '"cache", "storage"'


@pytest.mark.parametrize("name", ["404", "500", "403_csrf"])
def test_errors_carry_the_policy_too(client_of, name):
    response = client_of("visitor").get("/no-such-page/") if name == "404" else Client(enforce_csrf_checks=True).post(reverse("set_language"))
    assert policy(response)["default-src"] == ["'none'"]


def test_every_answer_has_its_own_id(client_of):
    seen = {client_of("visitor").get(reverse("help")).headers["X-Request-ID"] for _ in range(3)}
    assert len(seen) == 3
    assert all(re.fullmatch("[0-9a-f]{12}", one) for one in seen)


def test_an_id_from_outside_is_not_believed(client_of):
    assert client_of("visitor").get(reverse("help"), headers={"x-request-id": "evil"}).headers["X-Request-ID"] != "evil"


# --- going elsewhere ----------------------------------------------------------------------------------
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "javascript:alert(1)",
    "http:evil.example",
    "https:///evil.example",
    "\thttps://evil.example",
]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_nobody_is_sent_elsewhere_by_a_language(client_of, target):
    assert client_of("visitor").post(reverse("set_language"), {"language": "fr", "next": target}).headers["Location"] == "/"


@pytest.mark.parametrize("target", ELSEWHERE)
def test_nobody_is_sent_elsewhere_by_signing_in(cast, target):
    cast.ben.user.set_password("a river runs through it")
    cast.ben.user.save()
    answer = Client().post(f"{reverse('account_login')}?next={target}", {"login": cast.ben.user.email, "password": "a river runs through it", "next": target})
    assert "evil" not in answer.headers["Location"]
    assert "javascript" not in answer.headers["Location"]


def test_another_host_name_is_refused(client_of):
    assert client_of("visitor").get(reverse("help"), headers={"host": "evil.example"}).status_code == 400


def test_the_links_in_mails_come_from_settings_not_from_the_request(cast, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        Client().post(reverse("account_reset_password"), {"email": cast.ben.user.email}, headers={"host": "127.0.0.1", "x-forwarded-host": "evil.example"})
    assert "evil" not in mailoutbox[0].body
    assert settings.SITE_URL in mailoutbox[0].body


def test_whom_to_tell_about_a_weakness_is_said_to_machines(client_of):
    text = client_of("visitor").get("/.well-known/security.txt").content.decode()
    assert "Contact: mailto:" in text
    assert re.search(r"Expires: \d{4}-\d\d-\d\dT", text)


# --- logs ---------------------------------------------------------------------------------------------
def test_log_lines_hold_an_id_and_no_personal_data(cast, caplog):
    cast.ben.user.set_password("a river runs through it")
    cast.ben.user.save()
    with caplog.at_level(logging.DEBUG, logger="portal"), caplog.at_level(logging.INFO, logger="django.request"):
        browser = Client()
        browser.post(reverse("account_login"), {"login": cast.ben.user.email, "password": "wrong"})
        browser.post(reverse("account_login"), {"login": cast.ben.user.email, "password": "a river runs through it"})
        browser.post(reverse("account_request_login_code"), {"email": cast.ben.user.email})
        browser.get("/people/no-such-person/")
    said = "\n".join(logs.Json().format(record) for record in caplog.records)
    assert cast.ben.user.email not in said
    assert "a river runs" not in said
    assert "Okafor" not in said


def test_a_log_line_stays_one_line():
    record = logging.LogRecord("x", logging.WARNING, "f", 1, "first\nforged second line", None, None)
    assert "\n" not in logs.Json().format(record)
    assert "\n" not in logs.Line().format(record)
