"""What one does with one file: each act is a transition; a refused one says why in words."""

import functools

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.moves import MoveRefused
from portal.pages import back
from recruitment import forms_team, letters, transitions
from recruitment.models import Application, Offer, Stage
from recruitment.views.file import RELATED


def acting(rule):
    """The view gets the file, on which the reader may do `rule`; 404 otherwise. A refused move is said on the file."""

    def around(view):
        @functools.wraps(view)
        def wrapped(request, pk):
            application = get_object_or_404(Application.objects.allowing(request.user, rule).select_related(*RELATED), pk=pk)
            try:
                return view(request, application)
            except MoveRefused as refusal:
                messages.error(request, str(refusal))
                return redirect(application)

        return wrapped

    return around


@require_POST
@acting("recruitment.move_application")
def application_move(request, application):
    """The Move menu: another stage, or on to the page where one answers no or makes an offer."""
    to = request.POST.get("to", "")
    if to in ("refuse", "offer"):
        return redirect(f"hiring:application_{to}", application.pk)
    form = forms_team.Move(request.POST)
    if not form.is_valid():
        raise Http404
    transitions.advance(application.pk, by=request.user, stage_id=form.cleaned_data["to"], seen=form.cleaned_data["seen"])
    stage = Stage.objects.get(pk=form.cleaned_data["to"])
    application.refresh_from_db()
    said = _("%(name)s moved to %(stage)s. The person is told in ten minutes.") % {"name": application.face.display_name, "stage": stage.name}
    messages.success(request, said, extra_tags="undo:" + reverse("hiring:application_back", args=[application.pk]))
    return back(request, application)


@require_POST
@acting("recruitment.move_application")
def application_back(request, application):
    transitions.go_back(application.pk, by=request.user)
    messages.success(request, _("Undone. Nobody was told."))
    return redirect("hiring:board", application.opening.slug)


@require_POST
@acting("recruitment.reveal_application")
def application_reveal(request, application):
    transitions.reveal(application.pk, by=request.user)
    messages.success(request, _("The name is shown from now on. It is written in the history."))
    return redirect(application)


def form_page(request, application, form, template, **context):
    context |= {"form": form, "application": application, "face": application.face, "opening": application.opening}
    return render(request, f"recruitment/hiring/{template}.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@acting("recruitment.move_application")
def application_promise(request, application):
    """We are late: a new date with its reason."""
    form = forms_team.Promise(request.POST if request.method == "POST" else None, application=application)
    if request.method == "POST" and form.is_valid():
        transitions.promise(application.pk, by=request.user, **form.cleaned_data)
        messages.success(request, _("The person has the new date."))
        return redirect(application)
    return form_page(request, application, form, "promise")


@require_http_methods(["GET", "POST"])
@acting("recruitment.move_application")
def application_refuse(request, application):
    """Answer no: the reason, the words; the letter is read before it is queued."""
    form = forms_team.Refuse(request.POST if request.method == "POST" else None)
    preview = None
    if request.method == "POST" and "propose" in request.POST:
        with translation.override(application.language):
            words = forms_team.proposed_words(request.POST.get("reason", ""))
        return form_page(request, application, forms_team.Refuse(initial={**request.POST.dict(), "words": words}), "refuse")
    if request.method == "POST" and "edit" in request.POST:
        return form_page(request, application, forms_team.Refuse(initial=request.POST.dict()), "refuse")
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        if "send" in request.POST:
            transitions.refuse(application.pk, by=request.user, **words)
            messages.success(request, _("The letter leaves in 24 hours."), extra_tags="undo:" + reverse("hiring:refusal_take_back", args=[application.pk]))
            return redirect("hiring:board", application.opening.slug)
        lines = [line.strip() for line in words["seen"].splitlines() if line.strip()]
        preview = letters.render(application, "refused", words=words["words"], seen=lines, together=1)
        return render(
            request,
            "recruitment/hiring/refuse_preview.html",
            {"form": form, "application": application, "face": application.face, "opening": application.opening, "preview": preview},
        )
    return form_page(request, application, form, "refuse")


@require_POST
@acting("recruitment.move_application")
def refusal_take_back(request, application):
    transitions.take_back_refusal(application.pk, by=request.user)
    messages.success(request, _("Taken back. Nobody was told."))
    return redirect(application)


@require_http_methods(["GET", "POST"])
@acting("recruitment.offer_application")
def application_offer(request, application):
    job = application.opening.job
    form = forms_team.MakeOffer(request.POST if request.method == "POST" else None, initial={"pay": job.pay_min, "starts_on": application.opening.starts_on})
    if request.method == "POST" and form.is_valid():
        transitions.offer(application.pk, by=request.user, **form.cleaned_data)
        messages.success(request, _("The offer is out. The answer is theirs."))
        return redirect(application)
    return form_page(request, application, form, "make_offer", job=job)


@require_POST
@acting("recruitment.offer_application")
def offer_take_back(request, application):
    transitions.take_back_offer(application.pk, by=request.user)
    messages.success(request, _("The offer is taken back. Write to the person."))
    return redirect(application)


@require_http_methods(["GET", "POST"])
@acting("recruitment.hire_application")
def application_hire(request, application):
    """The accepted offer becomes an employee."""
    accepted = application.offers.filter(status=Offer.Status.ACCEPTED).first()
    form = forms_team.Hire(request.POST if request.method == "POST" else None, initial={"joined_on": accepted.starts_on if accepted else None})
    if request.method == "POST" and form.is_valid():
        transitions.hire(application.pk, by=request.user, **form.cleaned_data)
        messages.success(request, _("Hired. The arrival is being prepared."))
        return redirect(application)
    return form_page(request, application, form, "hire", offer=accepted)


@require_POST
@acting("recruitment.hire_application")
def hire_undo(request, application):
    transitions.undo_hire(application.pk, by=request.user)
    messages.success(request, _("Undone: the seat and the employee are gone, the offer stays accepted."))
    return redirect(application)
