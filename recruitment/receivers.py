"""What recruitment answers when the house asks: who still waits for an answer about an opening."""

from portal.people.waiting import asks
from recruitment.models import Application


@asks
def candidates(opening) -> int:
    """A refusal whose letter has not left yet is decided; an offer waits for the candidate, not for us, but binds the seat."""
    return Application.objects.filter(opening=opening).live().count()
