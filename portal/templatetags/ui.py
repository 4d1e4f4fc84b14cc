"""The parts of the house in templates: `{% load ui %}`, then one tag per component (contracts on /design/)."""

import re

from django import template
from django.core.paginator import Page
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _

from portal.languages import at_place
from portal.templatetags import charts, fields

register = template.Library()

HUES = ("", "blue", "sun", "rose", "plum", "stone")
STATUS_ICONS = {"done": "circle-check", "part": "circle-dot", "wait": "circle-dashed", "risk": "clock", "late": "triangle-alert", "plain": "circle-dot"}
NOTE_ICONS = {"": "info", "ok": "circle-check", "warn": "triangle-alert", "bad": "circle-alert"}
VERDICT_ICONS = {"kept": "verdict-kept", "partly": "verdict-partly", "broken": "verdict-broken", "open": "circle-dashed", "few": "ellipsis"}


def inside(content):
    """The inside of a block tag without its white space, so that a template can ask whether there is any."""
    return mark_safe(content.strip())


def draw(name, /, **props):
    """The component `name` with these props and nothing of the page around it."""
    return render_to_string(f"components/{name}.html", props)


# --- small parts ---------------------------------------------------------------------------------------
@register.simple_tag
def icon(name, size="", css=""):
    """A decorative icon of the sprite; the word stands beside it."""
    classes = " ".join(filter(None, ["icon", "icon-s" if size == "s" else "", css]))
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', classes, static("icons/sprite.svg"), name)


def maybe_icon(name, size=""):
    return icon(name, size) if name else ""


@register.filter
def hue(person):
    """The class of a person's tint: `h-rose`; six hues, stable for life."""
    value = getattr(person, "hue", person)
    name = HUES[value % len(HUES)] if isinstance(value, int) else str(value or "")
    return f"h-{name}" if name else ""


@register.simple_tag
def mono(person, size=""):
    """Initials on a tint, or the photo in the same shape; the name stands beside it."""
    classes = " ".join(filter(None, ["mono", f"mono-{size}" if size else "", hue(person)]))
    photo = getattr(person, "photo_url", "")
    if photo:
        return format_html('<img class="{}" src="{}" alt="" width="96" height="96" loading="lazy">', classes, photo)
    return format_html('<span class="{}" aria-hidden="true">{}</span>', classes, getattr(person, "initials", ""))


@register.simple_tag
def who(person, sub="", size="s", link=True):
    """A person in a row: monogram, name, one line."""
    url = person.get_absolute_url() if link and hasattr(person, "get_absolute_url") else ""
    return draw("who", person=person, sub=sub, size="" if size == "m" else size, url=url)


@register.simple_tag
def pill(level, label, icon=""):
    """How a thing goes: "", info, ok, warn, bad."""
    return format_html('<span class="pill{}">{}{}</span>', f" pill-{level}" if level else "", maybe_icon(icon), label)


@register.simple_tag
def knot(phase, label):
    """Where a person is: candidate, newcomer, colleague, leaver, alumni."""
    return format_html('<span class="knot{}">{}</span>', "" if phase in ("", "colleague") else f" k-{phase}", label)


@register.simple_tag
def chip(label, detail="", matched=False, url="", remove=""):
    """A skill or a filter; `remove` is the address without this filter."""
    return draw("chip", label=label, detail=detail, matched=matched, url=url, remove=remove)


@register.simple_tag
def status(kind, label, href="", icon=""):
    """The status of one item: done, part, wait, risk, late, plain; a link when it leads somewhere."""
    inner = format_html("{}{}", maybe_icon(icon or STATUS_ICONS[kind]), label)
    if href:
        return format_html('<a class="st st-{}" href="{}">{}</a>', kind, href, inner)
    return format_html('<span class="st st-{}">{}</span>', kind, inner)


@register.simple_tag
def verdict(kind):
    """The verdict on a promise: kept, partly, broken, open, few."""
    words = {"kept": _("Kept"), "partly": _("Partly kept"), "broken": _("Broken"), "open": _("Not verified yet"), "few": _("Not enough answers")}
    return format_html('<span class="verdict v-{}">{}{}</span>', kind, icon(VERDICT_ICONS[kind]), words[kind])


@register.simple_tag
def seal(sealed):
    """A ballot or a scorecard nobody may read yet: in and sealed, or awaited."""
    if sealed:
        return format_html('<span class="seal seal-in">{}{}</span>', icon("lock"), _("Sealed"))
    return format_html('<span class="seal">{}{}</span>', icon("circle-dashed"), _("Awaited"))


@register.simple_tag
def age(day, promised):
    """Days waited against the promise of the stage: a clock on the last day, a triangle after it."""
    words = _("day %(day)s of %(promised)s") % {"day": day, "promised": promised}
    if day > promised:
        return format_html('<span class="age age-bad">{}{}</span>', icon("triangle-alert"), words)
    if day == promised:
        return format_html('<span class="age age-warn">{}{}</span>', icon("clock"), words)
    return format_html('<span class="age">{}</span>', words)


@register.simple_tag
def code(text):
    """An access code in large spaced figures, said in full to a screen reader."""
    return format_html('<span class="code"><span class="vh">{} </span>{}</span>', _("Your code:"), " ".join(str(text)))


@register.simple_tag(takes_context=True)
def act(context, url, label, css="btn btn-s", icon="", sr="", pressed=None, **hidden):
    """A form of one button, always POST; other keywords become hidden fields."""
    return draw("act", url=url, label=label, css=css, icon=icon, sr=sr, pressed=pressed, hidden=hidden, csrf_token=context.get("csrf_token", ""))


