"""What recruitment adds to pages of the house: the entry "Hiring", and the entries of the public masthead."""

from django.utils.translation import gettext_lazy as _

from portal import navigation, roles
from portal.people import standing
from portal.people.models import Opening
from recruitment.permissions import TEAM


def follows_hiring(user):
    """Recruiters and the People team, and whoever hires for an opening."""
    if roles.has(user, *TEAM):
        return True
    return roles.belongs(user, roles.COLLEAGUES) and Opening.objects.filter(hiring_manager=standing.of(user).person)


navigation.enter_public(_("Job offers"), "recruitment:careers", key="jobs", order=10)
navigation.enter_public(_("How we hire"), "recruitment:how_we_hire", key="steps", order=20)
navigation.enter_public(_("Follow my application"), "recruitment:follow", key="follow", order=90, button=True)
navigation.enter(_("Hiring"), "hiring:opening_list", icon="briefcase-business", order=20, shown_to=follows_hiring, covers=("/hiring/",))
