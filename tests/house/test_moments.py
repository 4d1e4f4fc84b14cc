"""The map of portal/lifecycle.py is true: who announces each moment, who hears of it."""

import ast
import weakref

import pytest
from django.dispatch import Signal

from portal import lifecycle
from tests.house import checks

pytestmark = pytest.mark.one_column
MOMENTS = {name: value for name, value in vars(lifecycle).items() if isinstance(value, Signal)}


def announcements(text: str, module: str) -> list[tuple[str, str, str]]:
    """(moment, way of sending, "module.function") of each announcement in a module."""
    found = []
    for function in ast.walk(ast.parse(text)):
        if not isinstance(function, ast.FunctionDef):
            continue
        for call in ast.walk(function):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in ("send", "send_robust", "asend"):
                value = call.func.value
                name = value.id if isinstance(value, ast.Name) else getattr(value, "attr", "")
                if name in MOMENTS:
                    found.append((name, call.func.attr, f"{module}.{function.name}"))
    return found


def everywhere():
    return [found for path in checks.modules() for found in announcements(path.read_text(), checks.short(path).removesuffix(".py").replace("/", "."))]


def hearers(signal) -> set[str]:
    """The receivers of a signal, as "module.function"."""
    references = (receiver[1] for receiver in signal.receivers)
    alive = (each() if isinstance(each, weakref.ReferenceType) else each for each in references)
    return {f"{function.__module__}.{function.__qualname__}" for function in alive if function is not None}


def test_every_moment_is_on_the_map():
    assert set(lifecycle.MAP) == set(MOMENTS)


@pytest.mark.parametrize("moment", sorted(MOMENTS))
def test_the_map_names_who_announces(moment):
    assert {by for name, _, by in everywhere() if name == moment} == set(lifecycle.MAP[moment][0])


@pytest.mark.parametrize("moment", sorted(MOMENTS))
def test_the_map_names_who_hears(moment):
    assert hearers(MOMENTS[moment]) == set(lifecycle.MAP[moment][1])


def test_a_failing_receiver_stops_the_announcer():
    assert [found for found in everywhere() if found[1] != "send"] == []


@pytest.mark.parametrize("moment", sorted(MOMENTS))
def test_receivers_live_in_the_room_for_them(moment):
    assert all(".receivers." in name for name in lifecycle.MAP[moment][1])


def test_a_planted_announcement_is_seen():
    assert announcements("def hire():\n    lifecycle.hired.send(sender=None)", "recruitment.x") == [("hired", "send", "recruitment.x.hire")]
    assert announcements("def hire():\n    hired.send_robust(None)", "a") == [("hired", "send_robust", "a.hire")]


def test_a_planted_receiver_is_seen():
    def planted(**kwargs):
        """Hears."""

    before = hearers(lifecycle.hired)
    lifecycle.hired.connect(planted)
    try:
        assert len(hearers(lifecycle.hired) - before) == 1
    finally:
        lifecycle.hired.disconnect(planted)
