"""Who may what around departures, consents and mentoring."""

from alumni.permissions import consent, departure, mentoring  # noqa: F401 - they register theirs
