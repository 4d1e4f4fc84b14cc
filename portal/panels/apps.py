"""Floor 4: panels."""

from django.apps import AppConfig


class PanelsConfig(AppConfig):
    name = "portal.panels"
