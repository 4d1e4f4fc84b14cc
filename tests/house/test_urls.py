"""Every address × the cast × GET and POST answers what url_table.txt says; a new address without a row fails."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import path

from tests import cast as cast_of_tests
from tests.house import table

pytestmark = pytest.mark.django_db
ADDRESSES = table.addresses()
# Who is not signed in may open these; each is here for a reason one can say aloud.
PUBLIC = {
    # the front door, and what the law wants public
    "home", "help", "accessibility", "privacy_notice", "legal", "sitemap_page", "favicon", "robots", "security_txt", "set_language",
    # what job boards and search engines read; a desk's own link from a mail, signed
    "job_boards", "sitemap", "plans:step_by_link", "plans:step_call",
    # the link that ends a consent, in every mail to alumni, signed
    "alumni:consent_stop",
    # machines that watch
    "health_live", "health_ready",
    # the demo answers on loopback only, and is not installed elsewhere
    "demo", "demo_day", "demo_today", "demo_step_in", "mailbox", "mail_detail", "mail_attachment",
    # signing in
    "account_login", "account_logout", "account_signup", "account_inactive", "account_request_login_code", "account_confirm_login_code",
    "account_reset_password", "account_reset_password_done", "account_reset_password_from_key", "account_reset_password_from_key_done",
    "account_confirm_email", "account_email_verification_sent", "mfa_authenticate", "mfa_login_webauthn", "mfa_trust",
    "openid_connect_login", "openid_connect_callback", "socialaccount_login_cancelled", "socialaccount_login_error", "socialaccount_signup",
}  # fmt: skip
# Whole parts of the site that speak to visitors; their objects are guarded by rules or by a secret in the address.
PUBLIC_PARTS = ("recruitment", "welcome")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """The cast once for the whole walk; each request is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield table.world_of(cast_of_tests.gather())
        transaction.set_rollback(True)


def may_be_public(name):
    return name in PUBLIC or name.split(":")[0] in PUBLIC_PARTS


def open_addresses(addresses):
    return [address.name for address in addresses.values() if address.is_public and not may_be_public(address.name)]


def test_every_address_is_closed_unless_listed():
    assert open_addresses(ADDRESSES) == []


def test_no_listed_address_is_forgotten():
    assert [name for name in table.known_names() if name not in ADDRESSES] == []


def test_a_planted_public_address_is_seen():
    class Planted:
        url_patterns = [path("planted/", login_not_required(lambda request: HttpResponse()), name="planted")]

    assert open_addresses(table.addresses(Planted())) == ["planted"]


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_everyone_is_answered_as_the_table_says(name, world):
    rows, written = table.walk(ADDRESSES[name], world)
    kept = table.known()
    for method, cells in rows.items():
        assert (name, method) in kept, (
            f"{name} has no row. It answers:\n{table.line(name, method, cells)}\nRead it, then copy it into tests/house/url_table.txt."
        )
        assert cells == kept[name, method], (
            f"\n{table.line('', '', table.WHO)}\n{table.line('now', method, cells)}\n{table.line('table', method, kept[name, method])}"
        )
    assert written == []


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_nobody_posts_without_a_token(name, world):
    """A POST from elsewhere, without the CSRF token, is refused before anything happens."""
    address = ADDRESSES[name]
    if getattr(address.view, "csrf_exempt", False):
        assert name in CSRF_EXEMPT
        return
    browser = table.browser_of(world, "hugo", enforce_csrf_checks=True)
    with transaction.atomic():
        assert browser.post(table.address_of(address, world)).status_code in (403, 404, 405)
        transaction.set_rollback(True)


# Posted to by machines, which show another secret.
CSRF_EXEMPT = {
    "alumni:consent_stop",  # RFC 8058: mail programs end a consent by the signed link
    "plans:step_call",  # a desk's own system says that a step is done: the call is signed
}


def test_a_get_that_writes_is_seen(world):
    person = world.cast.ben

    def planted(request):
        type(person).objects.filter(pk=person.pk).update(headline="written by a GET")
        return HttpResponse()

    watch = table.Written()
    with transaction.atomic(), connection.execute_wrapper(watch):
        planted(None)
        transaction.set_rollback(True)
    assert [name for name in watch if name not in table.MAY_WRITE] == ["people_person"]
