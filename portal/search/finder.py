"""Finds: what a reader typed, against the rows their audiences own; the rule then disposes of the page shown."""

import logging
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from functools import partial

from django.db.models import CharField, Value
from django.db.models.functions import Cast
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.search import backends, documents, names, query, why
from portal.search.backends import Away
from portal.search.backends.base import MOST, Question

log = logging.getLogger(__name__)
AWAY = _("The index is being rebuilt: for now only names are searched.")
FEW = 3  # fewer answers than this, and near spellings are tried too
MOST_FACET_VALUES = 12
MOST_PAGES = 200
MOST_PROPOSED = 200  # looked at for a type-ahead
SORTS = ("best", "name", "newest")


@dataclass
class Hit:
    """One thing found. `marked` and `snippet` are pieces (text, whether it matched)."""

    kind: str
    key: str
    title: str
    url: str
    subtitle: str = ""
    why: list[str] = field(default_factory=list)
    marked: list[tuple[str, bool]] = field(default_factory=list)
    snippet: list[tuple[str, bool]] = field(default_factory=list)
    score: float = 0.0
    data: dict = field(default_factory=dict, repr=False)

    @property
    def document(self):
        return documents.get(self.kind)

    @property
    def icon(self) -> str:
        return self.document.icon

    @property
    def kind_label(self) -> str:
        return str(self.document.label)

    @property
    def reasons(self) -> str:
        return ", ".join(self.why)

    # What a monogram is drawn from.
    @property
    def is_person(self) -> bool:
        return "initials" in self.data.get("extra", {})

    @property
    def initials(self) -> str:
        return self.data["extra"]["initials"]

    @property
    def hue(self) -> str:
        return self.data["extra"]["hue"]

    @property
    def display_name(self) -> str:
        return self.title


@dataclass(frozen=True)
class Facet:
    """One value a result may be narrowed by."""

    value: str
    label: str
    count: int
    checked: bool = False


@dataclass
class Results:
    """One page of what was found, and what can be said about the whole."""

    text: str = ""
    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    more: bool = False  # there are more than `total`: only the best were taken, and the facets count these
    page: int = 1
    size: int = 20
    facets: dict[str, list[Facet]] = field(default_factory=dict)
    partial: bool = False
    close: bool = False
    suggestion: str = ""
    away: bool = False
    intents: list[tuple[Hit, str]] = field(default_factory=list)  # things the words name, with a sentence
    things: dict = field(default_factory=dict)  # key → what `fetch` loaded
    counts: dict[str, int] = field(default_factory=dict, repr=False)  # facet counts as the store gives them
    question: Question | None = field(default=None, repr=False)  # what was asked of the store
    guessing: bool = field(default=False, repr=False)

    @property
    def keys(self) -> list:
        return [documents.get(hit.kind).model._meta.pk.to_python(hit.key) for hit in self.hits]

    @property
    def tally(self) -> documents.Tally:
        return documents.Tally(self.total, self.more)


def find(user, text="", *, kinds=None, filters=None, sort="best", page=1, size=20, facets=True, fetch=None) -> Results:
    """What `user` may read that answers `text`; every word must hit, else what hits some follows and says so.

    A page about one kind gives `fetch`: a function of the keys found that loads its things by key, those the rules show
    to `user`. It stands for the second lock, one query less; and such a page answers itself while the index is away.
    """
    asked = query.parse(text or "")
    wanted = tuple(kind for kind in documents.kinds() if kinds is None or kind in kinds)
    chosen = {name: tuple(values) for name, values in (filters or {}).items() if values}
    page = max(1, min(int(page), MOST_PAGES))
    results = Results(text=text, page=page, size=size)
    try:
        with backends.current().questions():
            _ask_index(user, asked, wanted, chosen, sort, facets, results)
    except Away as reason:
        log.warning("search index away: %s", reason)
        results.away = True
        if fetch is None:
            _ask_database(user, asked, wanted, results)
        return results
    _dispose(user, results, fetch)
    if results.guessing and results.hits:
        results.suggestion = _suggestion(asked, results)
    results.intents = _intents(results, asked)
    return results


