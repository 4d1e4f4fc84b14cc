"""Heartbeats: worker and beat each write every few seconds that they live."""

import logging

from celery.beat import PersistentScheduler
from celery.signals import worker_ready
from django.db import connection

from portal import clock

log = logging.getLogger(__name__)
EVERY = 10.0  # seconds
OFTEN = 60.0  # seconds; what beat rings at least so often waits for a worker that was away
AT_ONCE = ("onboarding.check_arrivals",)  # what was asked before the worker went away is old: a board must not wait a quarter of an hour
WORKER, BEAT, ROUND = "pulse.worker", "pulse.beat", "portal.beat"  # ROUND is the task that went from beat to a worker
REMOTE = "pulse.remote"  # the worker that waits for other machines; one worker may be both


def write(*names: str) -> None:
    """Note that the parts `names` live now; a database that is away costs one heartbeat, not the process."""
    from portal.models import TaskRun

    now = clock.machine_now()
    try:
        for name in names:
            TaskRun.objects.update_or_create(name=name, defaults={"started_at": now, "finished_at": now, "outcome": "", "failed": False})
    except Exception as error:
        log.warning("heartbeat not written: %s", type(error).__name__)
    finally:
        if not connection.in_atomic_block:
            connection.close()  # processes forked later must not inherit it


@worker_ready.connect
def worker_is_ready(sender, **kwargs):
    """A worker that hears the broker has made the round; it does what waited for it, and beats by its own timer."""
    queues = set(sender.app.amqp.queues.consume_from)
    if "remote" in queues:
        write(REMOTE)
        sender.timer.call_repeatedly(EVERY, write, (REMOTE,))
    if "default" not in queues:
        return
    write(WORKER, ROUND)
    sender.timer.call_repeatedly(EVERY, write, (WORKER,))
    for entry in sender.app.conf.beat_schedule.values():
        often = isinstance(entry["schedule"], float) and entry["schedule"] <= OFTEN
        if often or entry["task"] in AT_ONCE:
            sender.app.send_task(entry["task"])


class Scheduler(PersistentScheduler):
    """Celery's own scheduler, with a pulse."""

    _last_pulse = 0.0

    def tick(self, *args, **kwargs):
        wait = super().tick(*args, **kwargs)
        now = clock.machine_now().timestamp()
        if now - self._last_pulse >= EVERY:
            self._last_pulse = now
            write(BEAT)
        return min(wait, EVERY)
