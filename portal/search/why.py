"""Why a row answered, in words and in marks: worked out for the page shown only, from what its audience reads."""

import re

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from portal.search import names
from portal.search.backends.base import Term
from portal.search.documents import Part, SearchDocument
from portal.search.rows import tokens_of

_PIECE = re.compile(r"[^\W_]+[+#]*")
SNIPPET = 160  # letters


def own_language(pair: list[str]) -> str:
    """The title in the reader's language."""
    return pair[1] if (get_language() or "en").startswith("fr") and len(pair) > 1 else pair[0]


def explain(document: SearchDocument, data: dict, terms: tuple[Term, ...], limit: int = 3):
    """(sentences, texts that matched by part name, words of the row that matched): the best part for each word typed."""
    parts = [_part(entry) for entry in data["shown"]]
    tokens = [tokens_of(part) for part in parts]
    reasons, best_parts, marks = [], {}, set()
    for term in terms:
        if not term.required:
            continue
        best = None
        for way in term.ways:
            for at, own in enumerate(tokens):
                if (best is None or way.points > best[0]) and _hits(way, own, parts[at], data):
                    best = (way.points, at, way)
        if best:
            _, at, way = best
            best_parts.setdefault(at, []).append(way)
            marks |= _marked_words(way, parts[at])
    for at in best_parts:
        part = parts[at]
        words = document.explain(part.name, part.text, part.detail)
        if words and words not in reasons:
            reasons.append(words)
    return reasons[:limit], [parts[at] for at in best_parts], marks


def sentence(reasons: list[str]) -> str:
    return _("found by: %(reasons)s") % {"reasons": ", ".join(reasons)} if reasons else ""


def missing(terms: tuple[Term, ...], data: dict, typed: list[str]) -> list[str]:
    """The typed words that this row does not hold."""
    parts = [_part(entry) for entry in data["shown"]]
    tokens = [tokens_of(part) for part in parts]
    left = []
    for word, term in zip(typed, terms, strict=False):
        if term.required and not any(_hits(way, own, part, data) for way in term.ways for own, part in zip(tokens, parts, strict=True)):
            left.append(word)
    return left


def missing_words(left: list[str]) -> str:
    return ngettext("without: %(words)s", "without: %(words)s", len(left)) % {"words": ", ".join(left)}


def _part(entry: list) -> Part:
    name, text, weight, concept, detail, language = entry[:6]
    return Part(name, text, weight, concept=concept, detail=detail, language=language, given=bool(detail.get("given")), phone=bool(detail.get("phone")))


def _hits(way, own: set[str], part: Part, data: dict) -> bool:
    if way.prefix:
        return any(token.startswith(way.token) for token in own)
    if way.token in own:
        return True
    return way.token == f"k={data.get('concept')}" and part.weight in ("title", "strong")


def _marked_words(way, part: Part) -> set[str]:
    """The folded words of `part` that made `way` hit."""
    letter, _, wanted = way.token.partition("=")
    if letter == "k":
        return set(names.words(part.text))
    found = set()
    for word in names.words(part.text):
        if letter in "zt":
            from portal.search.stems import stems

            hit = wanted in stems(word, part.language)
        elif way.prefix:
            hit = word.startswith(wanted)
        elif letter == "i":
            hit = word.startswith(wanted[:1])
        else:
            hit = word == wanted or (len(word) > 2 and word in wanted)
        if hit:
            found.add(word)
    if letter == "f":
        found |= set(names.words(part.text))
    return found


def mark(text: str, marks: set[str]) -> list[tuple[str, bool]]:
    """`text` in pieces, each with whether it is marked: the template escapes them, nothing here is HTML."""
    pieces, last = [], 0
    for match in _PIECE.finditer(text):
        if names.fold(match.group()) in marks:
            if match.start() > last:
                pieces.append((text[last : match.start()], False))
            pieces.append((match.group(), True))
            last = match.end()
    if last < len(text):
        pieces.append((text[last:], False))
    return pieces


def snippet(parts: list[Part], marks: set[str]) -> list[tuple[str, bool]]:
    """The sentence around the first marked word of the longest text that matched."""
    texts = [part.text for part in parts if part.weight == "text" and len(part.text) > 30]
    if not texts or not marks:
        return []
    text = " ".join(max(texts, key=len).split())
    first = next((match.start() for match in _PIECE.finditer(text) if names.fold(match.group()) in marks), None)
    if first is None:
        return []
    start = max(0, first - SNIPPET // 3)
    start = text.find(" ", start) + 1 if start else 0
    end = start + SNIPPET
    end = text.rfind(" ", start, end) if end < len(text) else len(text)
    cut = text[start:end]
    return mark(("… " if start else "") + cut + (" …" if end < len(text) else ""), marks)
