"""A real Chromium on a real server, signed in as any of the cast: `page_of("maya")`."""

import os
import shutil

import pytest
from django.conf import settings
from django.test import Client

from tests import cast as cast_of_tests

# Playwright's own loop runs in this thread; the database is used by turns, never at once.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
CHROMIUM = shutil.which("chromium")


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="there is no chromium here"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": quiet}


@pytest.fixture
def cast(transactional_db):
    """The cast, visible to the server's own thread."""
    return cast_of_tests.gather()


@pytest.fixture
def page_of(live_server, cast, browser):
    """A function: a page signed in as a name of the cast, with options of Playwright's contexts (viewport, color_scheme…)."""
    contexts = []

    def open_page(name, **options):
        context = browser.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        user = cast_of_tests.user_of(cast, name)
        if user.is_authenticated:
            client = Client()
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
            session = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
