"""Walks every address of the portal as every member of the cast, by GET and POST, and writes what was answered.

The answers that were read and found right stand in url_table.txt; tests/house/test_urls.py compares.

    .venv/bin/python -m tests.house.table          the rows that differ from the table, or are new
    .venv/bin/python -m tests.house.table --all    the whole table as it is now
    .venv/bin/python -m tests.house.table onboard  only addresses whose name holds this word

Read each row before you copy it into url_table.txt: a row is a promise about who sees what. The cells are status codes;
`login` is a redirect to sign-in, `302` any other redirect. 404 is the answer to whoever may not know that it exists.
An address with arguments needs an example object: tests/house/samples.py. Names that contain no ":" belong to the house.
"""

import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import django
import pytest  # noqa: F401 - settings see it and take the values for tests
from django.conf import settings
from django.core.signals import request_finished
from django.db import close_old_connections, connection, transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.urls.resolvers import LocalePrefixPattern
from django.utils import translation

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()

from tests.house import samples

HERE = Path(__file__).resolve().parent
TABLE = HERE / "url_table.txt"
WHO = ("maya", "hugo", "nia", "ben", "cleo", "ilan", "zoe", "omar", "visitor")
SKIPPED_NAMESPACES = {"admin"}
# What a GET may write: sessions, rate limits, and the log of who looked.
MAY_WRITE = ("django_session", "portal_cache", "portal_auditentry", "usersessions_usersession", "django_content_type", "mobility_reading")
WRITE = re.compile(r'^\s*(INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)"?', re.I)


@dataclass(frozen=True)
class Address:
    """One address: its name with namespaces, its view, and its path when it has no arguments."""

    name: str
    view: Callable
    path: str | None

    @property
    def is_public(self) -> bool:
        return not getattr(self.view, "login_required", True)


def addresses(resolver=None, namespaces=(), before="/", parameters=False) -> dict[str, Address]:
    """{name: address} of the whole portal; a name with several patterns counts once."""
    seen = {}
    for pattern in (resolver or get_resolver()).url_patterns:
        language = isinstance(pattern.pattern, LocalePrefixPattern)
        route = f"{before}{'en/' if language else pattern.pattern}"
        takes = parameters or bool(getattr(pattern.pattern, "converters", None)) or (not language and bool(pattern.pattern.regex.groups))
        if isinstance(pattern, URLResolver):
            below = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            if not SKIPPED_NAMESPACES & set(below):
                seen = addresses(pattern, below, route, takes) | seen
        else:
            name = ":".join((*namespaces, pattern.name or route.replace(" ", "")))
            seen.setdefault(name, Address(name, pattern.callback, None if takes else route))
    return seen


def world_of(cast):
    """The cast, with an account for Zoé, so that the candidate's column is a real reader's, and every example object."""
    from tests import factories as make

    cast.zoe.user = make.UserFactory(email="zoe@elsewhere.example")
    cast.zoe.save()
    world = samples.World(cast)
    world.prepare()
    world.cookies = {who: signed_in(world, who) for who in WHO}
    return world


def signed_in(world, name) -> str:
    """The session of one of the cast: signed in once for the whole walk, since what a request does to it is undone."""
    from tests.cast import user_of

    client, user = Client(), user_of(world.cast, name)
    if not user.is_authenticated:
        return ""
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


_handlers = {}  # one chain of middleware for all the requests of a walk, as in a running process


def browser_of(world, name, **options):
    client = Client(raise_request_exception=False, **options)
    client.handler = _handlers.setdefault(client.handler.enforce_csrf_checks, client.handler)
    if world.cookies[name]:
        client.cookies[settings.SESSION_COOKIE_NAME] = world.cookies[name]
    return client


def cell(response) -> str:
    if response.status_code in (301, 302, 303):
        return "login" if response.headers["Location"].startswith(f"{reverse(settings.LOGIN_URL)}?next=") else "302"
    return str(response.status_code)


class Written(list):
    """The tables that requests wrote to, seen on their way to the database."""

    def __call__(self, execute, sql, params, many, context):
        if found := WRITE.match(sql):
            self.append(found.group(2))
        return execute(sql, params, many, context)


def address_of(address, world) -> str:
    """The path of an address, with its example object; LookupError when nobody gave one."""
    if address.path is not None:
        return address.path
    with translation.override("en"):
        return reverse(address.name, kwargs=world.arguments(address.name))


def walk(address, world):
    """{method: [cells]} of one address, and the tables that its GETs wrote to; every request is undone."""
    rows, written, path = {}, [], address_of(address, world)
    for method in ("GET", "POST"):
        cells = []
        for who in WHO:
            with transaction.atomic():
                browser = browser_of(world, who)
                watch = Written()
                with connection.execute_wrapper(watch):
                    response = browser.get(path) if method == "GET" else browser.post(path, samples.body(address.name, world))
                    getattr(response, "streaming", False) and list(response.streaming_content)
                if method == "GET":
                    written += [f"{address.name} as {who} wrote to {table}" for table in watch if table not in MAY_WRITE]
                cells.append(cell(response))
                close(response)
                transaction.set_rollback(True)
        rows[method] = cells
    return rows, written


def close(response) -> None:
    """Let go of files; the connection stays, as Django's own client keeps it: this walk lives in one transaction."""
    request_finished.disconnect(close_old_connections)
    response.close()
    request_finished.connect(close_old_connections)


def line(name, method, cells) -> str:
    return f"{name:44} {method:5}" + "".join(f" {value:>7}" for value in cells)


@cache
def known() -> dict:
    """{(name, method): [cells]} of the table kept in the repository."""
    rows = {}
    for text in TABLE.read_text().splitlines():
        if text.strip() and not text.startswith("#"):
            name, method, *cells = text.split()
            rows[name, method] = cells
    return rows


def known_names() -> set[str]:
    return {name for name, _ in known()}


def main(arguments):
    from tempfile import TemporaryDirectory

    from django.test.utils import setup_test_environment

    from tests import cast, database

    setup_test_environment()
    words = [word for word in arguments if not word.startswith("--")]
    with TemporaryDirectory() as place:
        give_back = database.take(Path(place))
        try:
            with transaction.atomic():
                world, kept = world_of(cast.gather()), known()
                for name, address in sorted(addresses().items()):
                    if not words or any(word in name for word in words):
                        show(address, world, kept, everything="--all" in arguments)
                transaction.set_rollback(True)
        finally:
            give_back()


def show(address, world, kept, *, everything):
    """Print the rows of one address that differ from the table."""
    try:
        rows, written = walk(address, world)
    except LookupError as error:
        print(f"# {error}")
        return
    for method, cells in rows.items():
        if everything or kept.get((address.name, method)) != cells:
            print(line(address.name, method, cells))
    for fault in written:
        print(f"# A GET CHANGED SOMETHING: {fault}")


if __name__ == "__main__":
    main(sys.argv[1:])
