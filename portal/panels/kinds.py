"""What a panel may decide on: each stage registers its kind of subject, how its file is drawn and who is conflicted."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class Kind:
    """`title(subject)` names the matter; `gather(subject)` feeds `template`, the file the panel reads;
    `conflict(subject, person)` says in words why a person may not sit, or None; `url(subject)` is the stage's own page;
    `site(subject)` is where the seat is: its hours are said by the clock there.
    `related` are the relations of a subject that its title reads, so that lists load them together.
    """

    key: str
    label: str
    template: str
    title: Callable
    gather: Callable
    conflict: Callable
    url: Callable
    site: Callable
    related: tuple[str, ...] = ()


_kinds: dict[str, Kind] = {}


def kind(
    key: str, label, *, template: str, title: Callable, gather: Callable, conflict: Callable, url: Callable, site: Callable, related=()
) -> Kind:
    """Register a kind of subject; call it from an app's page_sections.py."""
    if key in _kinds:
        raise ImproperlyConfigured(f"The kind of panel {key} is said twice.")
    _kinds[key] = Kind(key, label, template, title, gather, conflict, url, site, tuple(related))
    return _kinds[key]


def get(key: str) -> Kind:
    """The kind called `key`; KeyError if no stage registered it."""
    return _kinds[key]
