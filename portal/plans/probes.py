"""Asking other systems whether what was opened really answers: HTTP, SMTP, SCIM, LDAP; each with a time limit.

A probe touches no database. It answers READY or NOT_READY only when the other system said so in so many words;
everything else, silence first of all, is CANNOT_TELL.
"""

import http.client
import json
import smtplib
import ssl
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from functools import partial
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.utils.translation import gettext_noop

from portal.plans.models.words import Thing
from portal.readiness import CANNOT_TELL, NOT_READY, READY, Answer, failed

# Seconds one system has to answer one question.
TIME_LIMIT = 5
PATIENCE = 15.0  # seconds for the whole talk of one question, whatever drips
MOST_BYTES = 64 * 1024
POLICY = b"5.7."  # RFC 3463: refused for a reason of policy, which says nothing of the mailbox
LATE = Answer(CANNOT_TELL, gettext_noop("No answer in time."))


def of(thing: str, address: str) -> dict[str, Callable[[], Answer]]:
    """What this house's systems can be asked about an account of this kind, by the name of the system; {} when none is set."""
    accounts, mail, scim, ldap = settings.PROBE_ACCOUNTS, settings.PROBE_MAIL, settings.PROBE_SCIM, settings.PROBE_LDAP
    if thing == Thing.SYSTEM:
        known = {"accounts": accounts and partial(http_account, accounts, address, token=settings.PROBE_TOKEN)}
    elif thing == Thing.MAILBOX:
        known = {
            "mail": mail and partial(mailbox, mail, address),
            "scim": scim and partial(scim_account, scim, address, token=settings.PROBE_TOKEN),
            "ldap": ldap and partial(ldap_account, ldap, settings.PROBE_LDAP_BASE, address),
        }
    else:
        known = {}
    return {name: probe for name, probe in known.items() if probe}


def things() -> list[str]:
    """The kinds of access that some system of this house can be asked about."""
    return [thing for thing in Thing.values if of(thing, "")]


def together(questions: list) -> list:
    """The answers to these questions, asked at once; what is no question is its own answer. Whoever is not back within PATIENCE is silent."""
    answers = [LATE if callable(question) else question for question in questions]

    def ask(place: int, question) -> None:
        answers[place] = _one(question)

    asked = [threading.Thread(target=ask, args=each, daemon=True) for each in enumerate(questions) if callable(each[1])]
    for thread in asked:
        thread.start()
    end = time.monotonic() + PATIENCE
    for thread in asked:
        thread.join(max(0.0, end - time.monotonic()))
    return list(answers)  # a copy: a late answer changes nothing any more


def _one(question) -> Answer:
    try:
        return question()
    except Exception as error:
        return failed(error)


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """A probe asks where it was told to ask and nowhere else."""

    def redirect_request(self, *args, **kwargs):
        return None


def _opener() -> urllib.request.OpenerDirector:
    return urllib.request.build_opener(urllib.request.ProxyHandler({}), NoRedirect)


def _ask(url: str, accept: str, token: str) -> urllib.request.Request:
    """A GET request for `url`; ValueError for anything but http and https."""
    if urlsplit(url).scheme not in ("http", "https"):
        raise ValueError("Only http and https are asked.")
    request = urllib.request.Request(url, headers={"Accept": accept})  # noqa: S310 - the scheme was looked at
    if token:
        request.add_header("Authorization", f"Bearer {token}")
    return request


def silent(system: str) -> Answer:
    return Answer(CANNOT_TELL, gettext_noop("%(system)s did not answer."), {"system": system})


def strange(system: str, said) -> Answer:
    return Answer(CANNOT_TELL, gettext_noop("%(system)s answered something unexpected (%(said)s)."), {"system": system, "said": str(said)[:40]})


