"""Floor 2: search."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "portal.search"
