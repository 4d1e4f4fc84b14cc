"""The pages everybody meets, in a real browser: they open without a fault, fit a phone, and axe finds nothing."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import NoReverseMatch, reverse

PAGES = ["home", "people:person_list", "search", "notices", "account", "more", "operations"]
PUBLIC = ["home", "account_login"]


def address(name):
    try:
        return reverse(name)
    except NoReverseMatch:
        pytest.skip(f"{name} is not built yet")


def faults_of(page, path):
    """Open `path`; what the browser complained of."""
    told = []
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    answer = page.goto(path)
    page.wait_for_load_state("networkidle")
    return told if answer.ok else [*told, f"status {answer.status}"]


def axe_of(page):
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
    return [f"{violation['id']}: {violation['nodes'][0]['html'][:200]}" for violation in found.response["violations"]]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_without_a_fault(page_of, cast, name, language, theme):
    cast.hugo.user.language = language
    cast.hugo.user.save()
    page = page_of("hugo", color_scheme=theme)
    assert faults_of(page, address(name)) == []
    assert page.locator("html").get_attribute("lang") == language
    assert axe_of(page) == []


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_page_opens_without_a_fault(page_of, name, language):
    page = page_of("visitor", locale=language)
    assert faults_of(page, address(name)) == []
    assert axe_of(page) == []


@pytest.mark.parametrize("width", [320, 390, 1920])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wider_than_the_window(page_of, name, width):
    page = page_of("hugo", viewport={"width": width, "height": 800})
    page.goto(address(name))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
