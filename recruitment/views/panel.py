"""Convening the panel on a candidate, and stopping it."""

from django.contrib import messages
from django.forms import Form
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal import switches
from portal.moves import MoveRefused
from portal.panels import convening
from portal.panels import transitions as panels
from portal.panels.forms import ConveneForm
from portal.people import standing
from recruitment import panel
from recruitment.views.acts import acting, form_page


@require_http_methods(["GET", "POST"])
@acting("recruitment.move_application")
def panel_convene(request, application):
    """Who sits for the People team, the rule, until when."""
    opening = application.opening
    people = [person for person in convening.people_team(opening) if person.pk != opening.hiring_manager_id and not panel.conflict(application, person)]
    votes = switches.is_on(switches.VOTES)
    form = ConveneForm(
        request.POST if request.method == "POST" else None, today=application.today, people=people, me=standing.of(request.user).person, votes=votes
    )
    if request.method == "POST" and form.is_valid():
        try:
            panel.convene(application.pk, by=request.user, **form.cleaned_data)
            messages.success(request, _("The panel is convened, its rule is frozen.") if votes else _("Both are asked for their reasons."))
            return redirect(application)
        except MoveRefused as refused:
            form.add_error(None, str(refused))
    conflict = panel.conflict(application, opening.hiring_manager)
    return form_page(request, application, form, "panel_convene", votes=votes, conflict=conflict)


@require_http_methods(["GET", "POST"])
@acting("recruitment.move_application")
def panel_stop(request, application):
    """Ask once more, then stop it."""
    signed = panels.is_signed(panel.latest(application))
    if request.method == "POST":
        panel.stop(application.pk, by=request.user)
        messages.success(request, _("What was written so far is destroyed.") if signed else _("The panel is stopped, and what was written there is destroyed."))
        return redirect(application)
    return form_page(request, application, Form(), "panel_stop", signed=signed)
