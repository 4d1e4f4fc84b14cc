"""Arrivals, what the checks found, the nine-o'clock record and the check-ins, by noun."""

from onboarding.models.arrival import Arrival, Question
from onboarding.models.checkin import CheckIn
from onboarding.models.morning import Morning, MorningItem, Remark
from onboarding.models.readiness import Lease, Result

__all__ = ["Arrival", "CheckIn", "Lease", "Morning", "MorningItem", "Question", "Remark", "Result"]
