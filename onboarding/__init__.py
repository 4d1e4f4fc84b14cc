"""Arrivals: from the signed offer to a first morning that works, and the weeks after it."""
