"""Two languages in the data: published texts have one column each, read through one property that falls back."""

from django.utils.translation import get_language


class Text(str):
    """A text that knows its language, so that templates can mark it: `<span lang="{{ t.lang }}">`."""

    lang: str

    def __new__(cls, value: str, lang: str):
        text = super().__new__(cls, value)
        text.lang = lang
        return text


class Bilingual:
    """`title = Bilingual("title")` reads `title_fr` or `title_en`, the reader's language first."""

    def __init__(self, stem: str):
        self.stem = stem

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        here = (get_language() or "en")[:2]
        here = here if here in ("en", "fr") else "en"
        other = "fr" if here == "en" else "en"
        for lang in (here, other):
            if value := getattr(instance, f"{self.stem}_{lang}"):
                return Text(value, lang)
        return Text("", here)


def at_place(name: str, place: str) -> str:
    """“IT desk” at “Lyon” is “IT desk, Lyon”; “IT desk, Lyon” and “Lyon warnings” say it themselves."""
    return str(name) if f" {place} " in f" {name.replace(',', ' ')} " else f"{name}, {place}"
