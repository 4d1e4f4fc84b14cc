"""What departures and alumni add to the pages of others, and to the masthead."""

from alumni.page_sections import consent, departure, mentoring  # noqa: F401 - they register theirs
