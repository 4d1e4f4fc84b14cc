"""The alumni's entries in the masthead, and what a leaver finds on their home page."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alumni import consenting
from alumni.models import Consent
from alumni.permissions.consent import leaves_or_left, left
from portal import gate, navigation, roles
from portal.people import standing
from portal.sections import section

gate.stays_open("alumni")  # the rules of these pages speak to those who left


def alumnus(user) -> bool:
    return roles.belongs(user, roles.ALUMNI)


def reads_cards(user) -> bool:
    return alumnus(user) or roles.belongs(user, roles.COLLEAGUES)


navigation.enter(
    pgettext_lazy("mentoring", "Offers"), "alumni:opening_list", icon="briefcase-business", order=40, shown_to=alumnus, covers=("/alumni/openings/",)
)
navigation.enter(_("Alumni"), "alumni:person_list", icon="users", order=84, shown_to=reads_cards, covers=("/alumni/people/",))
consents = ("/alumni/consents/", "/alumni/card/")
navigation.enter(_("What I agreed to"), "alumni:consent_list", icon="shield-check", order=88, shown_to=leaves_or_left, covers=consents)


@section("home.desk", "alumni/_desk_consents.html", order=5)
def stay_in_touch(request, subject):
    """Asked once on the home page of whoever leaves or left, as long as nothing was answered."""
    if not leaves_or_left(request.user) or alumnus(request.user):
        return None
    person = standing.of(request.user).person
    if consenting.held_by(person) or Consent.objects.filter(person=person).exists():
        return None
    return {"left": left(request.user)}
