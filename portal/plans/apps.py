"""Floor 4: plans."""

from django.apps import AppConfig
from django.core.checks import register


class PlansConfig(AppConfig):
    name = "portal.plans"

    def ready(self):
        from portal.plans.vault import check_keys

        register(check_keys)
