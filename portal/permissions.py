"""Who may see and change what the house itself keeps: webhooks belong to operators and HR administrators."""

from portal import roles
from portal.rules import ALL, NONE, rule


def _runs(user):
    return ALL if roles.has(user, roles.OPERATOR, roles.HR_ADMIN) else NONE


@rule("portal.view_subscription")
def view_subscription(user):
    return _runs(user)


@rule("portal.change_subscription")
def change_subscription(user):
    return _runs(user)


@rule("portal.view_delivery")
def view_delivery(user):
    """What was told, names included where they were asked for."""
    return _runs(user)


@rule("portal.replay_delivery")
def replay_delivery(user):
    return _runs(user)
