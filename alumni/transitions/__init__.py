"""What changes: departures, consents, mentoring."""
