"""Who may not sit on a panel about an inside application, and who follows applications at all."""

from django.utils.translation import gettext as _

from mobility import letters
from mobility.models import Application, Interest
from portal import roles
from portal.people import standing
from portal.people.models import Opening, Person


def of(application: Application, person: Person) -> str | None:
    """Why `person` may not sit, or None. One sentence for every cause but the line: it must not tell who else applied."""
    if person.pk in letters.kept_away(application):
        return _("%(name)s belongs to the applicant's present line: not before the applicant lifts it.") % {"name": person.display_name}
    asked = {"person": person, "opening": application.opening_id}
    if Interest.objects.filter(**asked).exists() or Application.objects.filter(**asked).exists():
        return _("%(name)s is too close to this seat to sit on its panel.") % {"name": person.display_name}
    return None


def follows(user) -> bool:
    """The People team, and whoever hires for an opening; asked once a request."""
    found = getattr(user, "_follows_moves", None)
    if found is None:
        person = standing.of(user).person if roles.belongs(user, roles.COLLEAGUES) else None
        found = person is not None and (roles.has(user, roles.HR, roles.HR_ADMIN) or Opening.objects.filter(hiring_manager=person).exists())
        user._follows_moves = found
    return found
