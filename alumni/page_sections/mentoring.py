"""Where mentoring meets the pages of others: the first day, a skill, the home page, the masthead."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from alumni import mentoring
from alumni.models import Pair, Request
from alumni.permissions.mentoring import may_offer, may_seek
from alumni.views.mentoring import holders
from portal import clock, navigation, roles
from portal.people import cards, standing
from portal.people.visibility import reader_of
from portal.sections import section

MOST = 5


def meets(user):
    """Whoever may offer or seek; and whoever is one of a pair."""
    return may_seek(user) or roles.belongs(user, roles.ALUMNI)


navigation.enter(pgettext_lazy("mentoring", "Mentoring"), "alumni:mentoring", icon="handshake", order=35, shown_to=meets, covers=("/mentoring/",))


@section("onboarding.day_one", "alumni/_mentor_day_one.html", order=40)
def names_on_day_one(request, arrival):
    """Three names, or the invitation to ask for them; on the newcomer's own page only."""
    me = standing.of(request.user).person
    if me is None or arrival.plan.person_id != me.pk or not may_seek(request.user):
        return None
    pair = Pair.objects.visible_to(request.user).filter(seeker=me).exclude(status=Pair.Status.ENDED).select_related("mentor").first()
    if pair:
        return {"pair": pair, "names": []}
    return {"pair": None, "names": mentoring.names_for(request.user)}


@section("people.skill", "alumni/_mentor_skill.html", order=30)
def can_mentor(request, skill):
    """Who can mentor on this skill, for whoever may ask."""
    if not may_seek(request.user):
        return None
    me = standing.of(request.user).person
    reader = reader_of(request.user)
    offers = mentoring.with_seats(holders(request.user, skill).exclude(person=me), "person").distinct()[:MOST]
    lines = [{"person": cards.dress(offer.person, reader), "sub": mentoring.seat_words(offer.person), "url": offer.get_absolute_url()} for offer in offers]
    return {"lines": lines, "skill": skill} if lines else None


@section("home.desk", "alumni/_mentor_desk.html", order=35)
def waiting(request, subject):
    """Requests that wait for a colleague who mentors."""
    if not roles.belongs(request.user, roles.COLLEAGUES) or not may_offer(request.user):
        return None
    rows = []
    for asked in Request.objects.allowing(request.user, "alumni.answer_request").select_related("seeker").order_by("answer_by")[:3]:
        days = (asked.answer_by - clock.today()).days
        rows.append(
            {
                "title": _("%(name)s would like you as a mentor") % {"name": asked.seeker.display_name},
                "meta": _("Answer by %(day)s") % {"day": mentoring.day(asked.answer_by)},
                "level": "warn" if days <= 2 else "",
                "url": reverse("alumni:request_detail", args=[asked.pk]),
            }
        )
    return {"rows": rows, "waiting": len(rows)} if rows else None
