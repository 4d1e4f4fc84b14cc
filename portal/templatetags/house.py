"""The house's own tags, loaded everywhere: `{% may %}`, `{% sections %}` and dates in words."""

from datetime import date, time

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from portal import clock, rules
from portal import sections as registry
from portal.dates import date_format

register = template.Library()


@register.simple_tag(takes_context=True)
def may(context, rule, thing=None):
    """Whether the reader may: `{% may "people.change_person" person as may_change %}`."""
    return rules.may(context["request"].user, rule, thing)


@register.simple_tag(takes_context=True)
def sections(context, place, subject=None):
    """The pieces of page that belong at `place`: `{% sections "people.profile" person %}`."""
    request = context["request"]
    pieces = (
        render_to_string(section.template, {**found, "subject": subject}, request=request)
        for section, found in registry.gathered(place, request, subject)
    )
    return mark_safe("".join(pieces))  # each piece is a template of ours, escaped when rendered


@register.simple_tag
def moment():
    """The present moment by the house's clock: `{% moment as now %}`."""
    return clock.now()


@register.filter("date", expects_localtime=True)
def in_words(value, form="DATE_FORMAT"):
    """Takes the place of Django's filter of this name: `{{ day|date:"j F" }}`, nothing for what is no date."""
    return date_format(value, form) if isinstance(value, date | time) else ""
