"""What mobility answers when the house asks: who still waits before an opening closes."""

from mobility.models import Application
from portal.people import waiting


@waiting.asks
def applicants_inside(opening) -> int:
    """How many colleagues still await an answer about `opening`; a number alone."""
    return Application.objects.filter(opening=opening, status__in=Application.AWAITED).count()
