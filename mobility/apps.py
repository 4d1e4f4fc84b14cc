"""Floor 7, third stage: the internal market, confidential interest, and the move."""

from django.apps import AppConfig


class MobilityConfig(AppConfig):
    name = "mobility"
