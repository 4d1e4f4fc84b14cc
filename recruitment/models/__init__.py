"""What recruitment keeps, by noun."""

from recruitment.models.advert import AdvertVersion
from recruitment.models.application import Adjustment, Answer, Application, Draft, LinkRequest, Message, Note, PrivateLink
from recruitment.models.cv import CV, CVPage
from recruitment.models.outcome import Letter, Offer, Reason, Refusal, Seen
from recruitment.models.process import Process, Question, Stage

__all__ = [
    "CV",
    "Adjustment",
    "AdvertVersion",
    "Answer",
    "Application",
    "CVPage",
    "Draft",
    "Letter",
    "LinkRequest",
    "Message",
    "Note",
    "Offer",
    "PrivateLink",
    "Process",
    "Question",
    "Reason",
    "Refusal",
    "Seen",
    "Stage",
]
