"""The doorbell: tells a worker that rows wait; a lost ring costs one beat interval, never the work."""

import logging
from contextlib import contextmanager

from django.db import transaction

from portal.celery import app

log = logging.getLogger(__name__)
_hushed = False


@contextmanager
def hushed():
    """Ring nobody inside: a command that fills a whole company before any worker runs leaves its rows to beat."""
    global _hushed
    _hushed = True
    try:
        yield
    finally:
        _hushed = False


def ring(task: str, **options) -> None:
    """Once the present transaction is committed, ask a worker to run `task` (a name such as "portal.send_mails").

    The rows to work on are in the database already; if the broker is away, beat rings again.
    """
    transaction.on_commit(lambda: press(task, **options), robust=True)


def press(task: str, **options) -> bool:
    """Ring now; whether the broker heard. For callers that have another way when it did not."""
    if _hushed:
        return False
    try:
        app.send_task(task, **options)
    except Exception as error:  # kombu, redis and socket errors share no base class
        log.warning("bell not heard: %s (%s)", task, type(error).__name__)
        return False
    return True
