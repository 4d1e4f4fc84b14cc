"""The interface keeps its promises: readable colours, no inline style, small files, icons that exist, and a page that shows all."""

import gzip
import re
from html import unescape
from pathlib import Path

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

ROOT = Path(__file__).resolve().parents[2]
STATIC, TEMPLATES = ROOT / "static", ROOT / "templates"
PAIRS = (Path(__file__).parent / "contrast_pairs.txt").read_text().split("\n")
TOKEN = re.compile(r"--([\w-]+):\s*light-dark\((#[0-9a-fA-F]{6}),\s*(#[0-9a-fA-F]{6})\)")
TOKENS = {name: colours for name, *colours in TOKEN.findall((STATIC / "css/tokens.css").read_text())}
STYLES = sorted((STATIC / "css").glob("*.css"))
PAGES = sorted(TEMPLATES.rglob("*.html"))
ICON = re.compile(r"""\{%\s*icon\s+["']([\w-]+)["']|icon=["']([\w-]+)["']""")
# fmt: off
PARTS = (
    "mast", "say", "person", "chip", "knot", "thread", "weeks", "board", "todo", "lane", "crit", "levels", "verdict", "hand",
    "consent", "reasons", "ties", "skills", "clock", "note", "steps", "choice", "toggle", "empty", "banner", "toast", "field",
    "errors", "file-row", "replies", "tile", "chart", "menu", "eye", "facets", "pages",
)
# fmt: on


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """WCAG 2.x: from 1 (the same) to 21 (black on white)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def drawn(text, **context):
    return Template("{% load ui %}" + text).render(Context(context))


# --- colours and files ---------------------------------------------------------------------------------
def test_the_formula_agrees_with_two_known_contrasts():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("pair", filter(str.strip, PAIRS))
def test_every_pair_of_colours_is_readable_in_both_themes(pair, theme):
    front, back, need = pair.split()
    assert contrast(TOKENS[front][theme], TOKENS[back][theme]) >= float(need)


@pytest.mark.parametrize("sheet", [sheet for sheet in STYLES if sheet.name != "tokens.css"], ids=lambda sheet: sheet.name)
def test_colours_are_written_in_tokens_and_nowhere_else(sheet):
    rules = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.S)
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", rules)


def test_style_sheets_stay_small():
    together = b"".join(sheet.read_bytes() for sheet in STYLES)
    assert len(gzip.compress(together)) <= 16 * 1024
    assert {sheet.name: len(sheet.read_text().splitlines()) for sheet in STYLES if len(sheet.read_text().splitlines()) > 350} == {}


def test_our_script_stays_small():
    assert len(gzip.compress((STATIC / "js/app.js").read_bytes())) <= 6 * 1024


def test_files_of_others_come_with_their_licence():
    for folder, name in (("icons", "LICENSE"), ("vendor", "htmx-LICENSE"), ("fonts", "OFL-public-sans.txt"), ("fonts", "OFL-bricolage-grotesque.txt")):
        assert (STATIC / folder / name).stat().st_size > 200


# --- templates -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(TEMPLATES)))
def test_no_template_holds_a_style_or_a_script_of_its_own(page):
    text = page.read_text()
    assert not re.search(r"\sstyle\s*=", text), "a style attribute"
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text), "an event attribute"
    assert not re.search(r"hx-on|hx-vals\s*=\s*[\"']js:", text), "htmx that evaluates text"
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/)", text), "a script in the page"
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//(?!schema\.org)", text), "an address of somebody else"


def test_every_icon_in_use_is_in_the_sprite():
    there = set(re.findall(r'symbol id="([^"]+)"', (STATIC / "icons/sprite.svg").read_text()))
    used = {name for page in PAGES for either in ICON.findall(page.read_text()) for name in either if name}
    code = (ROOT / "portal/templatetags/ui.py").read_text()
    used |= {name for block in re.findall(r"_ICONS = \{([^}]*)\}", code) for name in re.findall(r': "([\w-]+)"', block)}
    assert len(used) > 50
    assert used - there == set()


@pytest.mark.parametrize("page", sorted((TEMPLATES / "components").glob("*.html")), ids=lambda page: page.stem)
def test_every_component_says_its_props_on_its_first_line(page):
    assert page.read_text().startswith("{# " + page.name + ":")


# --- parts ---------------------------------------------------------------------------------------------
class Form(forms.Form):
    email = forms.EmailField(label="E-mail address", help_text="Only to answer you.", error_messages={"required": "Enter your e-mail address"})
    phone = forms.CharField(label="Phone", required=False)
    how = forms.ChoiceField(label="How", widget=forms.RadioSelect, choices=[("cv", "A CV"), ("form", "A form")])


def test_a_refused_field_says_its_error_above_the_control_and_is_tied_to_it():
    html = drawn("{% field form.email %}", form=Form({}))
    assert html.index("Error:") < html.index("<input")
    assert 'id="id_email_error"' in html
    assert 'aria-describedby="id_email_helptext id_email_error"' in html
    assert 'aria-invalid="true"' in html


def test_an_optional_field_says_so_and_a_required_one_says_nothing():
    form = Form()
    assert "(optional)" in drawn("{% field form.phone %}", form=form)
    assert "(optional)" not in drawn("{% field form.email %}", form=form)


def test_the_error_summary_links_to_each_field_and_to_the_first_of_a_group():
    html = drawn("{% form_errors form %}", form=Form({}))
    assert 'href="#id_email"' in html
    assert 'href="#id_how_0"' in html
    assert "data-focus" in html


def test_a_form_without_error_has_no_summary():
    assert drawn("{% form_errors form %}", form=Form({"email": "a@b.fr", "how": "cv"})).strip() == ""


def test_text_given_to_a_part_is_escaped():
    html = drawn('{% pill "warn" words %}{% note %}{{ words }}{% endnote %}{% head words %}{% endhead %}', words="<b>late</b>")
    assert "<b>late" not in html
    assert html.count("&lt;b&gt;late") == 3


def test_pages_keep_the_rest_of_the_address():
    request = RequestFactory().get("/people/", {"q": "maps", "site": ["nantes", "lyon"], "page": "2"})
    html = unescape(Template("{% load ui %}{% pages page %}").render(RequestContext(request, {"page": Paginator(range(100), 10).page(2)})))
    assert 'href="?q=maps&site=nantes&site=lyon&page=3"' in html
    assert "11 to 20 of 100" in html


def test_one_page_of_results_needs_no_pagination():
    request = RequestFactory().get("/people/")
    assert Template("{% load ui %}{% pages page %}").render(RequestContext(request, {"page": Paginator(range(3), 10).page(1)})).strip() == ""


def test_a_sorted_column_says_its_direction_and_offers_the_other():
    request = RequestFactory().get("/people/", {"sort": "due", "page": "4"})
    html = Template('{% load ui %}{% sort_head "Due" "due" %}').render(RequestContext(request))
    assert 'aria-sort="ascending"' in html
    assert 'href="?sort=-due"' in html


def test_charts_write_their_coordinates_with_a_point_in_french_too():
    with translation.override("fr"):
        html = drawn('{% interval 46.5 40.25 52.75 label="46,5" %}')
    assert 'cx="46.5%"' in html
    assert 'x1="40.25%"' in html


def test_a_late_age_has_a_shape_and_a_word_besides_its_colour():
    html = drawn("{% age 9 7 %}")
    assert "#triangle-alert" in html
    assert "day 9 of 7" in html


def test_the_palette_is_a_combobox_whose_list_says_how_many():
    html = drawn('{% include "components/palette.html" with url="/search/suggest/" only %}')
    assert 'role="combobox"' in html
    assert 'aria-controls="palette-list"' in html
    hits = [{"label": "Nia", "kind": "Person", "icon": "user", "url": "/people/nia/"}]
    options = drawn('{% include "components/palette_options.html" %}', hits=hits)
    assert 'data-say="1 result"' in options
    assert 'role="option"' in options


def test_an_action_is_a_post_with_its_token():
    html = Template('{% load ui %}{% act "/there/" "Remind Joël" to="call" %}').render(Context({"csrf_token": "secret-token"}))
    assert 'method="post"' in html
    assert 'value="secret-token"' in html
    assert '<input type="hidden" name="to" value="call">' in html


# --- the living reference ------------------------------------------------------------------------------
def test_the_reference_page_is_for_staff(cast, client_of):
    assert client_of("maya").get(reverse("design")).status_code == 404


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_reference_page_shows_every_part_to_staff(cast, client_of, language):
    client = client_of("maya")
    user = client.get(reverse("design")).wsgi_request.user
    user.is_staff, user.language = True, language
    user.save()
    page = client.get(reverse("design"))
    assert page.status_code == 200
    html = page.content.decode()
    assert f'<html lang="{language}"' in html
    for part in PARTS:
        assert re.search(rf'class="[^"]*\b{part}\b', html), part


def test_the_sign_in_page_offers_a_code_and_says_nothing_about_addresses(client, db):
    html = client.get(reverse("account_login")).content.decode()
    assert reverse("account_request_login_code") in html
    assert 'autocomplete="username"' in html


@pytest.mark.parametrize("email", ["nobody@rivage.example", "maya"])
def test_asking_for_a_code_answers_the_same_for_a_known_and_an_unknown_address(client, cast, client_of, email):
    if email == "maya":
        email = client_of("maya").get("/").wsgi_request.user.email
    page = client.post(reverse("account_request_login_code"), {"email": email}, follow=True)
    assert page.status_code == 200
    assert page.redirect_chain[-1][0] == reverse("account_confirm_login_code")
    assert f"If {email} may sign in here" in page.content.decode()
