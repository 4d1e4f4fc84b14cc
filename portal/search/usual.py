"""Usual names and diminutives: a table the People team keeps, with a first list in both languages."""

from pathlib import Path

from portal.search.documents import SearchDocument, register
from portal.search.models import UsualName
from portal.search.names import fold
from portal.search.rows import Row

FIRST_LIST = Path(__file__).parent / "data" / "usual_names.txt"
KIND = "~usual"


def first_list() -> list[tuple[str, str]]:
    """The shipped pairs (short, full): each line is a short name, a colon, the full names it stands for."""
    pairs = []
    for line in FIRST_LIST.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            short, fulls = line.split(":")
            pairs.extend((short.strip(), full.strip()) for full in fulls.split(","))
    return pairs


def key(name: str) -> str:
    """Jean-Pierre, Jean Pierre and jeanpierre are one name."""
    return "".join(letter for letter in fold(name) if letter.isalnum())


@register
class UsualNameDocument(SearchDocument):
    kind = KIND
    model = UsualName
    hidden = True

    def rows(self, pair) -> list[Row]:
        both = [key(pair.short), key(pair.full)]
        return [Row(KIND, str(pair.pk), 0, tokens=frozenset(f"a={name}" for name in both), data={"names": both})]
