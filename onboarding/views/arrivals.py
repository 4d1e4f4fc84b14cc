"""One arrival, as the People team, the manager, the buddy and the desks see it; planning, moving, cancelling it."""

from collections import Counter

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onboarding import asking, board, planview, transitions
from onboarding.forms import ArrivalForm, CancelForm, DetailsForm, RemarkForm
from onboarding.models import Arrival, CheckIn, Morning, Question, Result
from portal import clock
from portal.dates import date_format
from portal.moves import MoveRefused
from portal.plans import transitions as plans
from portal.plans.forms import StepForm
from portal.plans.models import Access, Step
from portal.rules import may


def _found(request, pk, rule="onboarding.view_arrival"):
    arrivals = Arrival.objects.allowing(request.user, rule).marking(request.user, may_change="onboarding.change_arrival")
    return get_object_or_404(arrivals.select_related("plan__person__user", "plan__site", "plan__manager", "plan__buddy", "plan__assignment__team"), pk=pk)


def _mind_the_day(request, plan):
    """Some sites welcome people on a Sunday; more often the date is a slip."""
    if not plan.days.works(plan.first_day):
        day = date_format(plan.first_day, "l j F Y")
        messages.warning(request, _("Nobody works on %(day)s at %(site)s. Is this the first day you meant?") % {"day": day, "site": plan.site.name})


@require_GET
def arrival_detail(request, pk):
    """The plan by moments, each step with its owner and day; desks see their own steps."""
    arrival = _found(request, pk)
    plan, user = arrival.plan, request.user
    show = request.GET.get("show", "all")
    steps = Step.objects.visible_to(user).filter(plan=plan).exclude(status=Step.Status.CANCELLED if plan.status == "running" else "")
    steps = list(
        steps.select_related("owner", "access", "plan__person", "plan__site").marking(user, may_finish="plans.finish_step", may_change="plans.change_step")
    )
    context = {
        "arrival": arrival,
        "plan": plan,
        "say": planview.sentence(arrival, steps),
        "moments": planview.moments(plan, planview.shown(steps, show, user)),
        "thread": planview.thread(plan, steps),
        "show": show,
        "accesses": Access.objects.visible_to(user).filter(plan=plan),
        "units": plan.units.select_related("model"),
        "questions": Question.objects.visible_to(user).filter(arrival=arrival).select_related("answered_by"),
        "checkins": CheckIn.objects.visible_to(user).filter(arrival=arrival, answered_at__isnull=False),
        "history": planview.history(arrival),
        "tally": Counter(step.status for step in steps),
        "families": next(iter(board.rows([arrival], Arrival.get_absolute_url))).cells,
    }
    return render(request, "onboarding/arrival_detail.html", context)


@require_GET
def arrival_readiness(request, pk):
    """Every check: its answer, why, since when, when it was asked; and nine o'clock, once it has come."""
    arrival, now = _found(request, pk), clock.now()
    results = Result.objects.filter(arrival=arrival).order_by("family", "code")
    left = arrival.plan.days.between(arrival.plan.today(), arrival.plan.first_day)
    rows = [
        (
            result,
            board.state_of(result, now),
            result.asked_at if result.remote else arrival.asked_at,
            not result.question or left <= result.question.days_before,
        )
        for result in results
    ]
    morning = Morning.objects.visible_to(request.user).filter(arrival=arrival).prefetch_related("items", Prefetch("remarks")).first()
    context = {
        "arrival": arrival,
        "plan": arrival.plan,
        "rows": rows,
        "ready": sum(state == "ready" for _result, state, _asked, _due in rows),
        "morning": morning,
        "run": board.last_run(),
        "form": RemarkForm(),
    }
    return render(request, "onboarding/arrival_readiness.html", context)


@require_POST
def arrival_check(request, pk):
    """Ask now."""
    arrival = _found(request, pk)
    asking.demand_fresh(arrival)
    messages.success(request, _("Asked. Other systems answer within a minute."))
    return redirect("onboarding:arrival_readiness", pk)


