"""The desk: all steps of a desk due this fortnight, by due day, done one by one or together."""

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal import clock
from portal.pages import back
from portal.people.models import Site
from portal.plans import transitions
from portal.plans.forms import DeskForm
from portal.plans.lines import line
from portal.plans.models import Desk, Family, Owner, Step
from portal.plans.permissions import desks_of

FORTNIGHT = timedelta(days=14)


@require_GET
def desk_detail(request, role=""):
    """What my desk has to do this fortnight; late first, because it was due first."""
    desks = sorted(desks_of(request.user))
    if not desks or (role and role not in desks):
        raise Http404
    role, today = role or desks[0], clock.today()
    steps = Step.objects.allowing(request.user, "plans.finish_step").waiting().filter(role=role, due_on__lte=today + FORTNIGHT)
    site = Site.objects.filter(code=request.GET.get("site", "")).first()
    if site:
        steps = steps.filter(plan__site=site)
    family = request.GET.get("family", "")
    if family:
        steps = steps.filter(family=family)
    tally = steps.aggregate(all=Count("pk"), late=Count("pk", filter=Q(due_on__lt=today)))
    found = steps.select_related("plan__person", "plan__site", "owner", "access").order_by("due_on", "plan__first_day", "pk")
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "lines": [line(step, today) for step in page],
        "families": Family.choices,
        "role": role,
        "label": Owner(role).label,
        "desks": [(each, Owner(each).label) for each in desks],
        "sites": Site.objects.all(),
        "site": site,
        "family": family,
        "tally": tally,
        "today": today,
        "end": today + FORTNIGHT,
    }
    return render(request, "plans/desk_detail.html", context)


@require_POST
def steps_finish(request):
    """Several steps at once; what refused is said with its reason."""
    keys = [int(key) for key in request.POST.getlist("step") if key.isdigit()]
    done, refused = transitions.finish_many(keys, by=request.user)
    if done:
        messages.success(request, ngettext("%(n)s step done.", "%(n)s steps done.", len(done)) % {"n": len(done)})
    for step, reason in refused:
        messages.error(request, _("%(step)s, for %(name)s: %(reason)s") % {"step": step.text, "name": step.plan.person.display_name, "reason": reason})
    if not done and not refused:
        messages.warning(request, _("Nothing was selected."))
    return back(request, reverse("plans:desk"))


@require_http_methods(["GET", "POST"])
def desk_addresses(request):
    """The addresses of desks that never sign in."""
    desks = Desk.objects.allowing(request.user, "plans.change_desk")
    if not (desks_of(request.user) & {Owner.HR.value}):
        raise Http404
    form = DeskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The desk is written to each working morning."))
        return redirect("plans:desk_addresses")
    page = Paginator(desks.select_related("site", "call_key"), 50).get_page(request.GET.get("page"))
    return render(request, "plans/desk_addresses.html", {"page_obj": page, "form": form}, status=422 if form.errors else 200)


@require_POST
def desk_delete(request, pk):
    """The desk is not written to any more."""
    get_object_or_404(Desk.objects.allowing(request.user, "plans.change_desk"), pk=pk).delete()
    return redirect("plans:desk_addresses")
