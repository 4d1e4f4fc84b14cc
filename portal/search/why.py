"""Why a row answered, in words and in marks: worked out for the page shown only, from what its audience reads."""

import re
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.search import names
from portal.search.backends.base import Term
from portal.search.documents import Part, SearchDocument
from portal.search.rows import tokens_in
from portal.search.stems import stems

_PIECE = re.compile(r"[^\W_]+[+#]*")
SNIPPET = 160  # letters


def own_language(pair: list[str]) -> str:
    """The title in the reader's language."""
    return pair[1] if (get_language() or "en").startswith("fr") and len(pair) > 1 else pair[0]


@dataclass(frozen=True)
class Reason:
    """Why one row answered: sentences, the parts that hit, the words to mark, the typed words it does not hold."""

    sentences: list[str]
    parts: list[Part]
    marks: set[str]
    lacking: list[str]


def explain(document: SearchDocument, data: dict, terms: tuple[Term, ...], typed: list[str], limit: int = 3) -> Reason:
    """The best part of the row for each word typed; `terms` begin with one for each of `typed`, their ways the best first."""
    shown = sorted(data["shown"], key=_is_foreign)
    holder: dict[str, int] = {}  # token → the first part that holds it, those the reader's language first
    for at in range(len(shown) - 1, -1, -1):
        holder.update(dict.fromkeys(_tokens_of(shown[at]), at))
    if concept := data.get("concept"):
        holder[f"k={concept}"] = 0
    found: dict[int, None] = {}
    marks, lacking = set(), []
    for word, term in zip(typed, terms, strict=False):
        if not term.required:
            continue
        way, at = _best(term, holder)
        if way is None:
            lacking.append(word)
            continue
        found[at] = None
        marks |= _marked_words(way, _part(shown[at]))
    parts = [_part(shown[at]) for at in found]
    sentences = dict.fromkeys(document.explain(part.name, part.text, part.detail) for part in parts)
    return Reason([sentence for sentence in sentences if sentence][:limit], parts, marks, lacking)


def _best(term: Term, holder: dict[str, int]):
    """The best way of `term` into a row, and the part it leads to."""
    for way in term.ways:
        at = min((at for token, at in holder.items() if token.startswith(way.token)), default=None) if way.prefix else holder.get(way.token)
        if at is not None:
            return way, at
    return None, None


def _is_foreign(entry: list) -> bool:
    """Written in the other language than the reader's."""
    return entry[5] not in ("", (get_language() or "en")[:2])


def lacking_words(words: list[str]) -> str:
    return _("without: %(words)s") % {"words": ", ".join(words)}


def _tokens_of(entry: list):
    _name, text, weight, concept, detail, language = entry
    return tokens_in(text, weight, language, concept, "given" in detail, "phone" in detail)


def _part(entry: list) -> Part:
    name, text, weight, concept, detail, language = entry
    return Part(name, text, weight, concept=concept, detail=detail, language=language, given="given" in detail, phone="phone" in detail)


def _marked_words(way, part: Part) -> set[str]:
    """The folded words of `part` that made `way` hit."""
    letter, _, wanted = way.token.partition("=")
    if letter == "k":
        return set(names.words(part.text))
    found = set()
    for word in names.words(part.text):
        if letter in "zt":
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
