"""Names the French way, and how near two words are: pure thinking, the same on both sides of a comparison."""

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'"}
)
# How the same letters are written by whoever has no key for them, where `fold` takes the mark off: Müller = Mueller, Sørensen = Soerensen.
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "ð": "th"})
# A sign of a writing without spaces (Han, Hangul) is a word.
_SIGNS = "\u3400-\u9fff\uac00-\ud7a3"
_WORD = re.compile(rf"[{_SIGNS}]|[^\W_{_SIGNS}]+[+#]*")
_ELISION = re.compile(r"(?<!\w)(?:l|d|j|c|n|s|m|t|qu|jusqu|lorsqu)'(?=\w)|'s(?!\w)")
_DOTNET = re.compile(r"(?<!\w)\.net\b")
LONGEST = 60  # letters of a word
_PLAIN = re.compile(r"[a-z0-9 ]*")

# Words a name may carry or leave out.
_PARTICLES = """de du des d la le les l van von vom zu den der dem ter ten het di da do dos das del della delle degli el al y e
    bin ibn st ste saint sainte"""
PARTICLES = frozenset(_PARTICLES.split())
_CIVILITIES = "m mm mme mmes mlle monsieur madame mademoiselle mr mrs ms miss mx dr docteur pr"
CIVILITIES = frozenset(_CIVILITIES.split())


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """`text` in small letters without accents: Hélène = helene, Œuvre = oeuvre, ç = c, ’ = '."""
    text = text.lower()
    if _PLAIN.fullmatch(text):
        return text
    bare = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return unicodedata.normalize("NFC", "".join(letter for letter in bare if not unicodedata.combining(letter)))


def words(text: str) -> list[str]:
    """The words of `text`, folded; an elision is no word (l’accueil = accueil), c++ and c# stay whole, .NET is dotnet."""
    return _cut(_WORD.findall(_ELISION.sub(" ", _DOTNET.sub("dotnet", fold(text)))))


def spelt_out(text: str) -> list[str]:
    """The words of `text` as written without marks: Guðmundsdóttir gives guthmundsdottir; none where that changes nothing."""
    other = unicodedata.normalize("NFC", text).lower().translate(_SPELT_OUT)
    return [word for word in words(other) if word not in words(text)]


def raw_words(text: str) -> list[str]:
    """As `words`, but an elision stays: d'Artagnan gives d, artagnan."""
    return _cut(_WORD.findall(fold(text)))


def _cut(found: list[str]) -> list[str]:
    """What is longer than any word (a file written as letters, somebody leaning on a key) is known by its beginning."""
    return [word[:LONGEST] for word in found]


def joined(parts: list[str], longest: int = 4) -> set[str]:
    """Every run of two or more neighbours written as one: jean pierre → jeanpierre, de la tour → delatour, latour."""
    runs = set()
    for start in range(len(parts)):
        for end in range(start + 2, min(len(parts), start + longest) + 1):
            runs.add("".join(parts[start:end]))
    return runs


def initials(text: str) -> str:
    """The initials of a given name in several parts: Jean-Pierre → jp; empty for a simple one."""
    parts = [word for word in words(text) if word not in PARTICLES]
    return "".join(word[0] for word in parts) if len(parts) > 1 else ""


def ends_of_phone(number: str) -> set[str]:
    """What a phone is looked up by: its last four digits, and its last nine (with or without prefix)."""
    digits = re.sub(r"\D", "", number)
    return {digits[-length:] for length in (4, 9) if len(digits) >= length}


