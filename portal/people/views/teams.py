"""Teams: the org chart, a team's page, and its skills against what its jobs need."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from portal import rules
from portal.people import cards, chart, directory, path, standing
from portal.people.models import Opening, Person, Team
from portal.people.models.employment import current
from portal.people.visibility import reader_of

MOST_NEAR = 8


@require_GET
def team_list(request):
    """The org chart, opened along one branch: that of ?team=, of ?person=, or one's own; ?q= finds the person to go to."""
    teams = Team.objects.visible_to(request.user)
    reader = reader_of(request.user)
    words = request.GET.get("q", "").strip()[:200]
    near = _near(request, words, reader) if words else []
    if len(near) == 1:
        return redirect(f"{request.path}?person={near[0][0].slug}")
    person = None
    if wanted := request.GET.get("person"):
        person = path.with_path(Person.objects.visible_to(request.user)).filter(slug=wanted).first()
        seat = path.of(person).main if person else None
        chosen = seat.team if seat else None
    elif slug := request.GET.get("team"):
        chosen = teams.filter(slug=slug).first()
    else:
        chosen = next((seat.team for seat in standing.of(request.user).seats), None)
    context = {"columns": chart.columns(teams, chosen), "chosen": chosen, "person": person, "q": words, "near": near}
    context["may_change"] = rules.may(request.user, "people.change_team")
    if chosen:
        page = Paginator(path.with_path(chart.members(chosen)), 24).get_page(request.GET.get("page"))
        context |= {"page_obj": page, "members": _rows(page, reader), "reports": _reports(person, reader) if person else []}
    return render(request, "people/team_list.html", context)


def _near(request, words: str, reader) -> list[tuple]:
    """(person, title) of the first people these words find."""
    found = directory.find(request.user, directory.Asked(words=words), reader)
    people = cards.dressed(list(found.page_obj.object_list)[:MOST_NEAR], reader)
    return [(person, path.of(person).main.title if path.of(person).main else "") for person in people]


def _rows(page, reader) -> list[tuple]:
    """(person, title) of each member of the page."""
    return [(person, path.of(person).main.title if path.of(person).main else "") for person in cards.dressed(page.object_list, reader)]


def _reports(person: Person, reader) -> list[tuple]:
    """For whom `person` decides, with their titles."""
    people = path.with_path(Person.objects.filter(pk__in=person.reports.filter(current()).values("employee__person")))
    return [(each, path.of(each).main.title) for each in cards.dressed(people[:100], reader)]


@require_GET
def team_detail(request, slug):
    team = get_object_or_404(chart.with_heads(Team.objects.visible_to(request.user)), slug=slug)
    reader = reader_of(request.user)
    page = Paginator(path.with_path(chart.members(team)), 24).get_page(request.GET.get("page"))
    openings = Opening.objects.visible_to(request.user).filter(team=team, status=Opening.Status.OPEN).select_related("job", "site")
    context = {
        "team": team,
        "page_obj": page,
        "members": _rows(page, reader),
        "openings": openings[:20],
        "skills": chart.known_skills(team, reader),
        "may_change": rules.may(request.user, "people.change_team"),
        "may_lead": rules.may(request.user, "people.lead_team", team),
    }
    return render(request, "people/team_detail.html", context)


@require_GET
def team_skills(request, slug):
    """For its manager: what the jobs of the team need, who has it, where the gaps are."""
    team = get_object_or_404(Team.objects.allowing(request.user, "people.lead_team"), slug=slug)
    return render(request, "people/team_skills.html", {"team": team, "needs": chart.needs(team, reader_of(request.user))})
