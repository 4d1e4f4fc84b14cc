"""Steps: mine, one, done and undone, remind, reassign, edit; and the link of a desk that never signs in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal import clock
from portal.models import TimelineEntry
from portal.moves import MoveRefused
from portal.pages import back
from portal.people import standing
from portal.plans import calendar, links, transitions, workstations
from portal.plans.forms import ReassignForm, StepForm
from portal.plans.lines import line
from portal.plans.models import Step


@require_GET
def step_list(request):
    """My steps, the next one first."""
    me = standing.of(request.user)
    steps = Step.objects.visible_to(request.user).waiting().filter(owner=me.person).select_related("plan__person", "plan__site", "owner")
    page = Paginator(steps.order_by("due_on", "pk"), 25).get_page(request.GET.get("page"))
    context = {"page_obj": page, "lines": [line(step, clock.today()) for step in page], "may_be_away": me.is_colleague}
    return render(request, "plans/step_list.html", context)


@require_GET
def step_detail(request, pk):
    """One step: what it is, whose, by when, and what happened to it."""
    return _page(request, pk)


def _page(request, pk, typed=(), refused="", status=200):
    """The page of a step; `typed` are answers that were refused, which stay in the form."""
    steps = Step.objects.visible_to(request.user).marking(request.user, may_finish="plans.finish_step", may_change="plans.change_step")
    step = get_object_or_404(steps.select_related("plan__person", "plan__site", "owner", "access"), pk=pk)
    history = TimelineEntry.objects.filter(content_type__model="step", content_type__app_label="plans", object_id=pk).select_related("by__person")[:20]
    before = dict(step.answers)
    context = {
        "step": step,
        "line": line(step, step.plan.today()),
        "history": history,
        "questions": [(question, before.get(question, "")) for question in step.asked] if not typed else list(zip(step.asked, typed, strict=False)),
        "handed": workstations.handed_with(step) if step.status == Step.Status.OPEN else [],
        "refused": refused,
    }
    return render(request, "plans/step_detail.html", context, status=status)


@require_POST
def step_finish(request, pk):
    """Done, with ten seconds to undo it and the history for ever."""
    answers = request.POST.getlist("answer")
    try:
        step = transitions.finish(pk, by=request.user, answers=answers)
    except MoveRefused as reason:
        if answers:
            return _page(request, pk, typed=answers, refused=str(reason), status=422)
        messages.error(request, str(reason))
        return back(request, reverse("plans:step_detail", args=[pk]))
    messages.success(request, _("Done: %(step)s.") % {"step": step.text}, extra_tags="undo:" + reverse("plans:step_reopen", args=[pk]))
    return back(request, reverse("plans:step_detail", args=[pk]))


@require_POST
def step_reopen(request, pk):
    """Not done after all."""
    try:
        transitions.reopen(pk, by=request.user)
    except MoveRefused as reason:
        messages.error(request, str(reason))
    return back(request, reverse("plans:step_detail", args=[pk]))


@require_POST
def step_skip(request, pk):
    """Not needed for this person."""
    try:
        step = transitions.skip(pk, by=request.user)
        messages.success(request, _("Not needed: %(step)s.") % {"step": step.text}, extra_tags="undo:" + reverse("plans:step_reopen", args=[pk]))
    except MoveRefused as reason:
        messages.error(request, str(reason))
    return back(request, reverse("plans:step_detail", args=[pk]))


@require_POST
def step_remind(request, pk):
    """Remind the owner by page and mail."""
    try:
        step = transitions.remind(pk, by=request.user)
        messages.success(request, _("%(name)s is reminded.") % {"name": step.owner.first_name})
    except MoveRefused as reason:
        messages.error(request, str(reason))
    return back(request, reverse("plans:step_detail", args=[pk]))


@require_http_methods(["GET", "POST"])
def step_reassign(request, pk):
    """Give a step to somebody else; the board posts the person right away."""
    steps = Step.objects.allowing(request.user, "plans.change_step").select_related("plan__person", "plan__site", "owner")
    step = get_object_or_404(steps, pk=pk)
    form = ReassignForm(request.POST or None, step=step)
    if request.method == "POST" and form.is_valid():
        transitions.reassign(pk, form.cleaned_data["owner"], by=request.user)
        messages.success(request, _("This is now with %(name)s.") % {"name": form.cleaned_data["owner"].display_name})
        return back(request, step.get_absolute_url())
    return render(request, "plans/step_reassign.html", {"step": step, "form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def step_edit(request, pk):
    """Change what a step says in this plan, never in the template."""
    steps = Step.objects.allowing(request.user, "plans.change_step").select_related("plan__person", "plan__site")
    step = get_object_or_404(steps, pk=pk, status=Step.Status.OPEN)
    form = StepForm(request.POST or None, instance=step)
    if request.method == "POST" and form.is_valid():
        transitions.edit(pk, form.cleaned_data, by=request.user)
        messages.success(request, _("The step is changed, in this plan alone."))
        return back(request, step.get_absolute_url())
    return render(request, "plans/step_edit.html", {"step": step, "form": form}, status=422 if form.errors else 200)


@require_GET
def step_calendar(request, pk):
    """The appointment as an .ics file."""
    step = get_object_or_404(Step.objects.visible_to(request.user).select_related("plan__person", "plan__site", "owner"), pk=pk, at__isnull=False)
    response = HttpResponse(calendar.of_steps([step]), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="step-{step.pk}.ics"'
    return response


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def step_by_link(request, token):
    """A desk that never signs in: the link of its mail opens this page with one button; only the button does it."""
    pk = links.step_of(token)
    step = Step.objects.filter(pk=pk).select_related("plan__person", "plan__site").first() if pk else None
    if step is None:
        raise Http404
    if request.method == "POST":
        try:
            step = transitions.finish_from_outside(step.pk, how="mail link")
        except MoveRefused as reason:
            return render(request, "plans/step_by_link.html", {"step": step, "refused": str(reason)}, status=409)
    return render(request, "plans/step_by_link.html", {"step": step})
