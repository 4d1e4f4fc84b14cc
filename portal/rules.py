"""Who may: a permission is said once, as a function of the user that returns a Q; lists, pages and buttons ask it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import BooleanField, Case, Q, QuerySet, Subquery, Value, When
from django.db.models.lookups import IsNull

from portal import roles


class _Whole(Q):
    """Every row: what it is joined with by AND stands alone, by OR vanishes."""

    def __and__(self, other):
        return other

    def __or__(self, other):
        return self

    # Also from the right: `current() | ALL` is ALL itself, so that `allowing` asks nothing of the database.
    __rand__, __ror__ = __and__, __or__

    def __invert__(self):
        return NONE


class _Nothing(Q):
    """No row."""

    def __and__(self, other):
        return self

    def __or__(self, other):
        return other

    __rand__, __ror__ = __and__, __or__

    def __invert__(self):
        return ALL


ALL = _Whole(pk__isnull=False)
NONE = _Nothing(pk__isnull=True)


@dataclass(frozen=True)
class Rule:
    """One permission: its name, its question, and the audience it speaks to."""

    name: str
    ask: Callable
    audience: str

    def q(self, user) -> Q:
        return self.ask(user) if roles.belongs(user, self.audience) else NONE


_rules: dict[str, Rule] = {}


def rule(name: str, audience: str = roles.COLLEAGUES):
    """Register a permission named "app.verb_model": a function of a user that returns the Q of what they may.

    It speaks to current colleagues unless it names another audience. A rule over its own columns or to-one
    paths is a plain Q; to-many paths are written as `Exists(…)` or one `pk__in`.
    """

    def register(function):
        if name in _rules:
            raise ValueError(f"The rule {name} is said twice.")
        _rules[name] = Rule(name, function, audience)
        return function

    return register


def get(name: str) -> Rule:
    """The rule called `name`; KeyError if nobody said it."""
    return _rules[name]


def every() -> list[Rule]:
    """All rules of the house, by name."""
    return [_rules[name] for name in sorted(_rules)]


class RuledQuerySet(QuerySet):
    """A queryset that speaks: `visible_to`, `allowing`, `marking`."""

    def visible_to(self, user):
        """The rows `user` may read, by the rule "app.view_model"."""
        return self.allowing(user, f"{self.model._meta.app_label}.view_{self.model._meta.model_name}")

    def allowing(self, user, name: str):
        """The rows on which `user` may do what the rule `name` says."""
        q = get(name).q(user)
        if q is ALL:
            return self
        return self.none() if q is NONE else self.filter(q)

    def marking(self, user, **marks: str):
        """Annotate each row with booleans: `marking(user, may_hire="recruitment.hire_application")`, no query per row."""
        for mark, name in marks.items():
            q = get(name).q(user)
            if q is ALL or q is NONE:
                self = self.annotate(**{mark: Value(q is ALL, output_field=BooleanField())})
            else:
                self = self.annotate(**{mark: Case(When(q, then=Value(True)), default=Value(False), output_field=BooleanField())})
        return self


def one_by_one(things: QuerySet) -> Q:
    """As `Q(Exists(things))`, asked of each row in hand, for a small page of a large table.

    An Exists may be turned round by PostgreSQL: it then lists all `things` first (every seat of a company) for the 25 rows
    that are looked at. A subquery of one value it leaves alone.
    """
    return Q(IsNull(Subquery(things.order_by().values("pk")[:1]), False))


def among(things: QuerySet, *parts: Q) -> Q:
    """As the parts joined by OR, each looked up by an index of its own, for a reader of few rows of a large table.

    An OR over several tables no index can answer: PostgreSQL walks the table in the order of the page, and says “none” when it
    has seen every row. Only for parts that let few rows through, such as one's own.
    """
    first, *others = [things.filter(part).order_by().values("pk") for part in parts if part is not NONE] or [None]
    return NONE if first is None else Q(pk__in=first.union(*others, all=True) if others else first)


def may(user, name: str, thing=None) -> bool:
    """Whether `user` may do `name` on `thing` (a model instance); without a thing, whether they may on any."""
    q = get(name).q(user)
    if q is ALL or q is NONE or thing is None:
        return q is not NONE
    return type(thing)._default_manager.filter(pk=thing.pk).filter(q).exists()
