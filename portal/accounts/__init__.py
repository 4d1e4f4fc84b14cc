"""Who can sign in: the user, and nothing about working life."""
