"""Openings on the team's side: all I hire for, who waits for us, the advert before and after it is published, closing."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from portal.models import TimelineEntry
from portal.moves import MoveRefused
from portal.people.models import Opening
from recruitment import adverts, boards, processes, transitions, wording
from recruitment.models import Application
from recruitment.views.board import around, opening_for


@require_GET
def opening_list(request):
    """The openings whose hiring I follow, open ones first."""
    queryset = Opening.objects.allowing(request.user, "recruitment.view_opening").select_related("job", "site", "hiring_manager")
    state = request.GET.get("state", "open")
    if state in Opening.Status.values:
        queryset = queryset.filter(status=state)
    live, late = Q(applications__status__in=Application.LIVE), boards.late()
    late = Q(**{f"applications__{key}": value for key, value in late.children})
    queryset = queryset.annotate(
        people=Count("applications", filter=live), late=Count("applications", filter=late), hired=Count("applications", filter=Q(applications__status="hired"))
    )
    page = Paginator(queryset.order_by("closes_on", "pk"), 25).get_page(request.GET.get("page"))
    waiting = Application.objects.visible_to(request.user).filter(boards.late()).count()
    return render(
        request,
        "recruitment/hiring/opening_list.html",
        {
            "page_obj": page,
            "state": state,
            "states": [("open", _("Open now")), ("draft", _("Not published")), ("closed", _("Closed ones"))],
            "waiting": waiting,
        },
    )


@require_GET
def waiting(request):
    """Who waits for our answer longer than promised, longest first, over all my openings."""
    related = ("person", "stage", "opening__job", "opening__site", "opening__hiring_manager", "opening__process__recruiter")
    queryset = Application.objects.visible_to(request.user).filter(boards.late()).select_related(*related).order_by("due_on", "pk")
    page = Paginator(queryset, boards.SIZE).get_page(request.GET.get("page"))
    for application in page:
        application.owes = boards.owes(application)
    return render(request, "recruitment/hiring/waiting.html", {"page_obj": page})


def remarks_on(opening, body) -> list:
    job = opening.job
    texts = {language: adverts.all_words(body[language]) for language in body}
    return wording.remarks(title_en=job.title_en, title_fr=job.title_fr, title_fr_f=job.title_fr_f, texts=texts)


@require_GET
def advert(request, slug):
    """What is or would be read outside, in both languages, and what is wrong with it."""
    opening = opening_for(request.user, slug)
    if not hasattr(opening, "process"):
        opening.process = processes.template()  # what it would be given; nothing is written
    body = adverts.compose(opening)
    said = remarks_on(opening, body)
    context = around(request, opening) | {
        "body": body,
        "remarks": said,
        "stops": any(remark.stops for remark in said),
        "versions": opening.adverts.all(),
        "tab": "advert",
    }
    return render(request, "recruitment/hiring/advert.html", context)


@require_POST
def publish(request, slug):
    """Publish, unless the words may not leave the house."""
    opening = get_object_or_404(Opening.objects.allowing(request.user, "people.change_opening"), slug=slug)
    if not hasattr(opening, "process"):
        opening.process = processes.template()
    stops = [remark.text for remark in remarks_on(opening, adverts.compose(opening)) if remark.stops]
    if stops:
        messages.error(request, " ".join(stops))
    else:
        transitions.publish(opening.pk, by=request.user)
        messages.success(request, _("Published. This is the text people who apply from now on have read."))
    return redirect("hiring:advert", slug)


@require_GET
def history(request, slug):
    """What happened to the opening."""
    opening = opening_for(request.user, slug)
    entries = TimelineEntry.objects.filter(content_type__app_label="people", content_type__model="opening", object_id=opening.pk).select_related("by__person")
    page = Paginator(entries, boards.SIZE).get_page(request.GET.get("page"))
    return render(request, "recruitment/hiring/opening_history.html", around(request, opening) | {"page_obj": page, "tab": "history"})


@require_POST
def close(request, slug):
    opening = get_object_or_404(Opening.objects.allowing(request.user, "recruitment.close_opening"), slug=slug)
    try:
        transitions.close(opening.pk, by=request.user)
    except MoveRefused as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("hiring:board", args=[slug]))
    messages.success(request, _("Closed. Everybody has their answer."))
    return redirect("hiring:opening_list")
