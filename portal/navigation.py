"""The masthead's entries: the union of a person's hats, six at most, only pages that exist."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.urls import NoReverseMatch, reverse

MOST_ENTRIES = 6
MOST_TABS = 4


@dataclass(frozen=True)
class Entry:
    """One entry: its words, its page, its icon, for whom, and how much waits there."""

    label: str
    url_name: str
    icon: str
    order: int
    shown_to: Callable
    covers: tuple[str, ...] = ()
    count: Callable | None = None


@dataclass
class Shown:
    label: str
    url: str
    icon: str
    current: bool = False
    count: int | None = None
    entry: Entry = field(default=None, repr=False)


@dataclass
class PublicEntry:
    """An entry of the public pages; a `button` stands apart on a wide screen."""

    label: str
    url_name: str
    key: str
    order: int
    button: bool = False

    @property
    def url(self):
        return reverse(self.url_name)


_entries: list[Entry] = []
_public: list[PublicEntry] = []


def enter(label, url_name: str, *, icon: str, order: int, shown_to, covers: tuple[str, ...] = (), count=None) -> None:
    """Register an entry; call it from an app's page_sections.py. `covers` are path prefixes that keep it current."""
    _entries.append(Entry(label, url_name, icon, order, shown_to, covers, count))
    _entries.sort(key=lambda entry: entry.order)


def enter_public(label, url_name: str, *, key: str, order: int, button: bool = False) -> None:
    """Register an entry of the public masthead; a page whose context says `public_nav=key` is the current one."""
    _public.append(PublicEntry(label, url_name, key, order, button))
    _public.sort(key=lambda entry: entry.order)


def for_visitors() -> list[PublicEntry]:
    """The entries of the public masthead."""
    return _public


def for_request(request) -> list[Shown]:
    """The entries of the signed-in person, the current one marked."""
    shown, nearest = [], 0
    for entry in _entries:
        if not entry.shown_to(request.user):
            continue
        try:
            url = reverse(entry.url_name)
        except NoReverseMatch:
            continue
        near = max((len(prefix) for prefix in entry.covers if request.path.startswith(prefix)), default=0)
        near = len(url) + 1 if request.path == url else near
        if near > nearest:  # the entry that covers the page most closely is the current one
            nearest = near
            for each in shown:
                each.current = False
        shown.append(Shown(str(entry.label), url, entry.icon, near > 0 and near == nearest, entry.count(request) if entry.count else None, entry))
    return shown
