"""What runs by itself for plans: telling other systems what became due or late."""

from portal.plans import announcing, revocations
from portal.tasks import scheduled


@scheduled("plans.announce_steps")
def announce_steps():
    """Write what other systems are told of due and late steps; how many deliveries."""
    return announcing.what_is_due()


@scheduled("plans.ask_revoked", time_limit=300)
def ask_revoked():
    """Ask other systems whether closed accounts still answer; runs on a queue of its own, so that a slow one delays nobody."""
    return revocations.ask()
