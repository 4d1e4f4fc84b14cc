"""From the text a person typed to what the store is asked: words, phrases in quotes, -without, and the ways each is found."""

import re
from dataclasses import dataclass, field

from portal.search import names
from portal.search.backends.base import Term, Way
from portal.search.rows import WORD, whole_of
from portal.search.stems import STOPWORDS, singular, stems

MOST_WORDS = 10
LONGEST_CONCEPT = 6  # words
_LOOSE_SIGNS = re.compile(r"(?<=\w)\s+([+#]+)(?!\w)")  # c ++ is c++
_PHRASE = re.compile(r'(-?)["“”«]\s*([^"“”«»]*?)\s*["“”»]')

# What each way of finding a word is worth.
CONCEPT, NAME, STRONG, USUAL, STEM, CODE = 100, 100, 95, 88, 86, 110
NAME_START, STRONG_START, SOUND, ONE_START, TYPO, SKELETON, TEXT, INITIAL = 70, 62, 60, 56, 48, 44, 40, 30
WHOLE, PART = 40, 12


@dataclass
class Asked:
    """The typed text, parted: `words` in order, `optional` ones need not be found."""

    words: list[str] = field(default_factory=list)
    optional: set[int] = field(default_factory=set)
    exact: set[int] = field(default_factory=set)  # positions inside a phrase: no guessing there
    phrases: list[str] = field(default_factory=list)
    without: list[str] = field(default_factory=list)

    @property
    def required(self) -> list[str]:
        return [word for at, word in enumerate(self.words) if at not in self.optional]

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.without)


def parse(text: str) -> Asked:
    """Part `text`; whatever is typed gives some question."""
    asked = Asked()
    text = _LOOSE_SIGNS.sub(r"\1", text[:300])

    def phrase(match):
        found = names.words(match[2])
        if match[1]:
            asked.without.extend(found)
        elif found:
            asked.exact.update(range(len(asked.words), len(asked.words) + len(found)))
            asked.words.extend(found)
            if len(found) > 1:
                asked.phrases.append(" ".join(found))
        return " "

    rest = _PHRASE.sub(phrase, text)
    for piece in rest.split():
        if piece.startswith(("-", "−", "–")) and len(piece) > 1 and names.words(piece):
            asked.without.extend(names.words(piece))
        elif "@" in piece.strip("@"):
            asked.words.append(names.fold(piece).strip(" ,;.<>"))  # an address is one word
        else:
            asked.words.extend(names.words(piece))
    asked.words = _numbers_as_one(asked)[:MOST_WORDS]
    if not asked.exact:
        asked.words = list(dict.fromkeys(asked.words))  # said twice counts once
    little = STOPWORDS | names.PARTICLES | names.CIVILITIES
    asked.optional = {at for at, word in enumerate(asked.words) if word in little and at not in asked.exact}
    if len(asked.optional) == len(asked.words):
        asked.optional = set()
    return asked


def _numbers_as_one(asked: Asked) -> list[str]:
    """Neighbouring groups of digits are one number: 06 12 34 56 78."""
    if asked.exact:
        return asked.words
    words: list[str] = []
    for word in asked.words:
        if word.isdigit() and words and words[-1].isdigit() and len(word) <= 3 and len(words[-1]) <= 13:
            words[-1] += word
        else:
            words.append(word)
    return words


@dataclass(frozen=True)
class Known:
    """What the vocabulary and the concepts said about the typed words."""

    usual: dict[str, frozenset[str]] = field(default_factory=dict)  # word → the names it stands for
    near: dict[str, tuple[Way, ...]] = field(default_factory=dict)  # word → words written almost so
    sounds: dict[str, tuple[Way, ...]] = field(default_factory=dict)  # word → words that sound so
    concepts: tuple = ()  # (start, end, concept token) over the words


def lookup_tokens(asked: Asked) -> set[str]:
    """What to ask the vocabulary, the usual names and the concepts, all at once."""
    tokens = {f"C={whole}" for _, _, whole in spans(asked) if not whole.endswith(".")}
    for at, word in enumerate(asked.words):
        if at in asked.exact or not word.isalpha():
            continue
        tokens.add(f"a={word}")
        if at + 1 < len(asked.words):
            tokens.add(f"a={word}{asked.words[at + 1]}")
        if at in asked.optional:
            continue
        if len(word) >= 4:
            tokens |= {f"d={short}" for short in names.shortened(word)}
        if sound := names.sound(word):
            tokens.add(f"p={sound}")
        if skeleton := names.skeleton(word):
            tokens.add(f"q={skeleton}")
    return tokens


def spans(asked: Asked) -> list[tuple[int, int, str]]:
    """Every run of typed words as a whole name: (start, end, whole)."""
    found = []
    for start in range(len(asked.words)):
        for end in range(start + 1, min(len(asked.words), start + LONGEST_CONCEPT) + 1):
            edges = {start, end - 1}
            if end - start > 1 and edges & asked.optional:
                continue  # a little word at an edge changes nothing
            found.append((start, end, whole_of(asked.words[start:end])))
            found.append((start, end, whole_of(asked.words[start:end], stemmed=False)))
    return found


