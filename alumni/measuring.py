"""How many rows a large company has here, for measuring (`manage.py populate`): for a thousand people."""

from alumni.models import AlumniCard, Consent, Departure, ExitTalk, Note, Offer, Pair, Proposal, Request, Seek, Session, Thanks, Topic
from portal.people.rivage.filling import Rows

ROWS = [
    Rows(Consent, 60),
    Rows(AlumniCard, 30),
    Rows(Departure, 30),
    Rows(Topic, 40),
    Rows(ExitTalk, 20),
    Rows(Offer, 20),
    Rows(Seek, 20),
    Rows(Proposal, 60),
    Rows(Request, 40),
    Rows(Pair, 15, weeks=12),
    Rows(Session, 60),
    Rows(Note, 60),
    Rows(Thanks, 20),
]
