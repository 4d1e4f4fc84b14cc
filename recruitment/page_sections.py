"""What recruitment adds to pages of the house: the entry "Hiring", and the entries of the public masthead."""

from django.utils.translation import gettext_lazy as _

from portal import navigation, roles
from portal.people import standing
from portal.people.models import Opening
from portal.sections import section
from recruitment import boards, for_alumni
from recruitment import panel as _panel  # noqa: F401 - it registers its kind of subject
from recruitment.models import Application
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


@section("home.desk", "recruitment/_desk.html", order=11)
def late_answers(request, subject):
    """Candidates who wait longer than they were promised; a number, no name."""
    late = Application.objects.visible_to(request.user).filter(boards.late()).count()
    return {"late": late, "waiting": 1} if late else None


@section("alumni.home", "recruitment/_for_alumni_short.html", order=10)
def close_to_what_you_know(request, person):
    """A few seats open outside, on the home page of a former colleague."""
    seats = for_alumni.seats(person, for_alumni.SHORT)
    return {"seats": seats, "near": all(seat["near"] for seat in seats)} if seats else None


@section("alumni.openings", "recruitment/_for_alumni.html", order=10)
def open_outside(request, person):
    """All of them: to come back to, or to pass on."""
    return {"seats": for_alumni.seats(person)}


@section("people.opening.aside", "recruitment/_opening.html", order=10)
def hiring_of(request, opening):
    """For whoever hires: the way to the advert, where a seat is published, and to the applications."""
    follows = Opening.objects.allowing(request.user, "recruitment.view_opening").filter(pk=opening.pk).exists()
    return {"opening": opening} if follows else None
