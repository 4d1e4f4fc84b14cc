"""Nothing of the house knows what stands above it: imports, foreign keys, templates."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from portal.people.models import Person
from tests.house import checks

pytestmark = pytest.mark.one_column
LINTER = Path(sys.executable).with_name("lint-imports")


def lint(at):
    return subprocess.run([str(LINTER), "--no-cache"], cwd=at, capture_output=True, text=True, timeout=120)


def test_imports_go_downwards_only():
    answer = lint(checks.ROOT)
    assert answer.returncode == 0, answer.stdout[-3000:]


@pytest.fixture
def planted(tmp_path):
    """A copy of the house into which a fault can be planted."""
    for top in checks.TOPS:
        shutil.copytree(checks.ROOT / top, tmp_path / top, ignore=shutil.ignore_patterns("__pycache__", "locale", "migrations"))
    shutil.copy(checks.ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("path", "line", "contract"),
    [
        ("portal/search/planted.py", "import portal.people.models", "downwards only"),
        ("portal/accounts/planted.py", "import portal.post", "downwards only"),
        ("portal/post.py", "import portal.search", "downwards only"),
        ("portal/people/planted.py", "import recruitment", "knows no stage"),
        ("onboarding/planted.py", "import recruitment", "never import each other"),
        ("portal/newcomer.py", "", "downwards only"),
    ],
)
def test_a_planted_import_is_seen(planted, path, line, contract):
    with (planted / path).open("a") as module:
        module.write(f"\n{line}\n")
    answer = lint(planted)
    broken = [found for found in answer.stdout.splitlines() if found.endswith("BROKEN")]
    assert answer.returncode == 1
    assert any(contract in found for found in broken), answer.stdout[-2000:]


def our_models():
    return [model for model in apps.get_models() if model.__module__.split(".")[0] in checks.TOPS]


def test_foreign_keys_point_downwards():
    assert [fault for model in our_models() for fault in checks.upward_keys(model)] == []


def test_a_planted_foreign_key_is_seen():
    class Upward(models.Model):  # noqa: DJ008 - it lives for one test
        person = models.ForeignKey(Person, on_delete=models.CASCADE)

        class Meta:
            app_label = "search"
            managed = False

    try:
        assert checks.upward_keys(Upward) == ["search.Upward.person points to people.Person"]
    finally:
        del apps.all_models["search"]["upward"]
        apps.clear_cache()


def test_templates_name_nothing_above_or_beside_them():
    assert [
        fault for path in checks.templates() for fault in checks.upward_references(path.relative_to(checks.ROOT / "templates").as_posix(), path.read_text())
    ] == []


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("onboarding/plan.html", '{% url "recruitment:careers" %}'),
        ("onboarding/plan.html", '{% include "recruitment/_card.html" %}'),
        ("people/person_detail.html", '{% url "onboarding:plan_detail" plan.pk %}'),
        ("people/person_detail.html", '{% extends "plans/base.html" %}'),
        ("base.html", '{% url "recruitment:careers" %}'),
        ("portal/home.html", '{% include "onboarding/_desk.html" %}'),
    ],
)
def test_a_planted_reference_is_seen(template, text):
    assert checks.upward_references(template, text)


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("onboarding/plan.html", '{% url "people:person_list" %}{% url "home" %}{% include "components/board.html" %}'),
        ("portal/home.html", '{% url "people:person_list" %}'),
    ],
)
def test_what_lies_below_may_be_named(template, text):
    assert checks.upward_references(template, text) == []
