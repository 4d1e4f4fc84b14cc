"""Pages of panels: those I sit on, one panel before and after its opening, and what members write."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal import roles, rules
from portal.moves import MoveRefused
from portal.panels import reading, transitions
from portal.panels.forms import BallotForm, MeetingForm, OverruleForm, SummaryForm
from portal.panels.models import Ballot, Panel, Volunteer


def mine(request, pk: int, rule: str = "panels.view_panel") -> Panel:
    """A panel the reader sits on, or 404."""
    panels = Panel.objects.allowing(request.user, rule).select_related("about__user", "overruled_by", "content_type")
    return get_object_or_404(panels, pk=pk)


def own_ballot(request, panel: Panel) -> Ballot | None:
    return Ballot.objects.visible_to(request.user).filter(member__panel=panel, member__person__user=request.user).prefetch_related("lines").first()


@require_GET
def panel_list(request):
    """The panels I sit on, and whether I am ready to sit on others."""
    if not roles.belongs(request.user, roles.COLLEAGUES):
        raise Http404
    panels = Panel.objects.visible_to(request.user).marking(request.user, may_write="panels.write_panel").order_by("decided_at", "deadline", "pk")
    page = Paginator(panels, 25).get_page(request.GET.get("page"))
    page.object_list = reading.titled(page.object_list)
    sealed = set(Ballot.objects.filter(member__person__user=request.user, member__panel__in=page.object_list).values_list("member__panel", flat=True))
    context = {"page_obj": page, "sealed": sealed, "volunteers": Volunteer.objects.filter(person__user=request.user).exists()}
    return render(request, "panels/panel_list.html", context)


@require_POST
def volunteer(request):
    """Say, or take back, that I am ready to sit on panels."""
    if not roles.belongs(request.user, roles.COLLEAGUES):
        raise Http404
    person = request.user.person
    if request.POST.get("ready"):
        Volunteer.objects.get_or_create(person=person)
        messages.success(request, _("You may now be drawn for a panel."))
    else:
        Volunteer.objects.filter(person=person).delete()
        messages.success(request, _("You are no longer among the volunteers."))
    return redirect("panels:panel_list")


@require_GET
def panel_detail(request, pk):
    return shown(request, mine(request, pk))


def shown(request, panel: Panel, form=None, status: int = 200):
    """The page of a panel, as far as its opening allows."""
    ballot = own_ballot(request, panel)
    context = {
        "panel": panel,
        "matter": panel.registered,
        "file": panel.registered.gather(panel.subject),
        "back": panel.registered.url(panel.subject),
        "colleges": reading.colleges(panel),
        "steps": reading.steps(panel),
        "ballot": ballot,
        "form": form or (BallotForm(panel=panel, ballot=ballot) if panel.is_blind else None),
        "form_has_errors": bool(form and form.errors),
        **{mark: rules.may(request.user, f"panels.{mark[4:]}_panel", panel) for mark in ("may_note", "may_decide", "may_overrule")},
    }
    if panel.status in (Panel.Status.MEETING, Panel.Status.OPENED, Panel.Status.DECIDED):
        context |= {
            "matrix": reading.matrix(panel, request.user),
            "objections": reading.objections(panel, request.user),
            "note_language": reading.note_language(panel) if panel.meeting_note else "",
            "why": reading.why_meeting(panel) if panel.status == Panel.Status.MEETING else [],
        }
    return render(request, "panels/panel_detail.html", context, status=status)


@require_POST
def panel_seal(request, pk):
    panel = mine(request, pk, "panels.vote_panel")
    form = BallotForm(request.POST, panel=panel)
    if not form.is_valid():
        return shown(request, panel, form, status=422)
    try:
        transitions.seal(pk, by=request.user, **form.ballot())
    except MoveRefused as refused:
        form.add_error(None, str(refused))
        return shown(request, panel, form, status=422)
    messages.success(request, reading.sealed_words(Panel.objects.get(pk=pk)))
    return redirect("panels:panel_detail", pk=pk)


@require_http_methods(["GET", "POST"])
def panel_step_aside(request, pk):
    """Ask once more, then leave the panel: another is drawn."""
    panel = mine(request, pk, "panels.vote_panel")
    if request.method == "POST":
        transitions.step_aside(pk, by=request.user)
        messages.success(request, _("You stepped aside. The panel goes on without you."))
        return redirect("panels:panel_list")
    return render(request, "panels/panel_step_aside.html", {"panel": panel})


def written(request, pk, *, rule, template, make, act):
    """One form on a panel: shown, checked, acted on, with a refusal said on the form."""
    panel = mine(request, pk, rule)
    form = make(panel, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            act(panel, form)
            return redirect("panels:panel_detail", pk=pk)
        except MoveRefused as refused:
            form.add_error(None, str(refused))
    context = {"panel": panel, "form": form, "form_has_errors": bool(form.errors), "matrix": reading.matrix(panel, request.user)}
    return render(request, template, context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def panel_meeting(request, pk):
    return written(
        request,
        pk,
        rule="panels.note_panel",
        template="panels/panel_meeting.html",
        make=lambda panel, data: MeetingForm(data),
        act=lambda panel, form: transitions.write_meeting(panel.pk, by=request.user, **form.cleaned_data),
    )


@require_http_methods(["GET", "POST"])
def panel_overrule(request, pk):
    return written(
        request,
        pk,
        rule="panels.overrule_panel",
        template="panels/panel_overrule.html",
        make=lambda panel, data: OverruleForm(data),
        act=lambda panel, form: transitions.overrule(panel.pk, by=request.user, reason=form.cleaned_data["reason"]),
    )


@require_http_methods(["GET", "POST"])
def panel_decide(request, pk):
    return written(
        request,
        pk,
        rule="panels.decide_panel",
        template="panels/panel_decide.html",
        make=lambda panel, data: SummaryForm(data, panel=panel),
        act=lambda panel, form: transitions.decide(panel.pk, by=request.user, summaries=form.summaries(), language=request.user.language),
    )
