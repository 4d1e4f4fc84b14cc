"""What runs by itself for mobility."""

from mobility import following, transitions
from portal.tasks import scheduled


@scheduled("mobility.end_for_leavers")
def end_for_leavers():
    """End the applications and interests of those known to leave; how many."""
    return transitions.end_for_leavers()


@scheduled("mobility.tell_followers")
def tell_followers():
    """Tell those who follow of what has opened since; how many heard."""
    return following.tell_followers()
