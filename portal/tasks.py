"""What the house runs later or nightly."""

import functools
import logging

from celery import shared_task

from portal import audit, clock, post, privacy
from portal import pulse as _pulse  # noqa: F401 - the worker hears its own start
from portal.models import TaskRun
from portal.webhooks import incoming, sending

log = logging.getLogger(__name__)


def logged(function):
    """Note when a scheduled task ran and how it ended, for the operators' page."""

    @functools.wraps(function)
    def run(*args, **kwargs):
        name = function.task_name
        TaskRun.objects.update_or_create(name=name, defaults={"started_at": clock.machine_now(), "finished_at": None, "outcome": "", "failed": False})
        try:
            outcome = function(*args, **kwargs)
        except Exception as error:
            TaskRun.objects.filter(name=name).update(finished_at=clock.machine_now(), outcome=type(error).__name__, failed=True)
            raise
        TaskRun.objects.filter(name=name).update(finished_at=clock.machine_now(), outcome=str(outcome if outcome is not None else ""))
        return outcome

    return run


def scheduled(name: str, **options):
    """A Celery task called `name` whose runs are noted."""

    def register(function):
        function.task_name = name
        return shared_task(name=name, **options)(logged(function))

    return register


@scheduled("portal.beat")
def beat():
    """Prove that beat rings, the broker carries and a worker hears."""


@scheduled("portal.send_mails")
def send_mails():
    """Send the mails that are due; how many left."""
    return sum(post.deliver(pk) for pk in post.due().order_by("send_after").values_list("pk", flat=True)[:200])


@scheduled("portal.ring_webhooks")
def ring_webhooks():
    """Ring for each subscription that something waits for; forget the calls whose time is over."""
    incoming.forget_heard()
    return sending.ring_all()


@scheduled("portal.send_webhooks", time_limit=120)
def send_webhooks(subscription):
    """Send what is due to one subscription, on a queue of its own; how many were delivered."""
    return sending.send(subscription)


@scheduled("portal.keep_retention")
def keep_retention():
    """Apply every retention rule; how many rows were treated."""
    return privacy.keep_promises()


@scheduled("portal.seal_audit")
def seal_audit():
    """Sign where the audit log stands; its head also goes to the log lines, which live elsewhere."""
    audit.seal()
    log.info("audit log sealed at %s", audit.head())
