"""How people, skills, teams, jobs and openings are found, and which audiences read what of a person."""

from portal.people.search_documents import audiences, job, person, skill, team

__all__ = ["audiences", "job", "person", "skill", "team"]
