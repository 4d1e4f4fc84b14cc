"""Pages of a pair, for the two alone: agreement, sessions with their notes, the end, and thanks."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alumni import calendar, mentoring, words
from alumni.forms_mentoring import AgreementForm, NoteForm, SessionForm, ThanksForm
from alumni.models import Note, Pair, Session
from alumni.transitions import pairs as transitions
from portal import clock
from portal.pages import acted, form_page, posted, said
from portal.people import cards, standing
from portal.people.visibility import reader_of


def pair_for(request, pk, rule="alumni.view_pair") -> Pair:
    return get_object_or_404(mentoring.with_seats(Pair.objects.allowing(request.user, rule), "seeker", "mentor"), pk=pk)


def around(request, pair) -> dict:
    """Who the other is, for every page of the pair."""
    me = standing.of(request.user).person
    other = pair.other(me)
    if other:
        cards.dress(other, reader_of(request.user))
    return {"pair": pair, "me": me, "other": other, "mentoring": pair.mentor_id == me.pk, "zone": words.zone()}


@require_GET
def pair_detail(request, pk):
    """Everything of the two: what they agreed, their sessions and notes, thanks."""
    pair = pair_for(request, pk)
    context = around(request, pair)
    sessions = list(pair.sessions.prefetch_related("notes__by").select_related("pair__seeker", "pair__mentor"))
    now = clock.now()
    planned = [session for session in sessions if session.status == Session.Status.PLANNED]
    mine = pair.mentor_agreed if context["mentoring"] else pair.seeker_agreed
    context |= {
        "coming": [session for session in planned if session.ends_at >= now],
        "held": [session for session in reversed(planned) if session.ends_at < now],
        "thanks": list(pair.thanks.select_related("by")),
        "i_agreed": mine,
        "note_form": NoteForm(),
        "alive": pair.status != Pair.Status.ENDED,
    }
    context["i_thanked"] = any(said.by_id == context["me"].pk for said in context["thanks"])
    return render(request, "alumni/pair_detail.html", context)


@require_http_methods(["GET", "POST"])
def agreement_edit(request, pk):
    """What we want to reach, how often, for how many weeks."""
    pair = pair_for(request, pk, "alumni.live_pair")
    form = AgreementForm(posted(request), instance=Pair.objects.get(pk=pk))
    done = _("Written. The other of you is asked to say yes.")
    if said(request, form, lambda: transitions.agree(pk, by=request.user, language=request.user.language, **form.cleaned_data), done):
        return redirect(pair)
    return form_page(request, "alumni/pair_agreement.html", form, **around(request, pair))


@require_POST
def agreement_accept(request, pk):
    """Say yes to what the other wrote."""
    pair = pair_for(request, pk, "alumni.live_pair")
    if not pair.goals:
        return redirect("alumni:agreement_edit", pk)
    yes = {"goals": pair.goals, "rhythm": pair.rhythm, "weeks": pair.weeks, "language": pair.language}
    return acted(request, lambda: transitions.agree(pk, by=request.user, **yes), _("Agreed. Plan the first session."), pair)


@require_http_methods(["GET", "POST"])
def pair_end(request, pk):
    """End it: no reason is asked, and none is kept."""
    pair = pair_for(request, pk, "alumni.live_pair")
    if request.method == "POST":
        return acted(request, lambda: transitions.end(pk, by=request.user), _("Ended. You may thank each other."), pair)
    return render(request, "alumni/pair_end.html", around(request, pair))


@require_http_methods(["GET", "POST"])
def thanks_create(request, pk):
    """Thank the other, who alone reads it."""
    pair = pair_for(request, pk, "alumni.thank_pair")
    form = ThanksForm(posted(request))
    if said(request, form, lambda: transitions.thank(pk, by=request.user, text=form.cleaned_data["text"], language=request.user.language), _("Sent.")):
        return redirect(pair)
    return form_page(request, "alumni/pair_thanks.html", form, **around(request, pair))


@require_http_methods(["GET", "POST"])
def session_create(request, pk):
    """Plan a meeting; both get it for their calendars."""
    pair = pair_for(request, pk, "alumni.live_pair")
    form = SessionForm(posted(request))
    if said(request, form, lambda: transitions.plan(pk, by=request.user, **form.when()), _("Planned. Both of you get it by mail, for the calendar.")):
        return redirect(pair)
    return form_page(request, "alumni/pair_session.html", form, **around(request, pair))


def session_for(request, pk, rule="alumni.view_session") -> Session:
    rows = Session.objects.allowing(request.user, rule)
    return get_object_or_404(rows.select_related("pair__seeker__user", "pair__mentor__user"), pk=pk)


@require_http_methods(["GET", "POST"])
def session_edit(request, pk):
    """Move a meeting."""
    session = session_for(request, pk, "alumni.change_session")
    form = SessionForm(posted(request), session=session)
    if said(request, form, lambda: transitions.shift(pk, by=request.user, **form.when()), _("Moved. Both calendars get the change.")):
        return redirect(session.pair)
    return form_page(request, "alumni/pair_session.html", form, session=session, **around(request, session.pair))


@require_POST
def session_cancel(request, pk):
    session = session_for(request, pk, "alumni.change_session")
    return acted(request, lambda: transitions.cancel(pk, by=request.user), _("Cancelled. Both calendars get it."), session.pair)


@require_GET
def session_calendar(request, pk):
    """The file for my calendar."""
    session = session_for(request, pk)
    response = HttpResponse(calendar.of_session(session, standing.of(request.user).person), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="session.ics"'
    return response


@require_POST
def note_create(request, pk):
    """A few lines about a session."""
    session = session_for(request, pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write a few lines first"))
        return redirect(session.pair)
    transitions.write_note(pk, by=request.user, text=form.cleaned_data["text"], language=request.user.language)
    messages.success(request, _("Kept, for the two of you."))
    return redirect(f"{session.pair.get_absolute_url()}#session-{pk}")


@require_POST
def note_forget(request, pk):
    note = get_object_or_404(Note.objects.allowing(request.user, "alumni.forget_note").select_related("session__pair"), pk=pk)
    transitions.forget_note(pk, by=request.user)
    messages.success(request, _("The note is gone."))
    return redirect(note.session.pair)