def _ask_index(user, asked, kinds, chosen, sort, facets, results: Results) -> None:
    backend = backends.current()
    audiences = documents.audiences_of(user)
    tokens = query.lookup_tokens(asked)
    known = query.understand(asked, backend.lookup(tokens, audiences)) if tokens else query.Known()
    if text_is_only_signs(asked, results.text) or not kinds:
        backend.lookup({"n="}, audiences)  # nothing to look for, but an index that is away must say so
        return

    def ask(terms, some=False):
        results.question = Question(
            terms, query.without(asked), tuple(asked.phrases), some, audiences, kinds, chosen,
            sort if sort in SORTS else "best", (results.page - 1) * results.size, results.size, facets, MOST if facets else MOST_PROPOSED,
        )  # fmt: skip
        return backend.ask(results.question)

    terms = query.terms(asked, known)
    answer = ask(terms)
    if answer.total < FEW and known.near:
        guessed = query.terms(asked, known, guess=True)
        near = ask(guessed)
        if near.total > answer.total:
            results.close, results.guessing = answer.total == 0, True
            answer, terms = near, guessed
    if not answer.total and len(asked.required) > 1:
        terms = query.terms(asked, known, guess=True)
        answer = ask(terms, some=True)
        results.partial = bool(answer.total)
    results.total, results.more = answer.total, answer.more
    results.hits = [_hit(row, terms, asked, results.partial) for row in answer.rows]
    results.counts = answer.facets
    results.facets = _facets(user, answer, chosen)


def text_is_only_signs(asked, text: str) -> bool:
    """Something was typed and no word is in it: ???"""
    return asked.is_empty and bool((text or "").strip())


def _hit(row, terms, asked, partial: bool) -> Hit:
    kind, key, score, data = row
    document = documents.get(kind)
    title = why.own_language(data["title"])
    reason = why.explain(document, data, terms, asked.words)
    sentences = [*reason.sentences, why.lacking_words(reason.lacking)] if partial and reason.lacking else reason.sentences
    return Hit(
        kind, key, title, data["url"], why.own_language(data.get("subtitle", ["", ""])), sentences,
        why.mark(title, reason.marks), why.snippet(reason.parts, reason.marks), round(score, 2), data,
    )  # fmt: skip


def _dispose(user, results: Results, fetch) -> None:
    """The second lock: of these hits, those whose things the rules show to `user` now."""
    before = len(results.hits)
    if fetch:
        results.things = fetch(results.keys)
        results.hits = [hit for hit, key in zip(results.hits, results.keys, strict=True) if key in results.things]
    else:
        results.hits = _disposed(user, results.hits)
    if len(results.hits) < before and results.total <= results.size:
        results.total = len(results.hits)  # the rule took some away that the index still held


def _disposed(user, hits: list[Hit]) -> list[Hit]:
    """One query for all kinds."""
    by_kind: dict[str, list[str]] = {}
    for hit in hits:
        by_kind.setdefault(hit.kind, []).append(hit.key)
    asks = []
    for kind, keys in by_kind.items():
        things = documents.get(kind).model._default_manager.visible_to(user).filter(pk__in=keys).order_by()
        asks.append(things.annotate(_kind=Value(kind, CharField()), _key=Cast("pk", CharField())).values_list("_kind", "_key"))
    if not asks:
        return []
    seen = set(asks[0].union(*asks[1:], all=True) if len(asks) > 1 else asks[0])
    return [hit for hit in hits if (hit.kind, hit.key) in seen]


def _intents(results: Results, asked) -> list[tuple[Hit, str]]:
    """What the words name as a whole, from the first hits, counted over all the rows found."""
    if not asked.words:
        return []
    whole = 100 * len(asked.required) * 0.9
    named = [hit for hit in results.hits[:3] if hit.score >= whole + query.WHOLE * 0.9]
    try:
        with backends.current().questions() if named and results.more else nullcontext():
            said = [(hit, hit.document.intent(hit.data.get("extra", {}), partial(_count, results))) for hit in named]
    except Away:
        return []
    return [(hit, sentence) for hit, sentence in said if sentence]


