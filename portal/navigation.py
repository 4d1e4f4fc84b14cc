"""The masthead's entries: the union of a person's hats, six at most, only pages that exist."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse

from portal.glance import Glance, at

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
    """Register an entry; call it from an app's page_sections.py. `covers` are path prefixes that keep it current.

    `shown_to` takes the user and says yes or no, or returns a queryset: all of these are asked in one query.
    """
    _entries.append(Entry(label, url_name, icon, order, shown_to, covers, count))
    _entries.sort(key=lambda entry: entry.order)


def enter_public(label, url_name: str, *, key: str, order: int, button: bool = False) -> None:
    """Register an entry of the public masthead; a page whose context says `public_nav=key` is the current one."""
    _public.append(PublicEntry(label, url_name, key, order, button))
    _public.sort(key=lambda entry: entry.order)


def for_visitors() -> list[PublicEntry]:
    """The entries of the public masthead."""
    return _public


def glance(user) -> Glance:
    """What the masthead asks about `user`, remembered on the user object for the rest of the request."""
    found = getattr(user, "_glance", None)
    if found is None:
        answers = {entry.url_name: entry.shown_to(user) for entry in _entries}
        found = user._glance = at(user, {name: answer for name, answer in answers.items() if isinstance(answer, QuerySet)})
        found.found.update({name: bool(answer) for name, answer in answers.items() if not isinstance(answer, QuerySet)})
    return found


def for_request(request) -> list[Shown]:
    """The entries of the signed-in person, the current one marked."""
    shown, nearest, found = [], 0, glance(request.user).found
    for entry in _entries:
        if not found[entry.url_name]:
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
