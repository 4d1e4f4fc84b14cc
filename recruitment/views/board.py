"""The hiring board of one opening by stage, and the same people as a list."""

from django.core.paginator import Paginator
from django.db.models import F, Q
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from portal.people.models import Opening
from recruitment import boards, processes
from recruitment.models import Application, Stage

SORTS = {"due": "due_on", "-due": "-due_on", "sent": "submitted_at", "-sent": "-submitted_at", "stage": "stage__order", "-stage": "-stage__order"}


def opening_for(user, slug) -> Opening:
    """An opening whose hiring `user` follows; 404 otherwise."""
    queryset = Opening.objects.allowing(user, "recruitment.view_opening").select_related("job", "site", "hiring_manager", "process__recruiter")
    return get_object_or_404(queryset, slug=slug)


def around(request, opening) -> dict:
    """What every page of an opening shows at its top."""
    mine = Application.objects.visible_to(request.user).filter(opening=opening)
    return {"opening": opening, "people": mine.live().count(), "late": mine.filter(boards.late()).count(), "process": getattr(opening, "process", None)}


@require_GET
def board(request, slug):
    """Lanes by stage; on a phone one stage at a time, chosen by a link."""
    opening = opening_for(request.user, slug)
    process = getattr(opening, "process", None) or processes.template()
    lanes = boards.lanes(request.user, opening, process, request.GET)
    for lane in lanes:
        for card in lane.cards:
            card.owes = boards.owes(card)
    chosen = request.GET.get("stage")
    fullest = max(lanes, key=lambda lane: lane.count, default=None)
    opened = next((lane.stage.pk for lane in lanes if str(lane.stage.pk) == chosen), fullest.stage.pk if fullest else None)
    context = around(request, opening) | {
        "lanes": lanes,
        "opened": opened,
        "whos": Stage.Who.choices,
        "sources": boards.sources(request.user, opening),
        "tab": "people",
        "full": processes.is_full(opening),
    }
    return render(request, "recruitment/hiring/board.html", context)


@require_GET
def application_list(request, slug):
    """Everybody of the opening, in process or not, fifty a page."""
    opening = opening_for(request.user, slug)
    queryset = boards.filtered(boards.visible(request.user, opening), request.GET)
    if status := request.GET.get("status"):
        queryset = queryset.filter(status=status)
    if (stage := request.GET.get("stage", "")).isdigit():
        queryset = queryset.filter(stage_id=stage).live()
    if text := request.GET.get("q", "").strip():
        named = Q(person__family_name__icontains=text) | Q(person__given_name__icontains=text) | Q(email__icontains=text)
        number = text.upper().removeprefix("A-")
        queryset = queryset.filter((named & Q(revealed_at__isnull=False)) | (Q(number=int(number)) if number.isdigit() else Q(reference__iexact=text)))
    sort = request.GET.get("sort") if request.GET.get("sort") in SORTS else "due"
    order = [SORTS[sort], "pk"] if "sort" in request.GET else [F("ended_at").asc(nulls_first=True), "due_on", "pk"]  # who waits stands first
    page = Paginator(queryset.order_by(*order), boards.SIZE).get_page(request.GET.get("page"))
    for application in page:
        application.owes = boards.owes(application) if application.status in Application.LIVE else ""
    process = getattr(opening, "process", None) or processes.template()
    context = around(request, opening) | {
        "page_obj": page,
        "q": text,
        "statuses": Application.Status.choices,
        "stages": process.stages.all(),
        "sort": sort,
        "tab": "people",
        "title": _("List"),
    }
    return render(request, "recruitment/hiring/application_list.html", context)
