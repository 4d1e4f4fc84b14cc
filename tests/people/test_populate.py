"""Filling for measures: every rule is measured on a table that holds rows."""

import pytest
from django.core.management import call_command

from portal import rules
from portal.management.commands.bench_rules import model_of

pytestmark = pytest.mark.django_db
SMALL = {"portal", "search"}  # what the house writes about itself stays small in a company of any size


def test_no_rule_is_measured_on_an_empty_table():
    call_command("populate", people=120, verbosity=0)
    models = {model_of(rule.name) for rule in rules.every()} - {None}
    assert [model._meta.label for model in models if model._meta.app_label not in SMALL and not model._base_manager.exists()] == []
