"""How long what is kept: rules per model, each with its reason; what they would do, and what they did."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models, transaction
from django.db.models import QuerySet

from portal import clock
from portal.models import RetentionRun

ERASE, ANONYMISE, RESTRICT, ASK = "erase", "anonymise", "restrict", "ask first"
BATCH = 500


@dataclass(frozen=True)
class Policy:
    """One rule: which rows are due at a moment, after which event and period, what is done, and on what basis."""

    name: str
    model: type[models.Model]
    event: str
    period: str
    action: str
    basis: str
    purpose: str
    recipients: str
    due: Callable[[datetime], QuerySet]
    act: Callable[[QuerySet], None]


_policies: dict[str, Policy] = {}
_claims: list[Callable] = []


def keep(name: str, model, *, event, period, action, basis, purpose, recipients, act=None):
    """Register a retention rule; the function takes a moment and returns the rows that are due then."""

    def register(due):
        _policies[name] = Policy(name, model, event, period, action, basis, purpose, recipients, due, act or (lambda rows: rows.delete()))
        return due

    return register


def claim(function):
    """Register an app's answer to "do you still have a claim on this person?": a function of a person that
    returns (basis, until) or None. The person goes when the last claim goes.
    """
    _claims.append(function)
    return function


def claims_on(person) -> list[tuple[str, datetime | None]]:
    """Everything that still keeps `person` here."""
    return [answer for each in _claims if (answer := each(person))]


def policies() -> list[Policy]:
    """All retention rules, by name."""
    return [_policies[name] for name in sorted(_policies)]


def foresee(within: timedelta = timedelta(days=7)) -> list[tuple[Policy, int]]:
    """What each rule would do by then: a dry run, in counts."""
    moment = clock.now() + within
    return [(policy, policy.due(moment).count()) for policy in policies()]


def keep_promises() -> int:
    """Apply every rule to what is due now, in batches; the number of rows treated. Safe to run twice."""
    treated = 0
    for policy in policies():
        done = 0
        while keys := list(policy.due(clock.now()).values_list("pk", flat=True)[:BATCH]):
            with transaction.atomic():
                policy.act(policy.model._default_manager.filter(pk__in=keys))
            done += len(keys)
        if done:
            RetentionRun.objects.create(policy=policy.name, rows=done)
        treated += done
    return treated
