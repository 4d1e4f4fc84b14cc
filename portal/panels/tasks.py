"""What panels run later: the opening at the deadline."""

from portal.panels import transitions
from portal.tasks import scheduled


@scheduled("panels.unseal_due")
def unseal_due():
    """Open the panels whose deadline has passed; how many."""
    return transitions.unseal_due()
