"""Stage three: moving inside the company."""
