"""Each rule of the house, walked: its Q stays on its own columns, never multiplies rows, never nests two `pk__in`."""

import pytest
from django.apps import apps
from django.db.models import Exists, OuterRef, Q
from django.db.models.lookups import In
from django.db.models.sql import Query

from portal import rules
from portal.people.models import Assignment, Employee, Person
from tests.cast import NAMES, user_of
from tests.house import checks


def model_of(rule):
    """The model of "app.verb_model": the app's own, else one of a floor below ("recruitment.advertise_opening")."""
    app, verb = rule.name.split(".")
    noun = verb.rsplit("_", 1)[-1]
    found = {model._meta.app_label: model for model in apps.get_models() if model._meta.model_name == noun and model.__module__.split(".")[0] in checks.TOPS}
    if app not in found and len(found) != 1:
        raise LookupError(f"No model for the rule {rule.name}")
    return found.get(app) or next(iter(found.values()))


def multiplying(model, q) -> list[str]:
    """The tables that this Q joins by a path to many."""
    query = model._default_manager.filter(q).order_by().query
    str(query)
    return [join.table_name for join in query.alias_map.values() if getattr(getattr(join, "join_field", None), "multiple", False)]


def depth(expression) -> int:
    """How many `IN (SELECT …)` lie in each other."""
    if isinstance(expression, Query):
        return max(depth(expression.where), *(depth(part) for part in expression.combined_queries), 0)
    below = [depth(child) for child in getattr(expression, "children", [])] + [
        depth(child) for child in (expression.get_source_expressions() if hasattr(expression, "get_source_expressions") else []) if child is not None
    ]
    here = isinstance(expression, In) and isinstance(expression.rhs, Query)
    return (depth(expression.rhs) + 1 if here else 0) if here else max(below, default=0)


def faults(model, q) -> list[str]:
    if not isinstance(q, Q):
        return [f"answers with {type(q).__name__}"]
    if q is rules.ALL or q is rules.NONE:
        return []
    found = [f"multiplies over {table}" for table in multiplying(model, q)]
    if depth(model._default_manager.filter(q).query) > 1:
        found.append("one pk__in inside another")
    return found


def test_every_rule_names_a_model_that_speaks():
    for rule in rules.every():
        assert isinstance(model_of(rule)._default_manager.none(), rules.RuledQuerySet), rule.name


@pytest.mark.django_db
def test_every_rule_stays_on_its_row(cast):
    found = []
    for name in NAMES:
        user = user_of(cast, name)
        for rule in rules.every():
            found += [f"{rule.name} for {name}: {fault}" for fault in faults(model_of(rule), rule.q(user))]
    assert found == []


@pytest.mark.django_db
def test_every_rule_answers_in_sql(cast):
    for name in NAMES:
        user = user_of(cast, name)
        for rule in rules.every():
            rows = model_of(rule)._default_manager.allowing(user, rule.name)
            assert rows.count() == rows.distinct().count(), f"{rule.name} for {name}"


@pytest.mark.django_db
def test_a_visitor_is_answered_by_rules_for_everyone_only(cast):
    visitor = user_of(cast, "visitor")
    open_rules = {rule.name for rule in rules.every() if rule.q(visitor) is not rules.NONE}
    assert all(rules.get(name).audience == "everyone" for name in open_rules)


PLANTED = [
    (Person, Q(employee__assignments__team=1)),
    (Person, Q(holdings__level=4)),
    (Person, ~Q(grants__duty="hr") & Q(grants__site=None)),
    (Person, Q(pk__in=Employee.objects.filter(pk__in=Assignment.objects.values("employee")).values("person"))),
    (Person, True),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "q"), PLANTED)
def test_a_planted_rule_is_seen(model, q):
    assert faults(model, q)


SOUND = [
    (Person, Q(employee__number="7") | Q(user__email="x@rivage.example")),
    (Person, Q(Exists(Assignment.objects.filter(team=1, employee__person=OuterRef("pk"))))),
    (Person, Q(pk__in=Assignment.objects.filter(team=1).values("employee__person"))),
    (Person, rules.ALL),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "q"), SOUND)
def test_a_sound_rule_passes(model, q):
    assert faults(model, q) == []
