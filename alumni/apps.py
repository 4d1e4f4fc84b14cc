"""Floor 7, fourth stage: departures, consents, alumni and their mentoring."""

from django.apps import AppConfig


class AlumniConfig(AppConfig):
    name = "alumni"
