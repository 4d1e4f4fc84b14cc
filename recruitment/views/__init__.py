"""Pages of recruitment: public, the candidate's own, and the team's."""
