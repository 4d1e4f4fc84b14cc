"""One person, one record: people, teams, sites, skills, jobs and openings."""
