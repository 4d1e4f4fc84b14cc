"""What runs by itself for plans: telling other systems what became due or late."""

from portal.plans import announcing
from portal.tasks import scheduled


@scheduled("plans.announce_steps")
def announce_steps():
    """Write what other systems are told of due and late steps; how many deliveries."""
    return announcing.what_is_due()
