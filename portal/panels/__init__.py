"""Decisions taken together: a panel of three colleges, ballots nobody reads before the opening, a written rule."""
