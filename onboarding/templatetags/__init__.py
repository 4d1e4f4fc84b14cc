"""Template tags of arrivals."""
