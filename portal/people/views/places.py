"""Teams and sites as the People team keeps them."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from portal import audit, rules
from portal.people.forms_places import SiteForm, TeamForm
from portal.people.models import Site, Team


@require_http_methods(["GET", "POST"])
def team_edit(request, slug=None):
    """A team, new or known; under another parent its whole branch goes with it."""
    if not rules.may(request.user, "people.change_team"):
        raise Http404
    team = get_object_or_404(Team.objects.allowing(request.user, "people.change_team").select_related("head"), slug=slug) if slug else Team()
    above = Team.objects.filter(slug=request.GET.get("under", "")).first()
    form = TeamForm(request.POST or None, instance=team, initial={} if slug else {"parent": above, "site": above and above.site})
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        audit.record("team.written", by=request.user, on=saved, request=request, fields=sorted(form.changed_data))
        messages.success(request, _("Saved."))
        return redirect(saved)
    return render(request, "people/team_edit.html", {"team": team, "form": form}, status=422 if form.is_bound else 200)


@require_GET
def site_list(request):
    """Every site, with its day and its address, for those who keep them."""
    if not rules.may(request.user, "people.change_site"):
        raise Http404
    return render(request, "people/site_list.html", {"sites": Site.objects.allowing(request.user, "people.change_site").order_by("name", "pk")})


@require_http_methods(["GET", "POST"])
def site_edit(request, code=None):
    if not rules.may(request.user, "people.change_site"):
        raise Http404
    site = get_object_or_404(Site.objects.allowing(request.user, "people.change_site"), code=code) if code else Site()
    form = SiteForm(request.POST or None, instance=site)
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        audit.record("site.written", by=request.user, on=saved, request=request, fields=sorted(form.changed_data))
        messages.success(request, _("Saved."))
        return redirect("people:site_list")
    return render(request, "people/site_edit.html", {"site": site, "form": form}, status=422 if form.is_bound else 200)
