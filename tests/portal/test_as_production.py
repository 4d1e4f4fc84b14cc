"""What production adds: read from a process started as in production, which has a database of its own."""

import json
import os
import shutil
import subprocess
import sys
import uuid

import pytest
from cryptography.fernet import Fernet

from tests import database
from tests.house.checks import ROOT

pytestmark = pytest.mark.one_column
PRODUCTION = {
    "SITE_URL": "https://people.example.org",
    "SECRET_KEY": uuid.uuid4().hex * 2,
    "REDIS_URL": "redis://127.0.0.1:9/0",
    "DEFAULT_FROM_EMAIL": "people@example.org",
    "FIELD_ENCRYPTION_KEYS": Fernet.generate_key().decode(),
}


def as_production(tmp_path, *arguments, **environment):
    if (kept := database.kept_file()).exists():  # a copy of the tests' own database, so that migrating has little to do
        shutil.copy(kept, tmp_path / "portal.sqlite3")
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**kept, **PRODUCTION, "DATA_DIR": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        timeout=180,
    )


def test_production_passes_djangos_own_check(tmp_path):
    answer = as_production(tmp_path, "check", "--deploy", "--fail-level", "WARNING")
    assert answer.returncode == 0, answer.stderr


ASK = """
import json
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
call_command("migrate", verbosity=0)
call_command("collectstatic", interactive=False, verbosity=0)
settings.ALLOWED_HOSTS = ["people.example.org"]
browser = Client(headers={"host": "people.example.org"})
plain = browser.get("/en/help/")
answer = browser.get("/accounts/login/", secure=True)
cookies = [str(cookie) for cookie in answer.cookies.values()]
print(json.dumps({
    "plain": [plain.status_code, plain.headers.get("Location")], "status": answer.status_code, "headers": dict(answer.headers), "cookies": cookies,
    "session": settings.SESSION_COOKIE_NAME, "demo": "portal.demo" in settings.INSTALLED_APPS, "mfa": settings.MFA_REQUIRED_ROLES,
}))
"""


def test_production_answers_over_https_only_with_strict_cookies(tmp_path):
    answer = as_production(tmp_path, "shell", "--no-imports", "-v", "0", "-c", ASK)
    assert answer.returncode == 0, answer.stderr
    found = json.loads(answer.stdout.splitlines()[-1])
    assert found["plain"] == [301, "https://people.example.org/en/help/"]
    assert found["status"] == 200
    assert found["headers"]["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert found["session"] == "__Host-sessionid"
    for cookie in found["cookies"]:
        assert cookie.startswith("Set-Cookie: __Host-")
        assert all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"))
        assert "Domain" not in cookie
    assert found["demo"] is False
    assert {"hr", "hr_admin", "it"} <= set(found["mfa"])
