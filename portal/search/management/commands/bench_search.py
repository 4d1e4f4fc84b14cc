"""Measures search on the present base: build, size, freshness, and the time of questions as people ask them."""

import random
import statistics
import time
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from portal.search import backends, documents, finder, names, outbox, rebuild

ROUNDS = 3
SHARES = (50, 95)


class Command(BaseCommand):
    help = "Print build time, index size, freshness and the p50/p95 of questions drawn from the base itself."

    def add_arguments(self, parser):
        parser.add_argument("--as", dest="email", help="who asks; else any colleague of the base")
        parser.add_argument("--questions", type=int, default=60)
        parser.add_argument("--no-build", action="store_true", help="measure the index that is there")

    def handle(self, *args, email, questions, no_build, **options):
        users = get_user_model().objects.filter(is_active=True)
        user = (
            users.filter(email=email).first()
            if email
            else next((one for one in users.order_by("pk")[:200] if "colleagues" in documents.audiences_of(one)), None)
        )
        if user is None:
            raise CommandError("Nobody here may search: fill the base first (manage.py rivage, or populate).")
        backend = backends.current()
        self.stdout.write(f"{type(backend).__name__} on {connection.vendor}")
        if not no_build:
            began, work = time.perf_counter(), time.process_time()
            count = rebuild.reindex()
            worked = time.process_time() - work
            self.stdout.write(f"build: {time.perf_counter() - began:.1f} s ({worked:.1f} s of own work) for {count} rows")
        rows, size = backend.size()
        self.stdout.write(f"size: {size / 1e6:.1f} MB, {rows} rows with the vocabulary")
        self._freshness()
        rng = random.Random(7)  # noqa: S311 - a sample, no secret
        everything = [self._measure(label, user, texts) for label, texts in _questions(rng, questions).items()]
        self.stdout.write(f"{'the whole table':20} {_shares([each for times in everything for each in times])}")
        self._measure("type-ahead", user, _typed(rng, questions), suggest=True)

    def _freshness(self):
        """From the change to the hit: what the drain costs; the doorbell adds the broker's few milliseconds."""
        document = next((documents.get(kind) for kind in documents.kinds()), None)
        keys = list(document.model._default_manager.order_by("pk").values_list("pk", flat=True)[:20])
        times = []
        for key in keys:
            began = time.perf_counter()
            with transaction.atomic():
                outbox.touch(document.kind, [key])
            outbox.drain()
            backends.current().lookup({"d=nothing"}, frozenset())  # the reader opens what was written
            times.append(time.perf_counter() - began)
        if times:
            self.stdout.write(f"freshness: {_shares(times)}")

    def _measure(self, label, user, texts, suggest=False) -> list[float]:
        """The seconds waited for each answer, once printed."""
        times, worked, empty = [], [], 0
        served = _server_clock()
        for turn in range(ROUNDS + 1):
            for text in texts:
                began, work = time.perf_counter(), time.thread_time() + served()
                found = finder.suggest(user, text) if suggest else finder.find(user, text).hits
                if turn:  # the first round warms the caches a process keeps
                    times.append(time.perf_counter() - began)
                    worked.append(time.thread_time() + served() - work)
                    empty += not found
        self.stdout.write(f"{label:20} {_shares(times)}; of it work {_shares(worked)}; {len(texts)} questions, {empty // ROUNDS} without an answer")
        return times


def _server_clock():
    """A function that reads the processor seconds of our database session, when its server runs on this Linux machine; else 0."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            clock = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
        if clock.exists() and connection.settings_dict["HOST"] in ("", "localhost", "127.0.0.1"):
            return lambda: int(clock.read_text().split()[0]) / 1e9
    return lambda: 0.0


def _shares(times: list[float]) -> str:
    if len(times) < 2:
        return "nothing to measure"
    cuts = statistics.quantiles(times, n=100, method="inclusive")
    return ", ".join(f"p{share} {cuts[share - 1] * 1000:.1f} ms" for share in SHARES)


def _questions(rng, count: int) -> dict[str, list[str]]:
    """Questions as people ask them, made from titles of the base: whole, folded, turned round, mistyped, begun."""
    titles = {}
    for kind in documents.kinds():
        things = list(documents.get(kind).queryset().order_by("pk")[: count * 40])
        titles[kind] = [documents.get(kind).plain_title(thing) for thing in rng.sample(things, min(count, len(things)))]
    people, skills = titles.get("person", []), titles.get("skill", [])
    return {
        "names, whole": people,
        "names, turned round": [" ".join(reversed(names.fold(title).split())) for title in people],
        "names, one word": [title.split()[-1] for title in people],
        "names, mistyped": [_mistyped(rng, title) for title in people],
        "skills": skills,
        "skills, folded": [names.fold(title) for title in skills],
        "skill and name": [f"{skill} {name.split()[0]}" for skill, name in zip(skills, people, strict=False)],
        "titles and teams": [title for kind in ("job", "team", "opening") for title in titles.get(kind, [])][:count],
    }


def _mistyped(rng, title: str) -> str:
    """One pair of neighbours swapped in the longest word."""
    word = max(title.split(), key=len)
    if len(word) < 5:
        return title
    at = rng.randrange(1, len(word) - 2)
    return title.replace(word, word[:at] + word[at + 1] + word[at] + word[at + 2 :])


def _typed(rng, count: int) -> list[str]:
    """What a box gets while somebody types: the first two to five letters of names and skills."""
    texts = [text for kind_texts in list(_questions(rng, count).values())[:5] for text in kind_texts if len(text) > 5]
    return [text[: rng.randrange(2, 6)] for text in rng.sample(texts, min(count, len(texts)))]
