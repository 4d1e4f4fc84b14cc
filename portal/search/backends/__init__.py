"""Two stores for the same rows, chosen by the setting SEARCH_BACKEND."""

from django.conf import settings
from django.utils.module_loading import import_string

from portal.search.backends.base import Away, Backend

__all__ = ["Away", "Backend", "current"]

BACKENDS = {
    "whoosh": "portal.search.backends.whoosh.WhooshBackend",
    "postgresql": "portal.search.backends.postgresql.PostgreSQLBackend",
}
_made: dict[tuple, Backend] = {}


def current() -> Backend:
    """The backend of the settings, one a process."""
    key = (settings.SEARCH_BACKEND, str(settings.SEARCH_INDEX_DIR))
    if key not in _made:
        _made[key] = import_string(BACKENDS[settings.SEARCH_BACKEND])(settings.SEARCH_INDEX_DIR)
    return _made[key]
