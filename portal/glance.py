"""What every page's masthead asks the database about its reader, in one query a request."""

from dataclasses import dataclass

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from portal import health
from portal.accounts.models import User
from portal.models import Notice, TaskRun


@dataclass(frozen=True)
class Glance:
    """`found` says per question whether its rows exist; `unread` counts notices; `pulses` are the last heartbeats."""

    found: dict[str, bool]
    unread: int
    pulses: dict


def at(user, questions: dict[str, QuerySet]) -> Glance:
    """Ask all `questions` ("is there a row?") together with what is unread and who lives."""
    keys = {f"ask_{number}": name for number, name in enumerate(questions)}
    asked = {key: Exists(questions[name]) for key, name in keys.items()}
    unread = Notice.objects.filter(user=OuterRef("pk"), read_at=None).order_by().values("user").annotate(n=Count("pk")).values("n")
    pulses = {f"pulse_{number}": Subquery(TaskRun.objects.filter(name=name).values("started_at")[:1]) for number, name in enumerate(health.PULSES)}
    rows = User.objects.filter(pk=user.pk).annotate(unread=Coalesce(Subquery(unread, output_field=IntegerField()), Value(0)), **pulses, **asked)
    row = rows.values("unread", *pulses, *asked).first() or {}
    return Glance(
        {name: bool(row.get(key)) for key, name in keys.items()},
        row.get("unread", 0),
        {name: moment for number, name in enumerate(health.PULSES) if (moment := row.get(f"pulse_{number}"))},
    )
