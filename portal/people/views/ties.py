"""Ties: saying that one works with somebody, and showing or hiding one's end."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal import rules
from portal.people import standing, ties
from portal.people.views.profile import visible


@require_POST
def tie_ask(request, slug):
    """I work with this person."""
    other = visible(request, slug)
    if not rules.may(request.user, "people.ask_tie", other):
        raise Http404
    tie = ties.ask(standing.of(request.user).person, other)
    if tie.giver_shows and tie.receiver_shows:
        messages.success(request, _("You both say it: it is on both pages."))
    else:
        messages.success(request, _("Said. %(name)s is asked to confirm; until then only you two see it.") % {"name": other.first_name})
    return redirect(f"{other.get_absolute_url()}#around")


@require_POST
def tie_say(request, pk, shown):
    """Show or hide my end."""
    (ties.show if shown else ties.hide)(pk, by=request.user)
    messages.success(request, _("You show it.") if shown else _("Hidden. You alone see it here, to show it again."))
    return redirect(f"{standing.of(request.user).person.get_absolute_url()}#around")
