"""What runs by itself for mobility."""

from mobility import transitions
from portal.tasks import scheduled


@scheduled("mobility.end_for_leavers")
def end_for_leavers():
    """End the applications and interests of those known to leave; how many."""
    return transitions.end_for_leavers()
