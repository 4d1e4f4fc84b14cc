"""How many rows a large company has here, for measuring (`manage.py populate`): for a thousand people."""

from mobility.models import Alert, Application, Conversation, Follow, Interest, Reading, Refusal, Wish
from portal.people.models import JobDescription, Person, Team, Trade
from portal.people.rivage.filling import Rows


def any_of(model):
    """A function that lists the keys of `model` at the hour of filling."""
    return lambda: list(model._base_manager.values_list("pk", flat=True))


ROWS = [
    Rows(Interest, 50),
    Rows(Follow, 100, trade=any_of(Trade), team=None, job=None, holder=None),
    Rows(Follow, 100, trade=None, team=any_of(Team), job=None, holder=None),
    Rows(Follow, 50, trade=None, team=any_of(Team), job=any_of(JobDescription), holder=any_of(Person)),
    Rows(Alert, 200),
    Rows(Application, 20),
    Rows(Conversation, 10),
    Rows(Refusal, 8),
    Rows(Reading, 500),
    Rows(Wish, 50),
]
