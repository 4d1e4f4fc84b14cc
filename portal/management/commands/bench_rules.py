"""Measures what each rule costs: one page and one count of what somebody may see, against the bare query."""

import time
from collections.abc import Callable

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand
from django.db import connection

from portal import roles, rules
from portal.rules import NONE

PAGE = 25
TIMES = 15
FEWEST = 3  # turns, of what takes long
LONG_ENOUGH = 2.0  # seconds
LOOKED_AT = 400  # users among whom the kinds are found
NOISE = 1.0  # milliseconds: what differs by less is not told apart


class Command(BaseCommand):
    help = "Print, for every rule about a model, the time of one page and of the count, against the bare query, for the slowest kind of user."

    def add_arguments(self, parser):
        parser.add_argument("--most", type=float, default=3.0, help="how many times the bare page a page may take (3)")
        parser.add_argument("--rule", default="", help="only rules whose name holds this")

    def handle(self, *args, most, rule, **options):
        users = kinds_of_users()
        lines, slow = [], []
        for one in rules.every():
            model = model_of(one.name)
            if model is None or rule not in one.name or not hasattr(model._default_manager.all(), "allowing"):
                continue
            measured = [measure(model, one.name, user, kind) for kind, user in users.items() if one.q(user) is not NONE]
            if not measured:
                continue
            worst = max(measured, key=lambda found: found[2])
            lines.append((one.name, *worst))
            if worst[2] > most * worst[1] + NOISE:
                slow.append(one.name)
        self.stdout.write(
            f"{connection.vendor}; one page is {PAGE} rows; milliseconds in the database, the quickest of {TIMES}, for the slowest of these users:"
        )
        self.stdout.write(", ".join(users))
        self.stdout.write("\n| rule | as | bare page | page | times | once | bare count | count | rows | of |\n|---|---|--:|--:|--:|--:|--:|--:|--:|--:|")
        for name, kind, bare, page, once, bare_count, count, rows, of in lines:
            times = (f"{figure:.1f}" for figure in (bare, page, page / bare, once, bare_count, count))
            self.stdout.write(f"| {name} | {kind} | {' | '.join(times)} | {rows} | {of} |")
        self.stdout.write("\nOnce: what the rule asks of the user beforehand, remembered for the rest of the request.")
        self.stdout.write(f"\nAbove {most:g} times: {', '.join(slow) or 'none'}")


def model_of(rule: str):
    """The model that the rule "app.verb_model" speaks of; None when there is none."""
    label, _dot, rest = rule.partition(".")
    try:
        return apps.get_model(label, rest.rpartition("_")[2])
    except LookupError:
        return None


def kinds_of_users() -> dict:
    """One user of each kind of duties, by words that say which."""
    found = {}
    for user in get_user_model().objects.filter(is_active=True).order_by("pk")[:LOOKED_AT]:
        duties = sorted((duty, "one site" if site else "all sites") for duty, site in roles.grants(user))
        audience = next(name for name in (roles.COLLEAGUES, roles.NEWCOMERS, roles.ALUMNI, roles.CANDIDATES, roles.SIGNED_IN) if roles.belongs(user, name))
        kind = ", ".join(f"{duty} ({where})" for duty, where in duties) or audience
        found.setdefault(kind, user)
    return found


def measure(model, rule: str, user, kind: str) -> tuple:
    """(kind, bare page, page, what is asked once a request, bare count, count, rows, all rows): milliseconds."""
    once = min(time_in_database(lambda user=user: rules.get(rule).q(user)) for user in as_new(user, FEWEST))
    everything = model._default_manager.all()
    allowed = everything.allowing(user, rule)
    bare, page = in_turn(lambda: list(everything[:PAGE]), lambda: list(allowed[:PAGE]))
    bare_count, count = in_turn(everything.count, allowed.count, 3)
    return kind, bare, page, once, bare_count, count, allowed.count(), everything.count()


def as_new(user, times: int):
    """`user` as so many requests meet them, when who they are and what their duties are has been asked, as for every page."""
    for _time in range(times):
        again = type(user).objects.get(pk=user.pk)
        roles.grants(again)
        yield again


def in_turn(first: Callable, second: Callable, times: int = TIMES) -> tuple[float, float]:
    """The quickest time in the database of each, in milliseconds, by turns: what they cost when nobody disturbs them."""
    taken: tuple[list, list] = ([], [])
    started = time.monotonic()
    for turn in range(times + 1):
        for function, into in ((first, taken[0]), (second, taken[1])):
            spent = time_in_database(function)
            if turn:  # the first turn warms up
                into.append(spent)
        if turn >= FEWEST and time.monotonic() - started > LONG_ENOUGH:
            break
    return max(min(taken[0]), 0.01), min(taken[1])


def time_in_database(function: Callable) -> float:
    """Milliseconds that the queries of `function` took, until their first rows."""
    spent = 0.0

    def clocked(execute, sql, params, many, context):
        nonlocal spent
        started = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            spent += (time.perf_counter() - started) * 1000

    with connection.execute_wrapper(clocked):
        function()
    return spent
