"""What the alumni stage keeps: departures, consents, mentoring."""

from alumni.models.consent import AlumniCard, Consent
from alumni.models.departure import Departure, ExitTalk, Topic
from alumni.models.mentoring import Note, Offer, Pair, Proposal, Request, Seek, Session, Thanks

__all__ = ["AlumniCard", "Consent", "Departure", "ExitTalk", "Note", "Offer", "Pair", "Proposal", "Request", "Seek", "Session", "Thanks", "Topic"]
