"""The one filter the pages of arrivals need."""

from django import template

register = template.Library()


@register.filter
def of(found: dict, key):
    """What `found` holds for `key`, nothing when it holds none."""
    return found.get(key, ())
