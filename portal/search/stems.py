"""Word forms in English and French, on folded words: pure thinking."""

from functools import lru_cache

from whoosh.lang.porter2 import stem as _english
from whoosh.lang.snowball.french import FrenchStemmer

_french = FrenchStemmer().stem
ENGLISH, FRENCH = "en", "fr"

_LITTLE = """
a an and are as at be by for from has have how in into is it its of on or our that the their this to was we what when where who will with you your my i
au aux avec ce ces cet cette dans de des du elle en est et eux il ils je la le les leur leurs lui ma mais me mes mon ne nos notre nous on ou par pas pour
qu que qui sa se ses son sont sur ta te tes toi ton tu un une vos votre vous y d l j c n s m t
"""
STOPWORDS = frozenset(_LITTLE.split())

# Families that a stemmer of suffixes leaves apart once accents are gone.
_ENDINGS = {
    "abilit": "abl",
    "ibilit": "ibl",
    "atrice": "",
    "ateur": "",
    "trice": "t",
    "euse": "",
    "eur": "",
    "iste": "",
    "ist": "",
    "er": "",
    "ing": "",
    "age": "",
    "ure": "",
}

# Families whose stems differ: gérer la paie, gestion de la paie; acheteur, achats.
_KIN = {"achat": "achet", "gestion": "ger", "gestionnair": "ger"}


@lru_cache(maxsize=65536)
def stems(word: str, language: str = "") -> frozenset[str]:
    """The stems of a folded word: of `language`, or of both when it is not known."""
    if len(word) < 4 or not word.isalpha():
        return frozenset([word])
    found = set()
    if language != FRENCH:
        found.add(_shorter(_english(word)))
    if language != ENGLISH:
        found.add(_shorter(_french(word.removesuffix("s") if word.endswith("ees") else word)))
    return frozenset(found)


def _shorter(stem: str) -> str:
    """One stem for forecaster and forecasting, développeur and développement."""
    for ending, instead in _ENDINGS.items():
        if stem.endswith(ending) and len(stem) - len(ending) >= (4 if instead.endswith("bl") else 5):
            return stem[: -len(ending)] + instead
    return _KIN.get(stem, stem)
