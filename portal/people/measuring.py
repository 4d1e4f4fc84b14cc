"""How many rows a large company has here, for measuring (`manage.py populate`): for a thousand people."""

from portal.people.models import Correction, JobVersion, PeopleImport, ShareConfirmation, SkillConfirmation, Tie
from portal.people.rivage.filling import Rows

ROWS = [
    Rows(SkillConfirmation, 50),
    Rows(ShareConfirmation, 2),
    Rows(Correction, 5),
    Rows(Tie, 30),
    Rows(JobVersion, 1),
    Rows(PeopleImport, 0.1),
]
