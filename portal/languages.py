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


def both_titles(masculine: str, feminine: str) -> str:
    """A French title for everybody: "Ingénieure ou ingénieur données de crue"; the same word once when nothing differs."""
    if not feminine or feminine == masculine:
        return masculine
    hers, his = feminine.split(), masculine.split()
    tail = []
    while len(hers) > 1 and len(his) > 1 and hers[-1] == his[-1]:
        tail.insert(0, hers.pop())
        his.pop()
    second = " ".join(his)
    return " ".join([*hers, "ou", second[:1].lower() + second[1:], *tail])


def at_place(name: str, place: str) -> str:
    """“IT desk” at “Lyon” is “IT desk, Lyon”; “IT desk, Lyon” and “Lyon warnings” say it themselves."""
    return str(name) if f" {place} " in f" {name.replace(',', ' ')} " else f"{name}, {place}"
