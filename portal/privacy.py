"""How long what is kept, what is handed over and when somebody goes: rules per model, each with its reason."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import models, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal import audit, clock
from portal.dates import date_format
from portal.models import RetentionRun
from portal.privacy_words import COLUMNS

ERASE, ANONYMISE, RESTRICT, ASK = "erase", "anonymise", "restrict", "ask first"
ACTIONS = {ERASE: _("erased"), ANONYMISE: _("made anonymous"), RESTRICT: _("restricted"), ASK: _("asked first")}
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
    data: str = ""

    @property
    def label(self):
        """What is kept, in words."""
        return self.data or str(self.model._meta.verbose_name_plural).capitalize()

    @property
    def act_label(self):
        return ACTIONS[self.action]


def _delete(rows) -> None:
    rows.delete()


_policies: dict[str, Policy] = {}
_claims: list[Callable] = []


def keep(name: str, model, *, event, period, action, basis, purpose, recipients, act=None, data=""):
    """Register a retention rule; the function takes a moment and returns the rows that are due then.

    `act` does it on a batch, erasing unless told otherwise; it may return how many rows it treated, when some are
    still claimed. `data` names what is kept, where the model's own name would not do.
    """

    def register(due):
        _policies[name] = Policy(name, model, event, period, action, basis, purpose, recipients, due, act or _delete, data)
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
        keys = list(policy.due(clock.now()).values_list("pk", flat=True))
        done = 0
        for start in range(0, len(keys), BATCH):
            with transaction.atomic():
                some = keys[start : start + BATCH]
                answer = policy.act(policy.model._default_manager.filter(pk__in=some))
            done += answer if isinstance(answer, int) else len(some)
        if done:
            RetentionRun.objects.create(policy=policy.name, rows=done)
        treated += done
    return treated


# --- what is handed over ------------------------------------------------------------------------------
@dataclass(frozen=True)
class Fact:
    """One thing we know: its name for machines, its name for people, its value in JSON's types and in words."""

    key: str
    label: str
    value: object
    shown: str


@dataclass(frozen=True)
class Exporter:
    """One part of a person's data: `gather` takes their user and returns records, each a list of facts."""

    name: str
    label: str
    gather: Callable
    files: Callable


_exporters: dict[str, Exporter] = {}


def exporter(name: str, label: str, files: Callable = lambda user: ()):
    """Register a part of "my data"; the function takes a user and returns records (lists of facts, see `facts`).

    `files` returns pairs (name, open file) for the same user. Other people's names are masked by the registrant.
    """

    def register(gather):
        _exporters[name] = Exporter(name, label, gather, files)
        return gather

    return register


def fact(key: str, label, value) -> Fact:
    """A fact that is no column."""
    plain = value.isoformat() if isinstance(value, date | datetime) else value
    plain = plain if isinstance(plain, str | int | float | bool | list | dict | None) else str(plain)
    return Fact(key, str(label), plain, _in_words(value))


def _in_words(value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, datetime):
        return date_format(timezone.template_localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    return ", ".join(str(one) for one in value) if isinstance(value, list) else str(value)


def facts(row: models.Model, *names: str) -> list[Fact]:
    """The columns `names` of `row` as facts; choices are shown in words, links to other rows by their text."""
    found = []
    for name in names:
        field = row._meta.get_field(name)
        value = getattr(row, name)
        label = field.verbose_name if isinstance(field.verbose_name, Promise) else COLUMNS.get(name, field.verbose_name)
        one = fact(name, label, value.name if isinstance(field, models.FileField) else value)
        if field.choices:
            one = Fact(one.key, one.label, one.value, str(getattr(row, f"get_{name}_display")()))
        found.append(one)
    return found


def handed_over(user) -> list[tuple[Exporter, list[list[Fact]]]]:
    """All we hold on `user`, part by part, in the reader's language; empty parts are left out."""
    parts = ((each, each.gather(user)) for each in _exporters.values())
    return [(each, records) for each, records in parts if records]


def files_of(user) -> list[tuple[str, object]]:
    """The files that go with it."""
    return [found for each in _exporters.values() for found in each.files(user)]


# --- when somebody goes -------------------------------------------------------------------------------
class StillClaimed(Exception):
    """Somebody may not be erased yet; `claims` says on what basis and until when."""

    def __init__(self, claims):
        self.claims = claims
        super().__init__(", ".join(str(basis) for basis, _ in claims))


_erasers: list[Callable] = []


def eraser(function):
    """Register what an app does when a person goes: a function of the person, called in the erasing transaction."""
    _erasers.append(function)
    return function


def erase(person, *, by=None) -> None:
    """Erase `person` once no app claims them any more; raises StillClaimed otherwise. What stays is a count."""
    with transaction.atomic():
        if claims := claims_on(person):
            raise StillClaimed(claims)
        audit.record("person.erased", by=by, on=person)
        for each in reversed(_erasers):  # upper floors first: they were registered after those below
            each(person)
