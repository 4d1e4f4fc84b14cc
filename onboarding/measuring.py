"""How many rows a large company has here, for measuring (`manage.py populate`): for a thousand people."""

from onboarding.models import Arrival, CheckIn, Morning, MorningItem, Question, Result
from portal.people.rivage.filling import Rows

ROWS = [
    Rows(Arrival, 30),
    Rows(Question, 20),
    Rows(CheckIn, 60),
    Rows(Morning, 20),
    Rows(MorningItem, 200),
    Rows(Result, 300),
]