def _count(results: Results, name: str, value: str) -> documents.Tally:
    """How many of all the rows found have this value, asked of the store when it did not take them all."""
    if not results.more:
        return documents.Tally(sum(number for text, number in results.counts.items() if text.startswith(f"{name}={value}=")))
    # Who has it was found by it: the words need not be asked again.
    narrowed = replace(results.question, terms=(), filters={**results.question.filters, name: (value,)}, start=0, size=0, facets=False)
    number = backends.current().count(narrowed)
    return documents.Tally(min(number, narrowed.most), number > narrowed.most)


def _facets(user, answer, chosen: dict) -> dict[str, list[Facet]]:
    french = (get_language() or "").startswith("fr")
    shown_names = {"kind"}.union(*(document.facets for document in documents.every()))
    found: dict[str, dict[str, list]] = {name: {value: [0, ""] for value in values} for name, values in chosen.items()}
    for text, count in answer.facets.items():
        name, value, en, fr = text.split("=", 3)
        if name in shown_names:  # one value may be held under an old and a new label for a moment
            entry = found.setdefault(name, {}).setdefault(value, [0, ""])
            entry[0] += count
            entry[1] = (fr or en) if french else (en or fr)
    shown = {}
    for name, values in found.items():
        ordered = sorted(values.items(), key=lambda item: (-item[1][0], item[1][1]))
        kept = [*ordered[:MOST_FACET_VALUES], *(item for item in ordered[MOST_FACET_VALUES:] if item[0] in chosen.get(name, ()))]
        # The kind that fills what was taken has more; the others were counted beside it.
        tallies = {value: documents.Tally(count, answer.more and name == "kind" and value == ordered[0][0]) for value, (count, _label) in kept}
        labels = _facet_labels(user, name, [value for value, (_count, label) in kept if not label])
        shown[name] = [Facet(value, label or labels.get(value, value), tallies[value], value in chosen.get(name, ())) for value, (_count, label) in kept]
    return shown


def _facet_labels(user, name: str, values: list[str]) -> dict[str, str]:
    if not values:
        return {}
    if name == "kind":
        return {value: str(documents.get(value).plural) for value in values if value in documents.kinds()}
    said = (document.facet_labels(user, name, values) for document in documents.every() if name in document.facets)
    return next(filter(None, said), {})


def _suggestion(asked, results: Results) -> str:
    """The typed text with each unknown word as the first answer writes it: taken from a row the reader may read."""
    first = results.hits[0]
    texts = [entry[1] for entry in first.data["shown"] if entry[2] in ("name", "title", "strong")]
    held = {names.fold(word): word for text in texts for word in why._PIECE.findall(text)}
    corrected, changed = [], False
    for at, word in enumerate(asked.words):
        other = next((folded for folded in held if folded != word and (names.is_near(word, folded) or _sounds_alike(word, folded))), None)
        if at in asked.optional or word in held or other is None:
            corrected.append(held.get(word, word))
        else:
            corrected.append(held[other])
            changed = True
    return " ".join(corrected) if changed else ""


def _sounds_alike(one: str, other: str) -> bool:
    return bool(names.skeleton(one)) and names.skeleton(one) == names.skeleton(other)


def suggest(user, prefix: str, *, kinds=None, limit: int = 8) -> list[Hit]:
    """Type-ahead: the first hits for what was typed so far."""
    if not (prefix or "").strip():
        return []
    return find(user, prefix, kinds=kinds, size=limit, facets=False).hits


def _ask_database(user, asked, kinds, results: Results) -> None:
    """The answer of the database by names, while the index is away."""
    start, left = (results.page - 1) * results.size, results.size
    for kind in kinds:
        document = documents.get(kind)
        if not document.name_columns:
            continue
        things = document.by_name(user, asked.required or asked.words)
        count = things.count()
        results.total += count
        if left and start < count:
            keys = list(things.order_by(*document.name_columns, "pk").values_list("pk", flat=True)[start : start + left])
            page = sorted(document.queryset().filter(pk__in=keys), key=lambda thing: keys.index(thing.pk))
            results.hits += [_plain_hit(document, thing) for thing in page]
            left -= len(page)
        start = max(0, start - count)


def _plain_hit(document, thing) -> Hit:
    title = document.plain_title(thing)
    return Hit(document.kind, str(thing.pk), title, thing.get_absolute_url(), marked=[(title, False)])
