"""What every page knows: the organisation, the reader, where they may go and what waits for them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from portal import health, navigation


@dataclass(frozen=True)
class Banner:
    level: str
    text: str
    url: str = ""
    link_label: str = ""


_announcements: list[Callable] = []


def announce(function):
    """Register a function (request) that returns a Banner or None; asked in turn when nothing is away."""
    _announcements.append(function)
    return function


class House:
    """Read by base.html as `house`; everything is asked only if the page shows it."""

    name = settings.ORGANISATION
    demo = settings.DEMO

    def __init__(self, request):
        self.request = request

    @cached_property
    def user(self):
        return getattr(self.request, "user", None)

    @cached_property
    def signed_in(self):
        return bool(self.user and self.user.is_authenticated)

    @cached_property
    def nav(self):
        return self._entries[: navigation.MOST_ENTRIES]

    @property
    def public_nav(self):
        return navigation.for_visitors()

    @cached_property
    def tabs(self):
        tabs = self._entries[: navigation.MOST_TABS]
        return [*tabs, navigation.Shown(_("More"), reverse("more"), "menu", self.request.path == reverse("more"))]

    @cached_property
    def _entries(self):
        return navigation.for_request(self.request) if self.signed_in else []

    @cached_property
    def unread(self):
        return navigation.glance(self.user).unread if self.signed_in else 0

    @cached_property
    def me(self):
        return getattr(self.user, "person", None) if self.signed_in else None

    @cached_property
    def theme(self):
        return self.user.theme if self.signed_in else ""

    @cached_property
    def banner(self):
        """One line when something the reader relies on is away; said to the signed-in only."""
        if not self.signed_in:
            return None
        if away := health.away(navigation.glance(self.user).pulses):
            return Banner("warn", away)
        return next((banner for function in _announcements if (banner := function(self.request))), None)

    @cached_property
    def languages(self):
        """(code, name, the same page's address in it or None, whether it is the present one)."""
        here = self.request.LANGUAGE_CODE if hasattr(self.request, "LANGUAGE_CODE") else "en"
        path = self.request.path
        public = path[1:3] in ("en", "fr") and path[3:4] == "/"
        return [(code, name, f"/{code}{path[3:]}" if public else None, code == here) for code, name in [("en", "English"), ("fr", "Français")]]


def house(request):
    """The context processor."""
    return {"house": House(request)}


