"""Reads an advert before it is published: titles for everybody, no unlawful wish, no word that says nothing."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

# Words that keep people out, by language: age, sex, look, family, origin, health (Code du travail L1132-1, L5331-2).
UNLAWFUL = {
    "fr": r"jeunes? (?:femme|homme|diplômée?|et dynamique)|\d{2} ?(?:-|à) ?\d{2} ans|moins de \d{2} ans|photo (?:exigée|obligatoire|souhaitée)|"
    r"célibataire|sans enfants?|bonne présentation|de nationalité|française? exigée?|en bonne santé|langue maternelle",
    "en": r"young (?:woman|man|and dynamic|team player)|\d{2} ?(?:-|to) ?\d{2} years old|under \d{2} years|photo required|single|no children|"
    r"good looking|british nationals? only|in good health|native speaker|mother tongue|digital native",
}
VAGUE = {
    "fr": r"dynamique|rockstar|ninja|polyvalente?s?|salaire attractif|rémunération attractive|selon profil|sens du challenge|résistante? au stress|"
    r"esprit start-?up|couteau suisse|startupeuse?",
    "en": r"dynamic|rock ?star|ninja|guru|competitive (?:salary|pay)|fast-paced|work hard,? play hard|wear many hats|self-starter|like a family|"
    r"passionate|go-getter",
}
PAST_PAY = r"(?:salaire|rémunération) (?:actuele?|actuelle|précédente?|antérieure?)|(?:current|previous|last|present) (?:salary|pay|wage)"
ONE_SEX = r"\b\w+(?:man|woman|men)\b(?<!human)(?<!woman/man)"
BOTH = re.compile(r"\(?\b[FHX]/[FHX]\b|\(?\b[fhmwx]/[fhmwx](?:/[dnx])?\b", re.I)


@dataclass(frozen=True)
class Remark:
    """One remark: it stops the publication, or asks for another word."""

    stops: bool
    language: str
    text: str


def with_mark(title: str) -> str:
    """The French title of feeds and markup, which job boards want with F/H."""
    return title if BOTH.search(title) else f"{title} (F/H)"


def found(pattern: str, text: str) -> list[str]:
    return sorted({match.group(0).lower() for match in re.finditer(rf"\b(?:{pattern})\b", text, re.I)})


def remarks(*, title_en: str, title_fr: str, title_fr_f: str, texts: dict[str, str]) -> list[Remark]:
    """Everything to say about an advert; `texts` holds all its words by language."""
    said = []
    if not title_fr_f and not BOTH.search(title_fr):
        said.append(Remark(True, "fr", _("The French title has no feminine form. Write it beside the masculine one, or the same if the word is neutral.")))
    for word in re.findall(ONE_SEX, title_en, re.I):
        if word.lower() not in ("human", "german", "women", "specimen", "woman"):
            said.append(Remark(True, "en", _("The title “%(word)s” names one sex: choose a word for everybody.") % {"word": word}))
    for language, text in texts.items():
        for word in found(UNLAWFUL[language], text):
            said.append(Remark(True, language, _("“%(word)s” keeps people out unlawfully. Say what the work asks for.") % {"word": word}))
        for word in found(VAGUE[language], text):
            said.append(Remark(False, language, _("“%(word)s” says little. What happens on a normal day?") % {"word": word}))
        if found(PAST_PAY, text):
            said.append(Remark(True, language, _("Nobody may be asked what they earned before.")))
        if not text.strip():
            said.append(Remark(True, language, _("There is no text in this language.")))
    return said
