"""What the machine itself keeps in the index: the usual names."""

from portal.search import health, usual  # noqa: F401 - both register themselves