@require_POST
def morning_remark(request, pk):
    """Add a remark beside a morning that cannot be changed."""
    morning = get_object_or_404(Morning.objects.visible_to(request.user), pk=pk)
    form = RemarkForm(request.POST)
    if form.is_valid():
        morning.remarks.create(text=form.cleaned_data["text"], by=request.user)
        messages.success(request, _("Your remark stands beside the record."))
    else:
        messages.error(request, _("Write a remark first."))
    return redirect("onboarding:arrival_readiness", morning.arrival_id)


@require_GET
def arrival_print(request, pk):
    """The plan on one sheet."""
    arrival = _found(request, pk)
    steps = Step.objects.visible_to(request.user).filter(plan=arrival.plan).exclude(status=Step.Status.CANCELLED).select_related("owner", "plan__site")
    return render(
        request,
        "onboarding/arrival_print.html",
        {"arrival": arrival, "plan": arrival.plan, "moments": planview.moments(arrival.plan, list(steps)), "back": arrival.get_absolute_url()},
    )


@require_http_methods(["GET", "POST"])
def arrival_create(request):
    """Plan by hand the arrival of somebody who did not come through recruitment."""
    if not may(request.user, "onboarding.add_arrival"):
        raise Http404
    form = ArrivalForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        arrival = transitions.arrive(form.cleaned_data, by=request.user)
        messages.success(request, _("The arrival of %(name)s is planned.") % {"name": arrival.person.display_name})
        _mind_the_day(request, arrival.plan)
        return redirect(arrival)
    return render(request, "onboarding/arrival_create.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def arrival_edit(request, pk):
    """First day, buddy, desk, personal address."""
    arrival = _found(request, pk, "onboarding.change_arrival")
    form = DetailsForm(request.POST or None, arrival=arrival)
    if request.method == "POST" and form.is_valid():
        try:
            changed = transitions.change(pk, form.cleaned_data, by=request.user)
        except MoveRefused as reason:
            messages.error(request, str(reason))
        else:
            messages.success(request, _("The plan is changed."))
            if "first_day" in form.changed_data:
                _mind_the_day(request, changed.plan)
        return redirect(arrival)
    return render(request, "onboarding/arrival_edit.html", {"arrival": arrival, "form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def arrival_cancel(request, pk):
    """They do not come: say why, close everything, tell everyone."""
    arrival = _found(request, pk, "onboarding.change_arrival")
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            transitions.cancel(pk, by=request.user, because=form.cleaned_data["because"])
        except MoveRefused as reason:
            messages.error(request, str(reason))
            return redirect(arrival)
        messages.success(request, _("The arrival is cancelled, and everyone involved is told."))
        return redirect("onboarding:arrival_list")
    return render(request, "onboarding/arrival_cancel.html", {"arrival": arrival, "form": form}, status=422 if form.errors else 200)


@require_POST
def arrival_link(request, pk):
    """Send the private link again; the one before stops working."""
    try:
        arrival = transitions.renew_link(pk, by=request.user)
        messages.success(request, _("A new private link is on its way to %(name)s.") % {"name": arrival.person.display_name})
    except MoveRefused as reason:
        messages.error(request, str(reason))
    return redirect("onboarding:arrival_detail", pk)


@require_http_methods(["GET", "POST"])
def step_create(request, pk):
    """One more step, in this plan alone."""
    arrival = _found(request, pk, "onboarding.change_arrival")
    form = StepForm(request.POST or None, initial={"due_on": arrival.plan.first_day})
    if request.method == "POST" and form.is_valid():
        try:
            plans.add(arrival.plan_id, form.cleaned_data, by=request.user)
            messages.success(request, _("The step is added, in this plan alone."))
        except MoveRefused as reason:
            messages.error(request, str(reason))
        return redirect(arrival)
    return render(request, "onboarding/step_create.html", {"arrival": arrival, "form": form}, status=422 if form.errors else 200)
