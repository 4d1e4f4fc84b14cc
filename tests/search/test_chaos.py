"""The outbox under stress: readers read, people change, the writer is killed again and again; nothing is lost."""

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.chaos

ROOT = Path(__file__).resolve().parents[2]
KILLS = 10
MINUTE = 1000  # changes, one every 60 ms, while four people ask twenty times a second each
FEW = 150
PEOPLE = 40

COMPANY = f"""
from tests import factories as make
from portal import search
site = make.SiteFactory(); team = make.TeamFactory(slug="data", site=site)
for at in range({PEOPLE}):
    make.colleague(f"Given{{at}}", f"Before{{at}}", team=team, site=site, email=f"p{{at}}@rivage.example")
search.reindex()
"""
WRITER = """
import time
from portal.search import outbox
while True:
    outbox.drain()
    time.sleep(0.005)
"""
READER = """
import json, sys, time
from portal.accounts.models import User
from portal import search
user = User.objects.get(email="p0@rivage.example")
asked, away, errors, until = 0, 0, [], time.monotonic() + float(sys.argv[-1] if sys.argv[-1].isdigit() else 20)
while not __import__("pathlib").Path("STOP").exists():
    try:
        results = search.find(user, "data given1")
        away += results.away
        asked += 1
        time.sleep(0.05)
    except Exception as error:
        errors.append(repr(error))
print(json.dumps([asked, away, errors]))
"""
CHANGER = """
import json, random, time
from django.db import transaction
from portal.people.models import Person
rng = random.Random(5)
people = list(Person.objects.order_by("pk"))
last = {}
began = time.monotonic()
for at in range(CHANGES):
    person = rng.choice(people)
    word = "after" + "".join(chr(97 + int(digit)) for digit in f"{at:04}")
    with transaction.atomic():
        person.family_name = word.capitalize()
        person.save()
    last[person.pk] = word
    time.sleep(max(began + at * 0.06 - time.monotonic(), 0))
print(json.dumps([last, time.monotonic() - began]))
"""
CHECK = """
import json, time
from portal import search
from portal.accounts.models import User
from portal.search.models import Change
user = User.objects.get(email="p0@rivage.example")
while Change.objects.exists():
    search.drain()
lost = []
for pk, word in json.load(open("LAST"))[0].items():
    found = search.find(user, word, kinds=["person"])
    if found.away or [str(key) for key in found.keys[:1]] != [pk]:
        lost.append([pk, word, [hit.title for hit in found.hits]])
everybody = search.find(user, "", kinds=["person"]).total
began = time.perf_counter()
person = __import__("portal.people.models", fromlist=["Person"]).Person.objects.get(pk=pk)
person.family_name = "Freshness"
person.save()
search.drain()
fresh = search.find(user, "freshness").total
print(json.dumps([lost, everybody, fresh, time.perf_counter() - began]))
"""


@pytest.fixture
def shell(tmp_path):
    """Run a piece of Python in a house of its own: its own database, files and index."""
    env = {
        **os.environ,
        "DEMO": "1",
        "DATA_DIR": str(tmp_path / "data"),
        "PYTHONPATH": str(ROOT),
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "PYTHONWARNINGS": "ignore",
    }
    env.pop("DJANGO_SETTINGS_MODULE", None)
    name, said = f"chaos_{os.getpid()}", tmp_path / "said"
    if settings.POSTGRESQL:
        import psycopg

        base = settings.DATABASES["default"]
        place = {"host": base["HOST"], "port": base["PORT"], "user": base["USER"], "password": base["PASSWORD"]}
        server = psycopg.connect(dbname="postgres", autocommit=True, **place)
        server.execute(f"CREATE DATABASE {name}")
        env["DATABASE_URL"] = f"postgres://{base['USER']}:{base['PASSWORD']}@{base['HOST']}:{base['PORT'] or 5432}/{name}"
    else:
        env.pop("DATABASE_URL", None)

    def start(code):
        code = code.replace('"STOP"', repr(str(tmp_path / "STOP"))).replace('"LAST"', repr(str(tmp_path / "LAST")))
        command = [sys.executable, "manage.py", "shell", "-v0", "-c", code]
        # Into a file: a pipe that nobody empties stops its writer once it is full.
        return subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=said.open("a"), text=True)

    def run(code):
        out, _ = (process := start(code)).communicate(timeout=300)
        assert process.returncode == 0, said.read_text()[-2000:]
        return out

    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=env, check=True, capture_output=True)
    run.start = start
    yield run
    if settings.POSTGRESQL:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_a_writer_killed_ten_times_loses_nothing(shell, tmp_path):
    shell(COMPANY)
    rng = random.Random(11)
    readers = [shell.start(READER) for _ in range(4)]
    changer = shell.start(CHANGER.replace("CHANGES", str(MINUTE)))
    writer, kills = shell.start(WRITER), 0
    while changer.poll() is None or kills < KILLS:
        time.sleep(3 + rng.random() * 4)  # a writer needs a moment to start, and dies at any point of its work
        writer.kill()
        writer.communicate()
        kills += 1
        writer = shell.start(WRITER)
    (tmp_path / "LAST").write_text(changer.communicate()[0])
    writer.kill()
    writer.communicate()
    (tmp_path / "STOP").touch()
    answers = [json.loads(reader.communicate(timeout=120)[0]) for reader in readers]
    lost, everybody, fresh, seconds = json.loads(shell(CHECK))
    assert kills >= KILLS
    assert lost == []
    assert everybody == PEOPLE
    assert [(away, errors) for _, away, errors in answers] == [(0, [])] * 4
    assert min(asked for asked, _, _ in answers) > 0
    assert fresh == 1
    assert seconds < 10


def test_changes_during_a_rebuild_are_in_the_new_index(shell, tmp_path):
    shell(COMPANY)
    changer, writer = shell.start(CHANGER.replace("CHANGES", str(FEW))), shell.start(WRITER)
    rebuilds = 0
    while changer.poll() is None:
        shell("from portal import search; search.reindex()")
        rebuilds += 1
    (tmp_path / "LAST").write_text(changer.communicate()[0])
    writer.kill()
    writer.communicate()
    lost, everybody, fresh, _ = json.loads(shell(CHECK))
    assert rebuilds > 0
    assert (lost, everybody, fresh) == ([], PEOPLE, 1)
