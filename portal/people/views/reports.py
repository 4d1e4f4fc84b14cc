"""Reports about a page: wrong, missing, has left; and the answer."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal import rules
from portal.moves import MoveRefused
from portal.people import forms, profile, standing, transitions
from portal.people.models import Correction
from portal.people.views.profile import visible
from portal.people.visibility import reader_of


@require_http_methods(["GET", "POST"])
def correction_create(request, slug):
    person = visible(request, slug)
    form = forms.ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        correction = form.save(commit=False)
        correction.person, correction.by = person, standing.of(request.user).person
        correction.before = profile.value_of(person, correction.field, reader_of(request.user))
        transitions.report(correction)
        messages.success(request, _("Thank you. Whoever keeps this line decides, and you will be told."))
        return redirect(person)
    return render(request, "people/correction_create.html", {"person": person, "form": form}, status=422 if form.is_bound else 200)


@require_GET
def correction_list(request):
    """The reports that wait for my answer."""
    waiting = Correction.objects.allowing(request.user, "people.answer_correction").filter(status=Correction.Status.OPEN)
    page = Paginator(waiting.select_related("person", "by"), 25).get_page(request.GET.get("page"))
    return render(request, "people/correction_list.html", {"page_obj": page, "lines": dict(forms.ReportForm.LINES)})


@require_GET
def correction_detail(request, pk):
    correction = get_object_or_404(Correction.objects.visible_to(request.user).select_related("person", "by"), pk=pk)
    context = {
        "correction": correction,
        "line": dict(forms.ReportForm.LINES).get(correction.field, ""),
        "rewritten": correction.field in transitions.REWRITTEN and correction.proposed,
        "may_answer": correction.status == Correction.Status.OPEN and rules.may(request.user, "people.answer_correction", correction),
        "may_correct": rules.may(request.user, "people.correct_person", correction.person),
    }
    return render(request, "people/correction_detail.html", context)


@require_POST
def correction_answer(request, pk, verb):
    """Accept or dismiss."""
    try:
        correction = {"accept": transitions.accept, "dismiss": transitions.dismiss}[verb](pk, by=request.user)
    except MoveRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("people:correction_detail", pk)
    messages.success(request, _("Accepted.") if verb == "accept" else _("Dismissed. The page stays as it is."))
    return redirect(correction.person if correction.person.user_id == request.user.pk else "people:correction_list")
