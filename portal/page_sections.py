"""What the house itself adds to the masthead: the page of whoever runs it."""

from django.utils.translation import gettext_lazy as _

from portal import navigation, roles


def _operates(user) -> bool:
    return roles.has(user, roles.OPERATOR, roles.HR_ADMIN)


navigation.enter(_("Operations"), "operations", icon="settings", order=95, shown_to=_operates)
