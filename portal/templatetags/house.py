"""The house's own tags, loaded everywhere: `{% may %}` and `{% sections %}`."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from portal import rules
from portal import sections as registry

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
