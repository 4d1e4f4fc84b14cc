"""The names of spoken languages, in the reader's language."""

from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info, gettext
from django.utils.translation import gettext_lazy as _

SIGNED = {"fsl": _("French Sign Language (LSF)"), "bfi": _("British Sign Language (BSL)")}
CODES = ("fr", "en", "ar", "bn", "br", "ca", "cs", "cy", "da", "de", "el", "es", "eu", "fa", "fi", "ga", "he", "hi", "hu", "id", "it", "ja", "ko",
         "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sv", "sw", "ta", "th", "tr", "uk", "ur", "vi", "zh-hans")  # fmt: skip


def name_of(code: str) -> str:
    """The language of this ISO 639 code, as a line of its own; the code itself when nobody knows it."""
    return capfirst(said(code))


def said(code: str) -> str:
    """The same inside a sentence: English, anglais. Django's French has capitals."""
    if code in SIGNED:
        return str(SIGNED[code])
    code = "zh-hans" if code == "zh" else code
    try:
        name = gettext(get_language_info(code)["name"])
    except KeyError:
        return code
    return name if (get_language() or "en").startswith("en") else name.lower()


def choices() -> list[tuple[str, str]]:
    """Every language one may list, by its name."""
    return sorted(((code, name_of(code)) for code in (*CODES, *SIGNED)), key=lambda pair: pair[1].casefold())
