"""Absences: one's own, and for the People team and managers those they answer for; dates alone, never why."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal import clock
from portal.people import standing
from portal.plans.forms import AbsenceForm
from portal.plans.models import Absence


@require_http_methods(["GET", "POST"])
def absence_list(request):
    """Who is away from today on, and a form to say so."""
    me = standing.of(request.user)
    if not me.is_colleague:
        raise Http404
    form = AbsenceForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        absence = form.save()
        messages.success(request, _("Noted. What %(name)s has to do meanwhile goes to somebody else.") % {"name": absence.person.display_name})
        return redirect("plans:absence_list")
    coming = Absence.objects.visible_to(request.user).filter(ends_on__gte=clock.today()).select_related("person", "stand_in")
    page = Paginator(coming.marking(request.user, may_change="plans.change_absence"), 25).get_page(request.GET.get("page"))
    return render(request, "plans/absence_list.html", {"page_obj": page, "form": form}, status=422 if form.errors else 200)


@require_POST
def absence_delete(request, pk):
    """They are there after all; what was passed on stays where it is."""
    get_object_or_404(Absence.objects.allowing(request.user, "plans.change_absence"), pk=pk).delete()
    messages.success(request, _("The absence is taken off. Steps already passed on stay where they are."))
    return redirect("plans:absence_list")
