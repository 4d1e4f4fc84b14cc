"""Pages of departures, consents, the alumni zone and mentoring."""
