"""How adverts speak in templates: pay, steps, sentences."""

from django import template
from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from recruitment.adverts import SIGNS, pay_in_words, sentence_of
from recruitment.cv.files import size_in_words
from recruitment.models import Application

register = template.Library()


@register.filter
def pay_short(pay):
    return pay_in_words(pay)


@register.filter
def pay_long(pay):
    """46,000 to 54,000 € a year."""
    low, high, currency = pay
    values = {"low": number_format(low, force_grouping=True), "high": number_format(high, force_grouping=True), "sign": SIGNS.get(currency, currency)}
    return _("%(low)s to %(high)s %(sign)s a year") % values


@register.filter
def advert_sentence(text):
    return sentence_of(text)


@register.filter
def paragraphs(text):
    return [part.strip() for part in text.split("\n\n") if part.strip()]


@register.filter
def first_sentence(text):
    """What stands above all: the first sentence of the mission."""
    head, dot, _rest = text.strip().partition(". ")
    return f"{head}." if dot else head


@register.filter
def after_first_sentence(text):
    """The rest of the mission, for the page under it."""
    return text.strip()[len(first_sentence(text)) :].strip()


@register.filter
def in_words(names):
    """Nantes, Lyon and Bristol."""
    names = list(names)
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


@register.filter
def public_steps(steps):
    """The steps of an advert as rows of the thread."""
    rows = []
    for number, (title, words, days, _who) in enumerate(steps):
        within = ngettext("Within %(n)s day.", "Within %(n)s days.", days) % {"n": days}
        when = f"{within} {words}" if number else words
        rows.append({"title": title if number else _("You apply"), "when": when, "state": "" if number else "now"})
    return rows


@register.filter
def spoken(text, language):
    """The `lang` of a text when it differs from the page's."""
    return language if language != (get_language() or "en")[:2] else ""


@register.filter
def weight(size):
    """412 KB."""
    return size_in_words(size)


@register.filter
def money(amount, currency):
    return f"{number_format(amount, force_grouping=True)}\u00a0{SIGNS.get(currency, currency)}"


@register.filter
def step_words(entry, after):
    """One step of a file in words."""
    words = {
        "applied": _("Applied"),
        "advanced": _("Moved to %(stage)s") % {"stage": after},
        "moved_back": _("Moved back to %(stage)s") % {"stage": after},
        "promised": _("New date given"),
        "revealed": _("Name shown before the call"),
        "corrected": _("Name or address corrected by the person"),
        "cv_replaced": _("CV replaced by the person"),
    }
    return words.get(entry.verb) or str(dict(Application.Status.choices).get(entry.after, entry.after))
