"""The file of one candidate: summary, answers, CV, notes, messages, history; the name opens when the blind is lifted."""

from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from portal import audit, clock, rules
from portal.panels import transitions as panels
from recruitment import boards, erasing, forms_team, journey, letters, panel
from recruitment.models import CV, Adjustment, Application, Message, Note

RELATED = ("person", "stage", "opening__job", "opening__site", "opening__hiring_manager", "opening__process__recruiter", "advert", "cv")


def application_for(user, pk) -> Application:
    """A file `user` may see; 404 otherwise."""
    return get_object_or_404(Application.objects.visible_to(user).select_related(*RELATED), pk=pk)


def page(request, application, tab, template, status=200, **context):
    """One tab of the file."""
    siblings = list(boards.visible(request.user, application.opening).live().order_by("stage__order", "stage_since", "pk").values_list("pk", flat=True))
    here = siblings.index(application.pk) if application.pk in siblings else None
    around = (
        {
            "position": here + 1,
            "of": len(siblings),
            "before": siblings[here - 1] if here else None,
            "after": siblings[here + 1] if here + 1 < len(siblings) else None,
        }
        if here is not None
        else {}
    )
    context |= {
        "application": application,
        "face": application.face,
        "opening": application.opening,
        "tab": tab,
        "around": around,
        "owes": boards.owes(application) if application.status in Application.LIVE else "",
        "stages": application.opening.process.stages.all(),
        "refusal": application.refusals.filter(taken_back_at=None).select_related("letter").first() if application.status == "refused" else None,
    }
    return render(request, f"recruitment/hiring/{template}.html", context, status=status)


@require_GET
def summary(request, pk):
    """Where it stands and what is in it."""
    application = application_for(request.user, pk)
    others = []
    if not application.is_blind:
        others = (
            Application.objects.visible_to(request.user).filter(email__iexact=application.email).exclude(pk=pk).select_related("opening__job", "stage")[:10]
        )
    latest = panel.latest(application)
    adjustment = Adjustment.objects.allowing(request.user, "recruitment.view_adjustment").filter(application=application).first()
    return page(
        request,
        application,
        "summary",
        "file_summary",
        others=others,
        adjustment=adjustment,
        seen=application.seen.all(),
        journey=journey.of(application),
        offers=application.offers.all(),
        panel=latest,
        signed=panels.is_signed(latest),
        sitting=latest is not None and latest.status not in panel.OVER,
        may_convene=panel.may_convene(application, latest),
        my_panel=latest if latest and rules.may(request.user, "panels.view_panel", latest) else None,
    )


@require_GET
def answers(request, pk):
    application = application_for(request.user, pk)
    return page(request, application, "answers", "file_answers", answers=application.answers.all())


def cv_for(user, application) -> CV:
    """Its CV, if `user` may read it now; 404 while the blind lasts."""
    return get_object_or_404(CV.objects.allowing(user, "recruitment.read_cv"), application=application)


@require_GET
def cv(request, pk):
    """The CV as images and text; opening it is logged, and the candidate reads when."""
    application = application_for(request.user, pk)
    if application.cv and not application.is_blind:
        found = cv_for(request.user, application)
        audit.record("cv.read", by=request.user, on=found, request=request)
        return page(request, application, "cv", "file_cv", cv=found, pages=found.pages.all())
    return page(request, application, "cv", "file_cv", cv=None, pages=[])


@require_GET
def cv_page(request, pk, number):
    """One page image, under the same permission; its opening was logged by the page that shows it."""
    found = cv_for(request.user, application_for(request.user, pk))
    image = get_object_or_404(found.pages, number=number)
    with image.image.open("rb") as stored:
        response = HttpResponse(stored.read(), content_type="image/png")
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_GET
def cv_download(request, pk):
    """The file itself: never inline, never run."""
    application = application_for(request.user, pk)
    found = cv_for(request.user, application)
    audit.record("cv.downloaded", by=request.user, on=found, request=request)
    response = FileResponse(found.file.open("rb"), as_attachment=True, filename=found.name, content_type="application/octet-stream")
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_http_methods(["GET", "POST"])
def notes(request, pk):
    """Notes between those who hire."""
    application = application_for(request.user, pk)
    form = forms_team.Write(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        get_object_or_404(Application.objects.allowing(request.user, "recruitment.move_application"), pk=pk)
        Note.objects.create(application=application, by=request.user, text=form.cleaned_data["text"])
        return redirect("hiring:application_notes", pk)
    found = Paginator(application.notes.select_related("by__person"), 50).get_page(request.GET.get("page"))
    return page(request, application, "notes", "file_notes", status=422 if form.is_bound else 200, form=form, page_obj=found)


@require_http_methods(["GET", "POST"])
def messages(request, pk):
    """Messages with the candidate; theirs are read once this page is."""
    application = application_for(request.user, pk)
    form = forms_team.Write(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        get_object_or_404(Application.objects.allowing(request.user, "recruitment.move_application"), pk=pk)
        Message.objects.create(application=application, by=request.user, text=form.cleaned_data["text"])
        application.messages.filter(from_candidate=True, read_at=None).update(read_at=clock.now())
        letters.queue(application, "message", words=form.cleaned_data["text"], author=request.user.person.display_name)
        return redirect("hiring:application_messages", pk)
    return page(
        request,
        application,
        "messages",
        "file_messages",
        status=422 if form.is_bound else 200,
        form=form,
        messages_both=application.messages.select_related("by__person"),
    )


@require_GET
def history(request, pk):
    """Every step, letter and opening of the CV."""
    application = application_for(request.user, pk)
    entries = erasing.timeline(application).select_related("by__person").reverse()
    stages = {str(stage.pk): str(stage.name) for stage in application.opening.process.stages.all()}
    rows = [(entry, stages.get(entry.before, entry.before), stages.get(entry.after, entry.after)) for entry in entries]
    return page(request, application, "history", "file_history", rows=rows, letters=application.letters.all(), statuses=dict(Application.Status.choices))