def http_account(base: str, account: str, *, token: str = "") -> Answer:
    """Whether `base`/`account` exists: 200 yes, 404 no."""
    system = urlsplit(base).hostname or base
    try:
        request = _ask(f"{base.rstrip('/')}/{quote(account, safe='@.')}", "application/json", token)
        with _opener().open(request, timeout=TIME_LIMIT) as response:
            status = response.status
    except urllib.error.HTTPError as error:
        status = error.code
    except http.client.HTTPException:
        return strange(system, "no HTTP")
    except (OSError, ValueError):
        return silent(system)
    if status == 200:
        return Answer(READY, gettext_noop("%(account)s exists."), {"account": account})
    if status == 404:
        return Answer(NOT_READY, gettext_noop("%(account)s does not exist yet."), {"account": account})
    return strange(system, status)


def mailbox(server: str, address: str) -> Answer:
    """Whether the mail server takes letters for `address`; nothing is sent: the talk ends after RCPT TO."""
    place = urlsplit(server if "//" in server else f"smtp://{server}")
    host, port = place.hostname or "", place.port or 25
    try:
        with smtplib.SMTP(host, port, timeout=TIME_LIMIT) as smtp:
            smtp.ehlo_or_helo_if_needed()
            if smtp.has_extn("starttls"):
                smtp.starttls(context=ssl.create_default_context())
                smtp.ehlo()
            smtp.docmd("MAIL", "FROM:<>")
            code, said = smtp.docmd("RCPT", f"TO:<{address}>")
    except (OSError, smtplib.SMTPException):
        return silent(host)
    if code in (250, 251):
        return Answer(READY, gettext_noop("%(address)s takes mail."), {"address": address})
    if code in (550, 551, 553) and not said.startswith(POLICY):
        return Answer(NOT_READY, gettext_noop("%(address)s does not take mail yet."), {"address": address})
    return strange(host, code)


def scim_account(base: str, user_name: str, *, token: str = "") -> Answer:
    """Whether a SCIM 2.0 server (RFC 7644) lists an active user with this userName."""
    system = urlsplit(base).hostname or base
    query = quote(f"userName eq {json.dumps(user_name)}", safe="")  # a filter's value is a JSON string: no quote ends it early
    try:
        request = _ask(f"{base.rstrip('/')}/Users?filter={query}&count=1", "application/scim+json", token)
        with _opener().open(request, timeout=TIME_LIMIT) as response:
            found = json.loads(response.read(MOST_BYTES))
    except urllib.error.HTTPError as error:
        return strange(system, error.code)
    except http.client.HTTPException:
        return strange(system, "no HTTP")
    except (OSError, ValueError):
        return silent(system)
    users = found.get("Resources") or [] if isinstance(found, dict) else None
    if users is None or "totalResults" not in found:
        return strange(system, "no list")
    if not users:
        return Answer(NOT_READY, gettext_noop("%(account)s does not exist yet."), {"account": user_name})
    if not users[0].get("active", True):
        return Answer(NOT_READY, gettext_noop("%(account)s is not active."), {"account": user_name})
    return Answer(READY, gettext_noop("%(account)s exists."), {"account": user_name})


def ldap_account(server: str, base: str, address: str, *, bind: str = "", password: str = "") -> Answer:
    """Whether the directory holds an entry whose mail is `address`."""
    from ldap3 import SUBTREE, Connection, Server, Tls
    from ldap3.core.exceptions import LDAPException
    from ldap3.utils.conv import escape_filter_chars

    try:
        place = Server(server, connect_timeout=TIME_LIMIT, get_info=None, tls=Tls(validate=ssl.CERT_REQUIRED))  # ldap3 trusts anybody unless told
        with Connection(place, user=bind or None, password=password or None, receive_timeout=TIME_LIMIT, read_only=True, auto_bind=True) as link:
            link.search(base, f"(mail={escape_filter_chars(address)})", search_scope=SUBTREE, attributes=["mail"], size_limit=2, time_limit=TIME_LIMIT)
            if link.result["result"] not in (0, 4):
                return strange(urlsplit(server).hostname or server, link.result["description"])
            found = bool(link.entries)
    except (LDAPException, OSError):
        return silent(urlsplit(server).hostname or server)
    if found:
        return Answer(READY, gettext_noop("%(account)s exists."), {"account": address})
    return Answer(NOT_READY, gettext_noop("%(account)s does not exist yet."), {"account": address})