def understand(asked: Asked, found: list[tuple[str, dict]]) -> Known:
    """Sort what `lookup` found by what it says of each typed word."""
    usual: dict[str, set[str]] = {}
    near: dict[str, list[Way]] = {}
    sounds: dict[str, list[Way]] = {}
    whole = {name: (start, end) for start, end, name in reversed(spans(asked))}
    concepts = []
    terms = {data["term"] for kind, data in found if kind == WORD}
    for _kind, data in found:
        if "names" in data:
            one, other = data["names"]
            usual.setdefault(one, set()).add(other)
            usual.setdefault(other, set()).add(one)
        elif "concept" in data:
            concepts += [(*whole[name], f"k={data['concept']}") for name in data["wholes"] if name in whole]
    for word in {word for at, word in enumerate(asked.words) if at not in asked.exact and at not in asked.optional}:
        sound, skeleton = names.sound(word), names.skeleton(word)
        for term in sorted(terms):
            other, is_name = term[2:], term.startswith("n=")
            if other == word:
                continue
            if sound and is_name and names.sound(other) == sound:
                sounds.setdefault(word, []).append(Way(term, SOUND))
            elif names.is_near(word, other):
                near.setdefault(word, []).append(Way(term, TYPO if is_name else TYPO - 2))
            elif skeleton and is_name and names.skeleton(other) == skeleton:
                near.setdefault(word, []).append(Way(term, SKELETON))
    return Known(
        {word: frozenset(others) for word, others in usual.items()},
        {word: tuple(ways[:40]) for word, ways in near.items()},
        {word: tuple(ways[:40]) for word, ways in sounds.items()},
        tuple(dict.fromkeys(concepts)),
    )


def terms(asked: Asked, known: Known, *, guess: bool = False) -> tuple[Term, ...]:
    """The ways of every word; `guess` adds near spellings."""
    found = []
    for at, word in enumerate(asked.words):
        ways = _ways(asked, known, at, word)
        if guess and at not in asked.exact:
            ways += known.near.get(word, ())
        best_first = sorted(dict.fromkeys(ways), key=lambda way: -way.points)
        found.append(Term(tuple(best_first), at not in asked.optional))
    seen = set()
    for start, end, whole in spans(asked):
        if whole not in seen:
            seen.add(whole)
            covers = len([at for at in range(start, end) if at not in asked.optional]) == len(asked.required)
            found.append(Term((Way(f"c={whole}", WHOLE if covers else PART * (end - start)),), False))
    return tuple(found)


def _ways(asked: Asked, known: Known, at: int, word: str) -> list[Way]:
    if at in asked.optional:
        return [Way(f"n={word}", INITIAL), *_joined(asked, at)]
    both = stems(word)
    ways = [Way(f"n={word}", NAME), Way(f"s={word}", STRONG), Way(f"f={word}", CODE)]
    ways += [Way(f"z={stem}", STEM) for stem in both] + [Way(f"t={stem}", TEXT) for stem in both]
    if at in asked.exact:
        return ways
    ways += [Way(token, CONCEPT, graded=True) for start, end, token in known.concepts if start <= at < end]
    if word.isdigit():
        return [*ways, *([Way(f"f={word[-9:]}", CODE)] if len(word) >= 9 else [])]
    ways += _joined(asked, at)
    ways.append(Way(f"i={word}", INITIAL if len(word) == 1 else USUAL))
    pairs = [word, *("".join(asked.words[start : start + 2]) for start in (at - 1, at) if start >= 0)]
    ways += [Way(f"n={other}", USUAL) for pair in pairs for other in sorted(known.usual.get(pair, ()))]
    if len(word) >= 2:
        ways += [Way(f"n={word}", NAME_START, prefix=True), Way(f"s={word}", STRONG_START, prefix=True)]
    if one := singular(word):  # photos begins photography, children childcare
        ways += [Way(f"n={one}", ONE_START, prefix=True), Way(f"s={one}", ONE_START, prefix=True)]
    return [*ways, *known.sounds.get(word, ())]


def _joined(asked: Asked, at: int) -> list[Way]:
    """The word written as one with its neighbours: le fevre = lefevre, de la tour = delatour, j p = jp."""
    ways = []
    for start in range(max(0, at - 2), at + 1):
        for end in range(max(at + 1, start + 2), min(len(asked.words), start + 4) + 1):
            run = "".join(asked.words[start:end])
            ways += [Way(f"n={run}", NAME - 1), Way(f"s={run}", STRONG - 1), Way(f"i={run}", USUAL), Way(f"f={run}", CODE)]
    return ways


def without(asked: Asked) -> tuple[str, ...]:
    """Tokens that no answer may hold."""
    found = []
    for word in asked.without:
        found += [f"n={word}", f"s={word}", f"f={word}"]
        found += [f"{letter}={stem}" for stem in stems(word) for letter in "zt"]
    return tuple(dict.fromkeys(found))
