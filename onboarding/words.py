"""Numbers and days as the arrivals' sentences say them."""

from datetime import date, timedelta

from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from portal.plans.lines import day_month, from_today, short_day, tight

__all__ = ["FAMILIES", "day_month", "either", "from_today", "number", "short_day", "tight", "weeks_from"]

# Said of people and of their files; French needs the feminine form of one.
NUMBERS = [
    pgettext_lazy("of people", "one"),
    pgettext_lazy("of people", "two"),
    pgettext_lazy("of people", "three"),
    pgettext_lazy("of people", "four"),
    pgettext_lazy("of people", "five"),
    pgettext_lazy("of people", "six"),
    pgettext_lazy("of people", "seven"),
    pgettext_lazy("of people", "eight"),
    pgettext_lazy("of people", "nine"),
    pgettext_lazy("of people", "ten"),
]
FAMILIES = {
    "contract": _("contract"),
    "equipment": _("equipment"),
    "access": _("access"),
    "team": _("team"),
    "day_one": _("the first day"),
}


def number(count: int, *, of_files: bool = False) -> str:
    """`count` in words up to ten, with the capital that opens a sentence."""
    word = str(NUMBERS[count - 1]) if 1 <= count <= len(NUMBERS) else str(count)
    if of_files and count == 1:
        word = pgettext("of files", "one")
    return word[:1].upper() + word[1:]


def either(words: list[str]) -> str:
    """Such as: equipment; equipment or access; contract, equipment or access."""
    if len(words) < 2:
        return "".join(words)
    return gettext("%(all)s or %(last)s") % {"all": ", ".join(words[:-1]), "last": words[-1]}


def weeks_from(today: date, count: int = 5) -> list[date]:
    """The Mondays of this week and the next ones."""
    monday = today - timedelta(days=today.weekday())
    return [monday + timedelta(weeks=n) for n in range(count)]
