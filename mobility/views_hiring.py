"""Pages of who hires from inside: the list, one file, talking, convening, answering, dates, the move."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mobility import conflicts, letters, line, transitions, words
from mobility.forms import ConversationForm, DatesForm, RefuseForm
from mobility.models import Application, Conversation, Interest, Refusal
from mobility.views import may_handle, own_page
from portal import clock, rules, switches
from portal.pages import acted, form_page, posted, said
from portal.panels import convening
from portal.panels import transitions as panels
from portal.panels.forms import ConveneForm
from portal.panels.models import Panel
from portal.people import standing

FILE = ("opening__job__trade", "opening__site", "opening__team", "opening__hiring_manager", "person__user")


@require_GET
def file_list(request):
    """Applications that I handle, the longest past their date first, and the interests I was told of."""
    if not conflicts.follows(request.user):
        raise Http404
    ended = request.GET.get("show") == "ended"
    handled = Application.objects.allowing(request.user, "mobility.handle_application").select_related(*FILE)
    handled = handled.exclude(status__in=Application.RUNNING).order_by("-answered_at", "-pk") if ended else handled.filter(status__in=Application.RUNNING)
    page = Paginator(handled, 20).get_page(request.GET.get("page"))
    interests = (
        Interest.objects.visible_to(request.user)
        .exclude(person=standing.of(request.user).person)
        .select_related("person", "opening__job", "opening__site")[:20]
    )
    transitions.note_readings(request.user, [*page, *interests])
    late = Application.objects.allowing(request.user, "mobility.handle_application").filter(status__in=Application.AWAITED, due_on__lt=clock.today()).count()
    return render(request, "mobility/file_list.html", {"page_obj": page, "interests": interests, "ended": ended, "late": late})


@require_GET
def application_detail(request, pk):
    """One address, three pages: the person's, who hires', and, once lifted, the present line's with dates alone."""
    application = get_object_or_404(Application.objects.visible_to(request.user).select_related(*FILE), pk=pk)
    if application.person_id == standing.of(request.user).person.pk:
        return own_page(request, application)
    transitions.note_readings(request.user, [application])
    panel = panels.of(application).first()
    steps = words.steps(application, panel)
    context = {"application": application, "opening": application.opening, "steps": steps, **dates_of(request, application)}
    if not may_handle(request, application):
        return render(request, "mobility/application_dates.html", context)
    context |= {
        "panel": panel,
        "signed": panels.is_signed(panel),
        "may_open_panel": panel and rules.may(request.user, "panels.view_panel", panel),
        "answer": panel.decision if panel and panel.status == Panel.Status.DECIDED else "",
        "conversations": Conversation.objects.visible_to(request.user).filter(application=application).select_related("by"),
        "plan": words.plan_of_move(application, request.user),
        "refusal": Refusal.objects.visible_to(request.user).filter(application=application).first(),
        "seat": line.held_by(application.person).select_related("team", "site").order_by("-main").first(),
    }
    return render(request, "mobility/application_file.html", context)


def dates_of(request, application) -> dict:
    """What the part about dates shows, and whether the reader may say a day."""
    return {
        "may_date": rules.may(request.user, "mobility.date_application", application),
        "may_move": rules.may(request.user, "mobility.move_application", application),
        "present_manager": line.manager_of(application.person) if application.lifted_at else None,
    }


def handled(request, pk, rule="mobility.handle_application") -> Application:
    return get_object_or_404(Application.objects.allowing(request.user, rule).select_related(*FILE), pk=pk)


@require_http_methods(["GET", "POST"])
def conversation_create(request, pk):
    application = handled(request, pk)
    form = ConversationForm(posted(request), initial={"on": application.today()})
    if said(
        request,
        form,
        lambda: transitions.log_conversation(pk, by=request.user, language=request.user.language, **form.cleaned_data),
        _("The conversation is logged."),
    ):
        return redirect(application)
    return form_page(request, "mobility/conversation_create.html", form, application=application, opening=application.opening)


@require_http_methods(["GET", "POST"])
def panel_convene(request, pk):
    application = handled(request, pk)
    away = letters.kept_away(application)
    people = [person for person in convening.people_team(application.opening) if person.pk not in away and person.pk != application.opening.hiring_manager_id]
    votes = switches.is_on(switches.VOTES)
    form = ConveneForm(posted(request), today=application.today(), people=people, me=standing.of(request.user).person, votes=votes)
    done = _("The panel is convened, its rule is frozen.") if votes else _("Both are asked for their reasons.")
    if said(request, form, lambda: transitions.convene(pk, by=request.user, **form.cleaned_data), done):
        return redirect(application)
    context = {
        "application": application,
        "opening": application.opening,
        "votes": votes,
        "conflict": conflicts.of(application, application.opening.hiring_manager),
    }
    return form_page(request, "mobility/panel_convene.html", form, **context)


@require_http_methods(["GET", "POST"])
def application_refuse(request, pk):
    application = handled(request, pk)
    form = RefuseForm(posted(request), application=application)
    written = form.cleaned_data if form.is_valid() else {}
    if said(
        request,
        form,
        lambda: transitions.refuse(pk, by=request.user, language=application.person.language, **{**written, "criterion": int(written["criterion"])}),
        _("The answer is sent."),
    ):
        return redirect(application)
    return form_page(
        request, "mobility/application_refuse.html", form, application=application, opening=application.opening, talked=application.conversations.exists()
    )


@require_POST
def application_accept(request, pk):
    application = handled(request, pk)
    return acted(request, lambda: transitions.accept(pk, by=request.user), _("The yes is sent."), application)


@require_http_methods(["GET", "POST"])
def dates_edit(request, pk):
    """Both managers on dates only."""
    application = handled(request, pk, "mobility.date_application")
    form = DatesForm(posted(request), initial={"starts_on": application.starts_on})
    if said(request, form, lambda: transitions.agree_dates(pk, by=request.user, **form.cleaned_data), _("Your day is noted.")):
        return redirect(application)
    return form_page(
        request, "mobility/dates_edit.html", form, application=application, opening=application.opening, present_manager=line.manager_of(application.person)
    )


@require_http_methods(["GET", "POST"])
def move_in(request, pk):
    application = handled(request, pk, "mobility.move_application")
    if request.method == "POST":
        try:
            transitions.move_in(pk, by=request.user)
            messages.success(request, _("The move is written: the seat, the team and the plan follow."))
        except transitions.MoveRefused as refused:
            messages.error(request, str(refused))
        return redirect(application)
    return render(request, "mobility/move_in.html", {"application": application, "opening": application.opening})
