"""How long the alumni stage keeps what it knows; each part in its own file."""

from alumni import retention_departures  # noqa: F401 - it registers its rules
