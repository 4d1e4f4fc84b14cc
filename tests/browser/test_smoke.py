"""The pages everybody meets, in a real browser: they open without a fault, fit every window, and axe finds nothing."""

import pytest
from django.urls import reverse

from tests.browser.walking import Walker

PAGES = ["home", "people:person_list", "search", "notices", "account", "more", "operations"]
PUBLIC = ["home", "account_login"]
WIDTHS = [320, 390, 1280, 1920]


def wider_than(page, widths):
    """The widths at which the page is wider than the window."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append((page.url, width))
    return found


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_pages_of_a_working_day_open_without_a_fault_and_fit_every_window(page_of, cast, language, theme):
    cast.hugo.user.language = language
    cast.hugo.user.save()
    walker = Walker(page_of("hugo", color_scheme=theme))
    wide = []
    for name in PAGES:
        walker.go(reverse(name))
        assert walker.page.locator("html").get_attribute("lang") == language
        wide += wider_than(walker.page, WIDTHS)
    assert wide == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_public_pages_open_without_a_fault_and_fit_every_window(page_of, language):
    walker = Walker(page_of("visitor", locale=language))
    wide = []
    for name in PUBLIC:
        walker.go(reverse(name))
        assert walker.page.locator("html").get_attribute("lang") == language
        wide += wider_than(walker.page, WIDTHS)
    assert wide == []
