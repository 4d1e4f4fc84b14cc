"""The demo app, absent in production."""

from django.apps import AppConfig
from django.conf import settings


class DemoConfig(AppConfig):
    name = "portal.demo"

    def ready(self):
        from portal import clock, context
        from portal.demo import banner, day

        context.announce(banner.other_day)
        if settings.DEMO:
            clock.shift_by(day.shift)
