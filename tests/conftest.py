"""What every test may ask for: the cast, and a client signed in as one of them."""

import gc
import os

import pytest
import time_machine
from django.test import Client, TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as of_hypothesis

from tests import cast as cast_of_tests
from tests import database, one_column

# No test is timed: a busy machine proves nothing about a property.
of_hypothesis.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
of_hypothesis.load_profile("house")

# TEST_AT=2026-12-31T23:30+00:00 runs the tests as if begun at that moment: nights, weekends and holidays have their own faults.
# Tests beside another process (a provider, the example receiver, a second run of the checks) fail then: it lives in the real hour.
if os.environ.get("TEST_AT"):
    time_machine.travel(os.environ["TEST_AT"], tick=True).start()


def pytest_collection_finish():
    """What is loaded now stays to the end: looking for garbage among it again and again took a tenth of the suite."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_collection_modifyitems(config, items):
    """What is the same beside either database is asked once (tests/one_column.py)."""
    items[:], left = one_column.kept(items)
    config.hook.pytest_deselected(items=left)


@pytest.fixture(autouse=True)
def _one_column(request):
    """A test marked `one_column` reaches neither database, search store nor broker."""
    if request.node.get_closest_marker(one_column.NAME) is None:
        yield
        return
    assert not one_column.asks_for_the_database(request.node), "A test that asks for the database runs in both columns."
    with one_column.closed():
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, tmp_path_factory):
    """A copy of the migrated database for this worker (tests/database.py), emptied after each test that commits."""
    place = tmp_path_factory.mktemp("database")
    with django_db_blocker.unblock():
        give_back = database.take(place)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _test: database.empty())
        yield
    with django_db_blocker.unblock():
        give_back()


@pytest.fixture(autouse=True)
def _own_place(settings, tmp_path):
    """Each test has its own files and index."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files", "base_url": None}},
    }


@pytest.fixture
def cast(db):
    """Maya, Hugo, Nia, Ben, Cleo, Ilan, Zoé, Omar and a visitor (tests/cast.py)."""
    return cast_of_tests.gather()


@pytest.fixture
def client_of(cast):
    """A client signed in as a name of the cast: `client_of("maya").get(…)`."""

    def client(name):
        browser = Client()
        user = cast_of_tests.user_of(cast, name)
        if user.is_authenticated:
            browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return browser

    return client
