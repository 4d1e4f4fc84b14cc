"""The conversation before leaving: booked by the People team, declined freely, its notes read by the People team alone."""

from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from alumni.forms_departure import NotesForm, TalkForm
from alumni.models import ExitTalk
from alumni.transitions import handover
from alumni.views.departures import found
from portal import clock
from portal.pages import acted, form_page, posted, said


@require_http_methods(["GET", "POST"])
def talk_edit(request, pk):
    """Offer a day."""
    departure = found(request, pk, "alumni.host_departure")
    talk = ExitTalk.objects.visible_to(request.user).filter(departure=departure).first()
    initial = {"host": request.user.person.pk}
    form = TalkForm(posted(request), site=departure.site, initial=initial)
    if talk:
        local = localtime(talk.at, form.zone)
        form.initial |= {"day": clock.day(talk.at, departure.site.timezone), "hour": local.time(), "host": talk.host_id}
    act = lambda: handover.book_talk(pk, by=request.user, at=form.moment(), host=form.cleaned_data["host"])  # noqa: E731
    if said(request, form, act, _("The conversation is offered.")):
        return redirect(departure.get_absolute_url() + "#talk")
    return form_page(request, "alumni/departure_talk.html", form, departure=departure, talk=talk)


@never_cache
@require_http_methods(["GET", "POST"])
def talk_notes(request, pk):
    """What was said; nobody but the People team of the site opens this page."""
    talk = get_object_or_404(ExitTalk.objects.visible_to(request.user).select_related("departure__person", "departure__site", "host"), pk=pk)
    form = NotesForm(posted(request), initial={"held": talk.held, "notes": talk.notes})
    if said(request, form, lambda: handover.write_up_talk(pk, by=request.user, **form.cleaned_data), _("Your notes are kept.")):
        return redirect(talk.departure.get_absolute_url() + "#talk")
    return form_page(request, "alumni/departure_notes.html", form, talk=talk, departure=talk.departure)


@require_POST
def talk_decline(request, pk):
    """Rather not: nothing hangs on it."""
    talk = get_object_or_404(ExitTalk.objects.allowing(request.user, "alumni.attend_exittalk").select_related("departure"), pk=pk)
    return acted(request, lambda: handover.decline_talk(pk, by=request.user), _("Declined. Nothing else changes."), talk.departure)
