"""Who may what around departures, consents and mentoring."""
