"""The demo app, absent in production."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "portal.demo"
