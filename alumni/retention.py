"""How long the alumni stage keeps what it knows; each part in its own file."""

from alumni import retention_consent, retention_departures  # noqa: F401 - they register their rules
