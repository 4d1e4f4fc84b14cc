"""What the documents of teams and jobs share: their texts in both languages."""

from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from portal.dates import date_format
from portal.search.documents import STRONG, TEXT, TITLE, Part, Rung

INSIDE = [Rung(("colleagues",))]


def titles(name: str, en: str, fr: str, *others: str) -> list[Part]:
    return [Part(name, text, TITLE, language=code) for text, code in ((en, "en"), (fr, "fr"), *((other, "fr") for other in others)) if text]


def texts(thing, *stems: str) -> list[Part]:
    return [Part(stem, text, TEXT, language=code) for stem in stems for code in ("en", "fr") if (text := getattr(thing, f"{stem}_{code}"))]


def both(name, en, fr, at, *facets) -> list[Part]:
    """The same in both languages; only the first carries the facet."""
    detail = {"en": en or fr, "fr": fr or en}
    parts = [Part(name, en or fr, STRONG, at, "en" if en else "fr", detail=detail, facets=facets)]
    if fr and en and fr != en:
        parts.append(Part(name, fr, STRONG, at, "fr", detail=detail))
    return parts


def skill_in_words(text: str, detail: dict) -> str:
    """“skill Power BI, level 3, confirmed in July 2026, accepts to help”."""
    label = detail.get("fr" if (translation.get_language() or "").startswith("fr") else "en", text)
    if "level" not in detail:
        return _("skill %(skill)s") % {"skill": label}
    said = [_("learns %(skill)s") if detail.get("learning") else _("skill %(skill)s, level %(level)s")]
    for word, sentence in (("confirmed", _("confirmed in %(month)s")), ("fading", _("last confirmed in %(month)s"))):
        if detail.get(word):
            said.append(sentence % {"month": date_format(date.fromisoformat(detail[word]), "F Y")})
    if detail.get("help"):
        said.append(_("accepts to help"))
    said[0] %= {"skill": label, "level": detail["level"]}
    return ", ".join(said)
