"""How many rows a large company has here, for measuring (`manage.py populate`): for a thousand people."""

from portal.panels.models import Ballot, BallotLine, Criterion, Member, Panel
from portal.people.rivage.filling import Rows
from recruitment.models import CV, Adjustment, AdvertVersion, Answer, Application, Letter, Message, Note, Offer, Process, Refusal, Seen, Stage

ROWS = [
    Rows(AdvertVersion, 15),
    Rows(CV, 200),
    Rows(Process, 10),
    Rows(Stage, 60),
    Rows(Application, 300),
    Rows(Answer, 600),
    Rows(Adjustment, 5),
    Rows(Note, 100),
    Rows(Message, 200),
    Rows(Letter, 300, mail=None),
    Rows(Refusal, 150),
    Rows(Seen, 50),
    Rows(Offer, 20),
    # the panels that decide on them
    Rows(Panel, 5, object_id=Application),
    Rows(Criterion, 20),
    Rows(Member, 25),
    Rows(Ballot, 20),
    Rows(BallotLine, 80),
]
