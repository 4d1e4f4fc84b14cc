"""Settings: each stands in the README; a missing or wrong one stops the start with a sentence."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

pytestmark = pytest.mark.one_column
ENOUGH = {
    "SITE_URL": "https://people.example.org",
    "SECRET_KEY": "a random text, kept secret: 0123456789 abcdefghijklmno",
    "REDIS_URL": "redis://127.0.0.1:9/0",
    "DEFAULT_FROM_EMAIL": "people@example.org",
    "FIELD_ENCRYPTION_KEYS": "bm90LWEtc2VjcmV0LW5vdC1hLXNlY3JldC1ub3QtYS0=",
}


def start(tmp_path, **environment):
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), **environment}
    return subprocess.run([sys.executable, "manage.py", "check"], cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)


def read_by_the_code():
    text = (settings.BASE_DIR / "portal" / "settings.py").read_text() + (settings.BASE_DIR / "deploy" / "gunicorn.conf.py").read_text()
    return set(re.findall(r'(?:env\.\w+|required|environ\.get)\(\s*"([A-Z0-9_]+)"', text))


def listed_in_the_readme():
    text = (settings.BASE_DIR / "README.md").read_text()
    table = text[text.index("## Settings") :].split("\n## ")[0]
    return set(re.findall(r"^\| `([A-Z0-9_]+)`", table, re.M))


def test_every_setting_stands_in_the_readme_and_no_other():
    assert read_by_the_code() == listed_in_the_readme()


def test_a_production_start_needs_no_more_than_these(tmp_path):
    run = start(tmp_path, **ENOUGH)
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("name", ENOUGH)
def test_a_missing_setting_stops_the_start_with_a_sentence(tmp_path, name):
    run = start(tmp_path, **{key: value for key, value in ENOUGH.items() if key != name})
    assert run.returncode != 0
    assert f"{name} is missing: give" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize(("name", "value"), [("PORT", "eighty"), ("SESSION_HOURS", "many"), ("DATABASE_URL", "oracle8:x")])
def test_a_wrong_setting_stops_the_start_with_a_sentence(tmp_path, name, value):
    run = start(tmp_path, **ENOUGH, **{name: value})
    assert run.returncode != 0
    assert f"The setting {name} is wrong" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_production_start_passes_the_deployment_checks(tmp_path):
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), **ENOUGH}
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    run = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
