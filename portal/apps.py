"""The house itself: engines, their tables and commands."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

# The rooms of ARCHITECTURE.md that register something when they are read.
ROOMS = (
    "permissions",
    "receivers",
    "search_documents",
    "readiness_checks",
    "page_sections",
    "retention",
    "tasks",
)


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self):
        autodiscover_modules(*ROOMS)
        from portal import roles

        roles.demand_deciders()
