"""From one thing to the rows of the index: one row per rung, holding only what its audiences may read."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

from portal.search import names
from portal.search.documents import CODE, NAME, STRONG, TITLE, Draft, SearchDocument
from portal.search.stems import STOPWORDS, stems

SCHEMA = 6  # raise it when a token's meaning changes: the index is then built anew
LONGEST_CODE = 200  # letters
WORD = "~word"  # the kind of rows that hold the vocabulary: one a term, for typos and sounds

# Tokens are a letter, "=" and a folded word:
#   n name · i initial · s strong · z stem of strong · t stem of text · c whole name · C whole name of a concept
#   k concept, k=…/7 held at grade 7 · f number · x facet · a usual name; on vocabulary rows: d shortened · p sound · q skeleton
# The store adds whose row it is: @ an audience that owns it, ! one that owns a narrower row of the same thing.


@dataclass(frozen=True)
class Row:
    """What one audience reads of one thing."""

    kind: str
    key: str
    rung: int
    audiences: tuple[str, ...] = ()
    shadows: tuple[str, ...] = ()  # audiences that own a narrower row of the same thing, and read that one
    tokens: frozenset[str] = frozenset()
    facets: tuple[str, ...] = ()
    grades: dict = field(default_factory=dict)
    sort: str = ""
    at: str = ""
    data: dict = field(default_factory=dict)

    @property
    def ident(self) -> str:
        return f"{self.kind}:{self.key}"

    def stored_tokens(self) -> list[str]:
        """All tokens a store keeps of this row: its words, the grades of its concepts, whose it is."""
        return [
            *self.tokens,
            *(f"{concept}/{grade}" for concept, grade in self.grades.items()),
            *(f"@{audience}" for audience in self.audiences),
            *(f"!{audience}" for audience in self.shadows),
        ]


def of(document: SearchDocument, thing) -> list[Row]:
    """The rows of `thing`, none when nobody finds it."""
    if own := getattr(document, "rows", None):
        return own(thing)
    draft = document.draft(thing)
    return rows_of(document.kind, str(thing.pk), draft) if draft else []


def rows_of(kind: str, key: str, draft: Draft) -> list[Row]:
    """One row per rung that adds something; a narrower row holds what the wider ones hold, so each part is read once."""
    steps: list[tuple[int, list[str], list]] = []  # (rung, audiences, parts that this rung adds)
    for at, rung in enumerate(draft.rungs):
        adds = [part for part in draft.parts if part.rung == at]
        if steps and not adds and at != draft.subtitle_rung:
            steps[-1][1].extend(rung.audiences)
        else:
            steps.append((at, list(rung.audiences), adds))
    is_person = any(part.weight == NAME for part in draft.parts)  # Stéphane and Stéphanie are not two forms of a word
    wholes = list(dict.fromkeys(whole_of(names.words(text), stemmed=not is_person) for text in draft.wholes if text))
    common = _common(draft, wholes)
    tokens = {f"c={whole}" for whole in wholes} | {f"x=kind={kind}"}
    if draft.concept:
        tokens |= {f"k={draft.concept}", *(f"C={whole}" for whole in wholes)}
    facets: dict[str, None] = {f"kind={kind}==": None}
    grades: dict[str, int] = {}
    shown: list[list] = []
    rows, sort, moment, something = [], names.fold(common["title"][0])[:120], _iso(draft.at), False
    for at, (rung, audiences, adds) in enumerate(steps):
        something = something or bool(adds)
        for part in adds:
            _add(part, tokens, facets, grades, shown)
        if not (something and audiences):
            continue
        narrower = {audience for _, later, _ in steps[at + 1 :] for audience in later}
        said = {"subtitle": _pair(draft.subtitle)} if draft.subtitle and rung >= draft.subtitle_rung else {}
        rows.append(
            Row(
                kind, key, at, tuple(dict.fromkeys(audiences)), tuple(sorted(narrower)), frozenset(tokens), tuple(facets), dict(grades),
                sort=sort, at=moment, data={**common, **said, "shown": list(shown)},
            )
        )  # fmt: skip
    return rows


def _common(draft: Draft, wholes: list[str]) -> dict:
    """What every row of the thing says of it."""
    data: dict = {"title": _pair(draft.title), "url": draft.url}
    if draft.extra:
        data["extra"] = draft.extra
    if draft.concept:
        data |= {"concept": draft.concept, "wholes": wholes}
    return data


def _add(part, tokens: set, facets: dict, grades: dict, shown: list) -> None:
    """What `part` gives to a row."""
    tokens |= tokens_of(part)
    if part.text:
        shown.append([part.name, part.text, part.weight, part.concept, part.detail, part.language])
    if part.concept:
        grades[f"k={part.concept}"] = max(part.grade, grades.get(f"k={part.concept}", 0))
    for facet in part.facets:
        said, token = _facet(facet.name, facet.value, facet.en, facet.fr)
        facets[said] = None
        tokens.add(token)


@lru_cache(maxsize=16384)
def _facet(name: str, value: str, en: str, fr: str) -> tuple[str, str]:
    """(how a facet value is counted, the token one narrows by)."""
    return f"{name}={_bare(value)}={_bare(en)}={_bare(fr)}", f"x={name}={_bare(value)}"


def tokens_of(part) -> frozenset[str]:
    """The tokens by which the words of `part` are found."""
    return tokens_in(part.text, part.weight, part.language, part.concept, part.given, part.phone)


@lru_cache(maxsize=16384)
def tokens_in(text: str, weight: str, language: str, concept: str, given: bool, phone: bool) -> frozenset[str]:
    found = {f"k={concept}"} if concept else set()
    if phone:
        return frozenset(found | {f"f={end}" for end in names.ends_of_phone(text)})
    words = names.words(text)
    if "dotnet" in words:
        words.append("net")  # .NET, typed without its point
    if weight == CODE:
        whole = names.fold(text).strip()[:LONGEST_CODE]
        return frozenset(found | {f"f={whole}"} | (set() if "@" in whole else {f"f={word}" for word in (*words, "".join(words)) if len(word) > 1}))
    if weight in (NAME, TITLE):
        kept = words if weight == NAME else [word for word in words if word not in STOPWORDS] or words
        found |= {f"n={word}" for word in (*kept, *names.spelt_out(text))}
        found |= {f"n={run}" for run in names.joined(names.raw_words(text)[:6], 4 if weight == NAME else 2)}
        if weight == TITLE:
            found |= {f"z={stem}" for word in kept for stem in stems(word, language)}
        if given:
            found |= {f"i={word[0]}" for word in words}
            if short := names.initials(text):
                found.add(f"i={short}")
        return frozenset(found)
    words = [word for word in words if word not in STOPWORDS] or words
    if weight == STRONG:
        found |= {f"s={word}" for word in words}
        found |= {f"z={stem}" for word in words for stem in stems(word, language)}
        found |= {f"s={run}" for run in names.joined(words, 2) if len(words) < 4}
    else:
        found |= {f"t={stem}" for word in words for stem in stems(word, language)}
    return frozenset(found)


def whole_of(words: list[str], *, stemmed: bool = True) -> str:
    """What a whole name is known by, in any order and word form, particles and little words left out."""
    kept = [word for word in words if word not in STOPWORDS and word not in names.PARTICLES] or words
    return "+".join(sorted({min(stems(word), key=lambda stem: (len(stem), stem)) if stemmed else f"{word}." for word in kept}))


def vocabulary(tokens, known=None) -> list[Row]:
    """Rows for the terms among `tokens` that `known` (a function of a term) does not hold yet."""
    terms = [token for token in tokens if token[:2] in ("n=", "s=") and _is_worth_it(token[2:])]
    return [word_row(term) for term in terms if known is None or not known(term)]


def _is_worth_it(word: str) -> bool:
    return 4 <= len(word) <= 24 and word.isalpha()


class NewTokens:
    """While an index is built: which tokens of a row no row before it had."""

    def __init__(self):
        self.seen: set[str] = set()

    def of(self, row: Row) -> frozenset[str]:
        fresh = row.tokens - self.seen
        self.seen |= fresh
        return fresh


def word_row(term: str) -> Row:
    word = term[2:]
    tokens = {f"d={short}" for short in names.shortened(word)} if len(word) >= 5 else set()
    if sound := names.sound(word):
        tokens.add(f"p={sound}")
    if skeleton := names.skeleton(word):
        tokens.add(f"q={skeleton}")
    return Row(WORD, term, 0, tokens=frozenset(tokens), data={"term": term})


def folded_text(data: dict) -> str:
    """The title and the words of a row in order, parts parted by a bar: where a phrase is looked for."""
    texts = (*data.get("title", ()), *(entry[1] for entry in data.get("shown", ())))
    return " " + " | ".join(_folded(text) for text in texts) + " "


@lru_cache(maxsize=16384)
def _folded(text: str) -> str:
    return " ".join(names.words(text))


def _pair(text) -> list[str]:
    en, fr = (text, "") if isinstance(text, str) else text
    return [str(en or fr), str(fr or en)]


def _bare(text: str) -> str:
    """Without the signs that part a facet's pieces."""
    return text.replace("=", " ").replace("\n", " ")


def _iso(moment) -> str:
    if isinstance(moment, datetime):
        return moment.isoformat()
    return moment.isoformat() if isinstance(moment, date) else ""
