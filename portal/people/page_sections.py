"""The masthead's entries of people, and what people bring to the home page."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal import clock, navigation, roles
from portal.people import cards, path, profile, standing
from portal.people.models import Assignment, Correction, Person
from portal.people.models.employment import current
from portal.people.visibility import may_read, phase_of, reader_of
from portal.sections import section

MOST_MATES = 12


def colleague(user) -> bool:
    return roles.belongs(user, roles.COLLEAGUES)


navigation.enter(gettext_lazy("Home"), "home", icon="house", order=0, shown_to=lambda user: True, covers=("/home/",))
navigation.enter(gettext_lazy("People"), "people:person_list", icon="users", order=10, shown_to=colleague, covers=("/people/",))
navigation.enter(gettext_lazy("Teams"), "people:team_list", icon="network", order=80, shown_to=colleague, covers=("/people/teams/",))
navigation.enter(gettext_lazy("Skills"), "people:skill_list", icon="graduation-cap", order=82, shown_to=colleague, covers=("/people/skills/",))
navigation.enter(gettext_lazy("Open seats"), "people:opening_list", icon="door-open", order=83, shown_to=colleague, covers=("/people/openings/",))
navigation.enter(gettext_lazy("Jobs"), "people:job_list", icon="briefcase-business", order=81, shown_to=colleague, covers=("/people/jobs/",))


@section("home.desk", "people/home_waiting.html", order=10)
def waiting(request, subject):
    """Reports to answer, and my page to confirm."""
    me = standing.of(request.user)
    if not me.is_colleague:
        return None
    rows = []
    reports = Correction.objects.allowing(request.user, "people.answer_correction").filter(status=Correction.Status.OPEN).count()
    if reports:
        title = ngettext("Answer %(n)s report about a page", "Answer %(n)s reports about pages", reports) % {"n": reports}
        rows.append({"level": "warn", "icon": "flag", "title": title, "meta": _("You decide"), "url": reverse("people:correction_list")})
    last = me.person.confirmed_at
    if last is None or last < clock.today() - profile.CONFIRM_EVERY:
        meta = _("Once a year, a minute")
        rows.append({"level": "", "icon": "user-check", "title": _("See if your page is still right"), "meta": meta, "url": me.person.get_absolute_url()})
    return {"rows": rows, "waiting": len(rows)} if rows else None


@section("home.desk", "people/home_team.html", order=60)
def team_today(request, subject):
    """The people of my main team: who is here or leaves, and for the People team who arrives."""
    me = standing.of(request.user)
    if not me.is_colleague:
        return None
    team = me.seats[0].team
    near = Q(team=team) & (current() | Q(started_on__gt=clock.today(), started_on__lte=clock.today() + path.NEW_FOR))
    seen = Person.objects.visible_to(request.user)
    people = path.with_path(seen.filter(pk__in=Assignment.objects.filter(near).values("employee__person")).exclude(pk=me.person.pk))
    reader = reader_of(request.user)
    return {"team": team, "mates": [_mate(person, reader) for person in people[:MOST_MATES]]}


def _mate(person: Person, reader) -> dict:
    on_path = path.of(person)
    pattern = person.working_pattern if may_read("working_pattern", person, reader) else ""
    phase = phase_of(person, reader)
    knot = cards.KNOTS.get(phase, "")
    return {
        "person": cards.dress(person, reader),
        "role": on_path.main.title if on_path.main else "",
        "pattern": pattern,
        "knot": knot,
        "phase": cards.phase_words(on_path, phase) if knot else "",
    }
