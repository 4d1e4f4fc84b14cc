"""Whether the parts the house leans on answer: database, broker, worker, beat, disk, and what other floors register."""

import shutil
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from portal import clock, pulse
from portal.models import TaskRun

SILENT_AFTER = timedelta(seconds=45)
LEAST_DISK = 500 * 1024 * 1024  # bytes
BROKER_PATIENCE = 0.3  # seconds a page may wait for the broker
BROKER_REMEMBERED = 5.0  # seconds its last answer holds

_broker_seen: tuple[float, bool] = (float("-inf"), True)


@dataclass(frozen=True)
class Part:
    """One part of the machine: what it is called, whether it is well, and how it is in words."""

    key: str
    name: str
    ok: bool
    words: str
    vital: bool = True  # without it the portal is not ready to answer


_parts: dict[str, tuple[str, Callable[[], tuple[bool, str]], bool]] = {}


def part(key: str, name: str, *, vital: bool = True):
    """Register a function that says (is it well, how it is in words) of the part `key`; `name` is translated when shown.

    What is not `vital` asks for a person, but does not make the portal unready.
    """

    def register(function):
        _parts[key] = (name, function, vital)
        return function

    return register


def parts() -> list[Part]:
    """How every part is now. A part whose question fails is not well."""
    found = []
    for key, (name, ask, vital) in _parts.items():
        try:
            ok, words = ask()
        except (DatabaseError, OSError) as error:
            ok, words = False, _("Does not answer (%(error)s).") % {"error": type(error).__name__}
        found.append(Part(key, _(name), ok, words, vital))
    return found


PULSES = (pulse.WORKER, pulse.BEAT, pulse.ROUND)


def away(seen: dict | None = None) -> str | None:
    """One sentence for people when background work stands still, else None. One query unless the last heartbeats are
    given in `seen`; the broker is asked only then."""
    seen = _pulses() if seen is None else seen
    silent = [name for name in PULSES if is_silent(seen.get(name))]
    if not silent:
        return None
    if not broker_answers():
        return _("The message server is away: mails and search updates wait, and nothing is lost.")
    if pulse.WORKER in silent:
        return _("The worker is away: mails and search updates wait, and nothing is lost.")
    return _("The timekeeper is away: what is due waits, and nothing is lost.")


def worker_is_silent() -> bool:
    """Whether no worker was heard of lately: a ring would go unanswered."""
    return is_silent(_pulses().get(pulse.WORKER))


def starting() -> None:
    """Give worker and beat the time to say their first word: called as they are started."""
    pulse.write(pulse.WORKER, pulse.REMOTE, pulse.BEAT, pulse.ROUND)


def broker_answers() -> bool:
    """Whether the message server takes a connection; its answer holds a few seconds, so that pages stay quick."""
    global _broker_seen
    asked_at, answer = _broker_seen
    if time.monotonic() - asked_at > BROKER_REMEMBERED:
        address = urlsplit(settings.REDIS_URL)
        try:
            socket.create_connection((address.hostname or "127.0.0.1", address.port or 6379), BROKER_PATIENCE).close()
            answer = True
        except OSError:
            answer = False
        _broker_seen = (time.monotonic(), answer)
    return answer


def _pulses() -> dict:
    return dict(TaskRun.objects.filter(name__in=PULSES).values_list("name", "started_at"))


def is_silent(moment) -> bool:
    """Whether a heartbeat last seen at `moment` has stopped."""
    return moment is None or clock.machine_now() - moment > SILENT_AFTER


def _pulse_of(name: str) -> tuple[bool, str]:
    moment = TaskRun.objects.filter(name=name).values_list("started_at", flat=True).first()
    if moment is None:
        return False, _("Never heard.")
    seconds = int((clock.machine_now() - moment).total_seconds())
    return not is_silent(moment), _("Last heard %(seconds)s s ago.") % {"seconds": seconds}


@part("database", gettext_noop("Database"))
def _database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True, _("Answers.")


@part("broker", gettext_noop("Message server"))
def _broker():
    return (True, _("Answers.")) if broker_answers() else (False, _("Does not answer: what is due waits in the database."))


@part("worker", gettext_noop("Worker"))
def _worker():
    return _pulse_of(pulse.WORKER)


@part("remote", gettext_noop("Worker for other systems"))
def _remote():
    return _pulse_of(pulse.REMOTE)


@part("beat", gettext_noop("Timekeeper"))
def _beat():
    return _pulse_of(pulse.BEAT)


@part("disk", gettext_noop("Disk"))
def _disk():
    free = shutil.disk_usage(settings.DATA_DIR).free
    return free > LEAST_DISK, _("%(gigabytes)s GB free.") % {"gigabytes": f"{free / 1e9:.1f}"}
