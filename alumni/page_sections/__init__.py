"""What departures and alumni add to the pages of others, and to the masthead."""

from alumni.page_sections import consent, mentoring  # noqa: F401 - they register theirs
