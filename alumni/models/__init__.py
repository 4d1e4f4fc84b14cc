"""What the alumni stage keeps: departures, consents, mentoring."""