# --- parts with an inside ------------------------------------------------------------------------------
@register.simple_block_tag
def head(content, title, sub="", say="", back="", back_label=""):
    """Page header: the h1, or a hidden h1 and the sentence; the inside holds two actions at most."""
    return draw("head", title=title, sub=sub, say=say, back=back, back_label=back_label, content=inside(content))


@register.simple_block_tag
def region(content, title, id="", sub="", link="", link_label="", level=2, hidden=False):
    """A section of a page under its heading."""
    return draw("region", title=title, id=id or slugify(title), sub=sub, link=link, link_label=link_label, level=level, hidden=hidden, content=content)


@register.simple_block_tag
def card(content, title, id="", level=2):
    """A bordered section, mostly in an aside."""
    return draw("card", title=title, id=id or slugify(title), level=level, content=content)


@register.simple_block_tag
def note(content, level="", icon=""):
    """A washed sentence inside the page; it cannot be dismissed."""
    return draw("note", level=level, icon=icon or NOTE_ICONS[level], content=content)


@register.simple_block_tag
def empty(content, sentence, icon=""):
    """Why nothing is here, and one action."""
    return draw("empty", sentence=sentence, icon=icon, content=content)


@register.simple_block_tag
def eye(content, icon="eye"):
    """The privacy line: who sees what, in one sentence."""
    return draw("eye", icon=icon, content=content)


@register.simple_block_tag
def menu(content, label, size="s", icon="", align="end", sr="", name="menu"):
    """A button that opens a short list of links or a form; opens without script."""
    return draw("menu", label=label, size=size, icon=icon, align=align, sr=sr, name=name, content=content)


@register.simple_block_tag
def dialog(content, id, title):
    """A confirmation above the page, opened by a button with `command="show-modal" commandfor="id"`."""
    return draw("dialog", id=id, title=title, content=content)


@register.simple_block_tag
def board(content, title, id="board", hide_title=False, level=2):
    """A table that becomes cards when its container is narrow; the inside is thead and tbody."""
    return draw("board", title=title, id=id, hide_title=hide_title, level=level, content=content)


@register.simple_block_tag
def todo(content, level, title, meta="", url="", icon=""):
    """A checklist row: verb phrase, "owner, due", and the actions inside. Levels: "", ok, warn, bad."""
    icons = {"": "circle-dashed", "ok": "circle-check", "warn": "clock", "bad": "triangle-alert"}
    return draw("todo", level=level, title=title, meta=meta, url=url, icon=icon or icons[level], content=inside(content))


@register.simple_block_tag
def hand(content, title, sub=""):
    """Something handed over: what it opens, when, and on the right its button, code or status."""
    return draw("hand", title=title, sub=sub, content=content)


@register.simple_block_tag
def consent(content, name, sees, until=""):
    """One consent: its name, who sees what, its end; the inside is the button that changes it at once."""
    return draw("consent", name=name, sees=sees, until=until, content=content)


@register.simple_block_tag
def reply(content, person, meta=""):
    """One comment: who, when, and the text with its actions inside."""
    return draw("reply", person=person, meta=meta, content=content)


@register.simple_block_tag
def file_row(content, name, size="", icon="file-check"):
    """A file that is kept: its name, its weight, and its actions inside."""
    return draw("file_row", name=name, size=size, icon=icon, content=inside(content))


# --- lists ---------------------------------------------------------------------------------------------
def address(context, **changes):
    """This page's query string with these changes; None removes a key."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        query.pop(key, None)
        if value is not None:
            query[key] = value
    return f"?{query.urlencode()}" if query else "?"


@register.simple_tag(takes_context=True)
def pages(context, page: Page, label="", key="page"):
    """Pagination that keeps the rest of the address; nothing when one page holds all."""
    if not page.paginator.num_pages > 1:
        return ""
    shown = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    numbers = [(number, address(context, **{key: number}) if isinstance(number, int) else "", number == page.number) for number in shown]
    before = address(context, **{key: page.previous_page_number()}) if page.has_previous() else ""
    after = address(context, **{key: page.next_page_number()}) if page.has_next() else ""
    return draw("pages", page=page, label=label or _("Pages"), numbers=numbers, before=before, after=after)


@register.simple_tag(takes_context=True)
def sort_head(context, label, key, align="", default=""):
    """A column head that sorts by a plain link; `default` is the sort of the page when the address has none."""
    now = context["request"].GET.get("sort") or default
    direction = {key: "ascending", f"-{key}": "descending"}.get(now, "")
    url = address(context, sort=f"-{key}" if direction == "ascending" else key, page=None)
    return draw("sort_head", label=label, url=url, direction=direction, align=align)


# --- messages ------------------------------------------------------------------------------------------
register.filter("at_place", at_place)


@register.filter
def undo_url(message):
    """Where a toast is undone: the message was given extra_tags="undo:/address/"."""
    found = re.match(r"undo:(/\S*)", message.extra_tags or "")
    return found[1] if found else ""


@register.simple_tag
def icon_rows(rows):
    """List items of (icon, sentence), for `.reasons` and `.kv`."""
    return format_html_join("", "<li>{}<span>{}</span></li>", ((icon(name), sentence) for name, sentence in rows))


# One load gives all: the charts and the fields are kept beside, each under its own sentence.
for library in (charts.register, fields.register):
    register.tags.update(library.tags)
