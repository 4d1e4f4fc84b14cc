"""Several people at once: always a preview first, and what is answered together says so."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from portal.moves import MoveRefused
from recruitment import boards, forms_team, transitions
from recruitment.models import Reason, Stage
from recruitment.views.board import opening_for

MOST = 200


def chosen(request, opening):
    """The selected files among those the reader may move."""
    keys = [int(key) for key in request.POST.getlist("pk") if key.isdigit()][:MOST]
    return list(
        boards.visible(request.user, opening)
        .allowing(request.user, "recruitment.move_application")
        .awaiting()
        .filter(pk__in=keys)
        .order_by("stage__order", "pk")
    )


@require_POST
def selected(request, slug):
    """Move or answer the selected: a page shows who and what, a second button does it."""
    opening = opening_for(request.user, slug)
    people = chosen(request, opening)
    if not people:
        messages.warning(request, _("Select somebody first."))
        return redirect("hiring:board", slug)
    act = request.POST.get("act", "")
    if act == "refuse":
        return _refuse(request, opening, people)
    stage = get_object_or_404(Stage, process__opening=opening, pk=int(act)) if act.isdigit() else None
    if stage is None:
        raise Http404
    if "confirmed" in request.POST:
        return _move(request, slug, people, stage)
    staying = [each for each in people if each.stage_id == stage.pk]
    moving = [each for each in people if each.stage_id != stage.pk]
    return render(request, "recruitment/hiring/bulk_move.html", {"opening": opening, "stage": stage, "moving": moving, "staying": staying})


def _move(request, slug, people, stage):
    moved = 0
    for application in people:
        try:
            transitions.advance(application.pk, by=request.user, stage_id=stage.pk)
            moved += 1
        except MoveRefused:
            continue  # it moved in the meantime; the count says how many did
    messages.success(request, ngettext("%(n)s person moved to %(stage)s.", "%(n)s people moved to %(stage)s.", moved) % {"n": moved, "stage": stage.name})
    return redirect("hiring:board", slug)


def grouped(people):
    """(stage, language, files) by how far they came and the language they read."""
    groups: dict = {}
    for application in sorted(people, key=lambda each: (each.stage.order, each.language, each.number)):
        groups.setdefault((application.stage, application.language), []).append(application)
    return [(stage, language, rows) for (stage, language), rows in groups.items()]


def form_for(stage, language, data):
    """The words of one group, proposed in its language: who was met hears that another was chosen."""
    reason = Reason.OTHER_CHOSEN if stage.order > 2 else Reason.EXPERIENCE
    with translation.override(language):
        words = forms_team.proposed_words(reason)
    return forms_team.Refuse(data, prefix=f"s{stage.pk}{language}", initial={"reason": reason, "words": words})


def _refuse(request, opening, people):
    """A reason and words for each group; each letter can be taken back for 24 hours."""
    send = "confirmed" in request.POST
    groups = [(stage, language, rows, form_for(stage, language, request.POST if send else None)) for stage, language, rows in grouped(people)]
    forms = [form for _stage, _language, _rows, form in groups]
    if send and all(form.is_valid() for form in forms):
        with transaction.atomic():
            for _stage, _language, rows, form in groups:
                for application in rows:
                    transitions.refuse(application.pk, by=request.user, together=len(people), **form.cleaned_data)
        messages.success(request, ngettext("%(n)s answer leaves in 24 hours.", "%(n)s answers leave in 24 hours.", len(people)) % {"n": len(people)})
        return redirect("hiring:board", opening.slug)
    context = {"opening": opening, "groups": groups, "people": people, "wrong": next((form for form in forms if form.errors), None), "form_has_errors": send}
    return render(request, "recruitment/hiring/bulk_refuse.html", context, status=422 if send else 200)


@require_http_methods(["GET", "POST"])
def answer_everyone(request, slug):
    """Everybody left, by how far they came, with the words for each group; then the job can close."""
    opening = opening_for(request.user, slug)
    people = list(boards.visible(request.user, opening).allowing(request.user, "recruitment.move_application").awaiting().order_by("stage__order", "pk")[:MOST])
    if request.method == "POST":
        keys = {int(key) for key in request.POST.getlist("pk") if key.isdigit()}
        people = [application for application in people if application.pk in keys]
    if not people:
        messages.success(request, _("Nobody awaits an answer from you here."))
        return redirect("hiring:board", slug)
    return _refuse(request, opening, people)
