"""What departures and alumni add to the pages of others, and to the masthead."""
