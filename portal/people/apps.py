"""Floor 3: people."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "portal.people"