# --- how it sounds ------------------------------------------------------------------------------------
# In order, on folded letters. Capitals are sounds already decided: S for ss, J for soft g, nasals 1 (in) 2 (an) 3 (on).
_SOUNDS = [
    (r"[^a-z]", ""),
    (r"ebur(e?)s?$", r"evr\1"),  # Lefébure is Lefèvre: u was written for v
    (r"bv", "v"),
    (r"(?<=n)c(?=ois)", "S"),  # François
    (r"ph", "f"),
    (r"(?<=^za)ch", "k"),  # Zacharie
    (r"aill(?=[aeouO])|ay(?=[aeouO])", "AI"),  # Taillefer, Payet
    (r"chr|sch(?=[lrn])", lambda m: "kr" if m.group() == "chr" else "Z"),
    (r"ch(?=[oau]s?$)|ch(?=[ln])", "k"),
    (r"sch|sh|ch", "Z"),
    (r"th", "t"),
    (r"gh(?=[eiy])", "G"),
    (r"^h|h", ""),
    (r"eaux?|aulx|aul(?=[td])|au[dtx]s?$|au|ots?$|o$", "O"),
    (r"ck|cqu?|qu|q|cc(?![ei])", "k"),
    (r"sc(?=[eiy])|c(?=[eiy])", "S"),
    (r"c", "k"),
    (r"gn", "ni"),
    (r"gu(?=[eiy])", "G"),
    (r"ge?(?=[aou])", lambda m: "J" if m.group() == "ge" else "G"),
    (r"g(?=[eiy])", "J"),
    (r"g", "G"),
    (r"j", "J"),
    (r"(?<=[aeiouyO])s(?=[aeiouyO])", "z"),
    (r"w", "v"),
    (r"tion", "SiO"),
    (r"x(?=.)", "kS"),
    (r"(?:er|ez|et|ey|ay|ai[tsx]?|ei)$", ""),
    (r"(?<=[^e])s$", ""),
    (r"oist$", "oit"),
    (r"(?<=..)(?:[tdxzG]+s?)$", ""),
    (r"(?:ain|ein|aim|in|im|yn|ym|un|um)(?![aeiouymnO])", "1"),
    (r"(?:ean|aon|an|am|en|em)(?![aeiouymnO])", "2"),
    (r"(?:on|om)(?![aeiouymnO])", "3"),
    (r"oeu|eu", ""),
    (r"ou|oo", "W"),
    (r"oi|oy", "WA"),
    (r"ai|ay|ei|ey", ""),
    (r"ill(?=[aeouO]|$)|y(?=[aeouO])", "i"),
    (r"y", "i"),
    (r"es?$|e", ""),
]
_SOUNDS = [(re.compile(pattern), change) for pattern, change in _SOUNDS]
_TWICE = re.compile(r"(.)\1+")
_VOWELS = set("aeiouy")


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """How a folded word sounds to a French ear: Lefèvre = Lefebvre = Lefébure, Thibault = Tibo; empty when too short to tell, or no vowel makes it sound."""
    if len(word) < 4 or not _VOWELS.intersection(word):
        return ""
    for pattern, change in _SOUNDS:
        word = pattern.sub(change, word)
    key = _TWICE.sub(r"\1", word.upper())
    return key if len(key) > 1 else ""


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """The consonants one hears, nasal or not: Stéphane = Stefan, Kristof = Christophe; empty when fewer than three."""
    if len(word) < 5:
        return ""
    key = re.sub(r"[AIOUW]", "", sound(word).translate(str.maketrans("123", "NNN")))
    key = _TWICE.sub(r"\1", key)
    return key if len(key) > 2 else ""


# --- how near it is written -----------------------------------------------------------------------------
def shortened(word: str) -> set[str]:
    """`word`, and `word` without each of its letters: two words one typo apart share one of these."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def distance(one: str, other: str) -> int:
    """How many letters to add, drop, change or swap with a neighbour to turn one word into the other."""
    before, row = [], list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]


def is_near(one: str, other: str) -> bool:
    """Whether two words of five letters or more are one typo apart (two when both are long)."""
    if max(len(one), len(other)) < 5 or min(len(one), len(other)) < 4:
        return False
    return distance(one, other) <= (2 if min(len(one), len(other)) >= 9 else 1)
