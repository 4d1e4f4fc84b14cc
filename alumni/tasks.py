"""What runs by itself for departures, consents and mentoring."""

from alumni.transitions import consent, departure, mentoring, pairs
from portal.tasks import scheduled


@scheduled("alumni.match_mentors")
def match_mentors():
    """Choose names for those who wait; how many people got some. The only place where the solver runs."""
    return mentoring.match()


@scheduled("alumni.tend_mentoring")
def tend_mentoring():
    """End requests without an answer and pairs whose weeks are over; how many."""
    return mentoring.expire_due() + pairs.end_due()


@scheduled("alumni.tend_consents")
def tend_consents():
    """Ask those whose yes ends soon, and end those whose date has passed; how many."""
    return consent.ask_again() + consent.end_due()


@scheduled("alumni.follow_departures")
def follow_departures():
    """Tell what is to be told today, ask back what was given since, and end what the last day ends; how many."""
    return departure.spread_due() + departure.ask_back_since() + departure.leave_due()
