"""People and what surrounds them, by noun."""

from portal.people.models.bringing import ImportRow, PeopleImport
from portal.people.models.employment import Assignment, Contract, Employee, Grant
from portal.people.models.job import Activity, JobDescription, JobSkill, JobVersion, Opening, Trade
from portal.people.models.person import Person
from portal.people.models.place import Site, Team
from portal.people.models.said import Correction, ShareConfirmation, SkillConfirmation
from portal.people.models.skill import PersonSkill, Skill, SkillAlias
from portal.people.models.tie import Tie

__all__ = [
    "Activity",
    "Assignment",
    "Contract",
    "Correction",
    "Employee",
    "Grant",
    "ImportRow",
    "JobDescription",
    "JobSkill",
    "JobVersion",
    "Opening",
    "PeopleImport",
    "Person",
    "PersonSkill",
    "ShareConfirmation",
    "Site",
    "Skill",
    "SkillAlias",
    "SkillConfirmation",
    "Team",
    "Tie",
    "Trade",
]
