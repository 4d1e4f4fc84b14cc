"""Stage four: leaving well, and staying in touch."""
