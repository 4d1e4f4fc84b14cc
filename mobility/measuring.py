"""How many rows a large company has here, for measuring (`manage.py populate`): for a thousand people."""

from mobility.models import Application, Conversation, Interest, Reading, Refusal, Wish
from portal.people.rivage.filling import Rows

ROWS = [
    Rows(Interest, 50),
    Rows(Application, 20),
    Rows(Conversation, 10),
    Rows(Refusal, 8),
    Rows(Reading, 500),
    Rows(Wish, 50),
]
