"""On paper and by keyboard alone: the org chart takes a wide sheet, a hidden table head shows the part one stands on."""

import re

import pytest
from django.urls import reverse

from tests.plans import making


def test_the_org_chart_prints_on_wide_sheets_and_other_pages_on_upright_ones(page_of):
    page = page_of("hugo")
    found = {}
    for name in ("people:team_list", "people:person_list"):
        page.goto(reverse(name))
        width, height = re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", page.pdf(prefer_css_page_size=True)).groups()
        found[name] = float(width) > float(height)
    assert found == {"people:team_list": True, "people:person_list": False}


@pytest.mark.parametrize("width", [390, 1280])
def test_what_the_keyboard_stands_on_in_the_head_of_a_table_is_seen(page_of, cast, width):
    making.template()
    making.plan_for(cast.nia, by=cast.hugo.user, buddy=cast.ben)
    page = page_of("ilan", viewport={"width": width, "height": 800})
    page.goto(reverse("plans:desk"))
    everything = page.locator("thead input")
    everything.focus()
    seen = everything.evaluate(
        "box => { const at = box.getBoundingClientRect(); return document.elementFromPoint(at.x + at.width / 2, at.y + at.height / 2) === box }"
    )
    assert seen
