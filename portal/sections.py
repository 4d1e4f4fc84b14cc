"""What else belongs on this page: pieces of page come up by registration, each with its rule."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """One piece of page: where it stands, what draws it, and the function that gathers what it shows."""

    place: str
    name: str
    template: str
    order: int
    gather: Callable


_sections: dict[str, list[Section]] = {}


def section(place: str, template: str, order: int = 50):
    """Register a function (request, subject) that returns the template's context, or None to stay silent.

    `place` names the page ("people.profile", "home.desk"). At most two queries each; the function asks its rules.
    """

    def register(function):
        here = _sections.setdefault(place, [])
        here.append(Section(place, f"{function.__module__}.{function.__name__}", template, order, function))
        here.sort(key=lambda section: (section.order, section.name))
        return function

    return register


def at(place: str) -> list[Section]:
    """The sections of `place` in their order."""
    return _sections.get(place, [])


def gathered(place: str, request, subject=None) -> list[tuple[Section, dict]]:
    """The sections of `place` that have something to say, with their contexts."""
    found = ((each, each.gather(request, subject)) for each in at(place))
    return [(each, context) for each, context in found if context is not None]
