"""What mobility adds to the house: its entry, its part of an opening's page, wishes on a profile, what waits, its kind of panel."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mobility import conflicts, following, talking, transitions, words
from mobility.models import Application, Interest, Wish
from portal import audit, clock, navigation, roles, rules, switches
from portal.panels import kinds
from portal.panels import transitions as panels
from portal.people import standing
from portal.people.models import Assignment, Opening
from portal.people.models.employment import current
from portal.people.visibility import reader_of
from portal.sections import section


def colleague(user) -> bool:
    return roles.belongs(user, roles.COLLEAGUES)


navigation.enter(gettext_lazy("Opportunities"), "mobility:opening_list", icon="route", order=30, shown_to=colleague, covers=("/mobility/",))


# --- the page of an opening ---------------------------------------------------------------------------
@section("people.opening", "mobility/_opening.html", order=10)
def ask_for_it(request, opening):
    """Interest, application, where mine stands; who decides and who does not know."""
    if not colleague(request.user):
        return None
    me = standing.of(request.user).person
    mine = Application.objects.filter(person=me, opening=opening).order_by("-sent_at").first()
    if opening.hiring_manager_id == me.pk or (opening.status != Opening.Status.OPEN and mine is None):
        return None
    interest = Interest.objects.filter(person=me, opening=opening).first()
    decides = words.who_decides(opening, panels.is_signed(None))
    return {"opening": opening, "application": mine, "interest": interest, "decides": decides, "open": opening.status == Opening.Status.OPEN}


@section("people.opening", "mobility/_matching.html", order=20)
def match(request, opening):
    """What the seat asks and what I have, in words, for me alone."""
    if not colleague(request.user) or opening.status != Opening.Status.OPEN or not switches.is_on(switches.MATCHING):
        return None
    me = standing.of(request.user).person
    if opening.hiring_manager_id == me.pk:
        return None
    job = opening.job
    job._prefetched_objects_cache = {**getattr(job, "_prefetched_objects_cache", {}), "job_skills": list(job.job_skills.select_related("skill"))}
    found = words.sentences(words.match(job, words.holdings_of(me)))
    return {"reasons": found} if found else None


@section("people.opening.aside", "mobility/_talk.html", order=30)
def talk(request, opening):
    """Those who do the job or did it, and accept questions."""
    if not colleague(request.user) or opening.status != Opening.Status.OPEN:
        return None
    found = talking.talkers(opening, reader_of(request.user))
    return {"talkers": found, "opening": opening} if found else None


# --- what I follow ------------------------------------------------------------------------------------
def followable(request, **things) -> dict | None:
    """Buttons to follow these things or to stop; None for whoever may follow nothing."""
    if not following.may_follow(request.user) or not any(things.values()):
        return None
    return {"choices": following.choices(request.user, **things), "here": request.get_full_path()}


@section("people.opening.aside", "mobility/_follow_card.html", order=40)
def follow_like_it(request, opening):
    """Hear of the next seats of its trade or its team."""
    return followable(request, trades=following.named(opening.job.trade), teams=following.named(opening.team))


@section("people.team", "mobility/_follow_region.html", order=90)
def follow_team(request, team):
    """Hear of the next seats of a team, open ones or none."""
    return followable(request, teams=following.named(team))


@section("people.job", "mobility/_follow_region.html", order=90)
def follow_trade(request, job):
    """Hear of the next seats of a job's trade."""
    return followable(request, trades=following.named(job.trade))


@section("people.profile.aside", "mobility/_follow_card.html", order=90)
def follow_seat(request, person):
    """Hear when a seat like that of this colleague opens."""
    if not colleague(request.user) or person.pk == standing.of(request.user).person.pk:
        return None
    seat = following.seat_of(person)
    return followable(request, seats=[(person, seat)]) if seat else None


@section("people.profile", "mobility/_wish.html", order=70)
def wish(request, person):
    """What somebody would like next, as far as they show it."""
    if not colleague(request.user):
        return None
    found = Wish.objects.visible_to(request.user).filter(person=person).first()
    mine = person.pk == standing.of(request.user).person.pk
    return {"wish": found, "mine": mine, "person": person} if found or mine else None


# --- the desk -----------------------------------------------------------------------------------------
@section("home.desk", "mobility/_desk.html", order=30)
def waiting(request, subject):
    """Applications from inside that wait for those who hire; numbers alone, no name."""
    if not conflicts.follows(request.user):
        return None
    dues = list(
        Application.objects.allowing(request.user, "mobility.handle_application").filter(status__in=Application.AWAITED).values_list("due_on", flat=True)
    )
    if not dues:
        return None
    late = sum(due < clock.today() for due in dues)
    title = ngettext("%(n)s application from inside waits for an answer", "%(n)s applications from inside wait for an answer", len(dues)) % {"n": len(dues)}
    meta = ngettext("%(n)s is late", "%(n)s are late", late) % {"n": late} if late else _("All within ten working days")
    return {"title": title, "meta": meta, "level": "bad" if late else "", "waiting": bool(late), "url": reverse("mobility:file_list")}


# --- the panel ----------------------------------------------------------------------------------------
def gather(application: Application) -> dict:
    """The file a panel reads; whoever opens it is written in the applicant's log."""
    request = audit.present_request.get()
    reader = getattr(request, "user", None)
    link = ""
    if reader is not None and reader.is_authenticated and getattr(reader, "person", None):
        transitions.note_readings(reader, [application])
        link = application.get_absolute_url() if rules.may(reader, "mobility.handle_application", application) else ""
    seats = Assignment.objects.filter(current(), employee__person=application.person).select_related("team", "site").order_by("-main")
    return {"application": application, "person": application.person, "opening": application.opening, "seat": seats.first(), "link": link}


kinds.kind(
    transitions.PANEL_KIND,
    gettext_lazy("Application from inside"),
    template="mobility/_panel_file.html",
    title=lambda application: _("%(name)s, %(job)s") % {"name": application.person.display_name, "job": application.opening.job.title},
    gather=gather,
    conflict=conflicts.of,
    url=lambda application: application.opening.get_absolute_url(),
    site=lambda application: application.opening.site,
    related=("person", "opening__job", "opening__site"),
)
