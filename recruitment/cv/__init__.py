"""Files from strangers: what they are, what they say, and what their pages look like."""
