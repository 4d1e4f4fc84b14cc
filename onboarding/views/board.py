"""The board of all arrivals, the print of a week, and how the first mornings went."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET

from onboarding import board, coming
from onboarding.filters import BoardForm
from onboarding.models import Arrival, Morning
from portal import clock
from portal.plans.lines import line
from portal.plans.models import Step
from portal.plans.owners import holders
from portal.rules import may

PAGE = 20
WAITING = 5


@require_GET
def arrival_list(request):
    """All arrivals by day, and how ready each is."""
    user, today = request.user, clock.today()
    if not board.is_open_to(user):
        raise Http404
    form = BoardForm(request.GET or None)
    request.comers = comers = coming.everyone(user, today)
    asked = form.cleaned_data if form.is_valid() else {}
    shown = coming.in_order(coming.narrowed(comers, asked), request.GET.get("sort", ""))
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    arrivals = Arrival.objects.select_related("plan__person", "plan__site", "plan__assignment").in_bulk([each.pk for each in page])
    steps = list(board.waiting(user, today, asked.get("site"))[: WAITING + 1])
    context = {
        "form": form,
        "say": board.sentence(comers, today),
        "weeks": board.weeks(comers, today),
        "page_obj": page,
        "rows": board.rows([arrivals[each.pk] for each in page if each.pk in arrivals], Arrival.get_absolute_url),
        "waiting": [line(step, today) for step in steps[:WAITING]],
        "more_waiting": len(steps) > WAITING,
        "holders": holders(steps[:WAITING]),
        "trend": board.trend(user, today),
        "run": board.last_run(),
        "today": today,
        "may_add": may(user, "onboarding.add_arrival"),
        "narrowed": bool(request.GET),
    }
    return render(request, "onboarding/arrival_list.html", context)


@require_GET
def waiting_list(request):
    """Everything a first morning waits for, by day."""
    user, today = request.user, clock.today()
    if not board.is_open_to(user):
        raise Http404
    page = Paginator(board.waiting(user, today), 25).get_page(request.GET.get("page"))
    context = {"page_obj": page, "waiting": [line(step, today) for step in page], "holders": holders(list(page)), "today": today}
    return render(request, "onboarding/waiting_list.html", context)


@require_GET
def arrivals_print(request):
    """The week on paper: who starts, where, and what is still missing."""
    user, today = request.user, clock.today()
    if not board.is_open_to(user):
        raise Http404
    form = BoardForm(request.GET or None)
    week = (form.cleaned_data.get("week") if form.is_valid() else None) or today + timedelta(days=7 - today.weekday())
    monday = week - timedelta(days=week.weekday())
    arrivals = coming.running(user).filter(plan__first_day__gte=monday, plan__first_day__lt=monday + timedelta(days=7))
    arrivals = arrivals.select_related("plan__person", "plan__site", "plan__assignment", "plan__manager", "plan__buddy")
    page = Paginator(arrivals.order_by("plan__first_day", "pk"), 60).get_page(request.GET.get("page"))
    steps = (
        Step.objects.visible_to(user)
        .waiting()
        .before_nine()
        .filter(plan__in=[arrival.plan_id for arrival in page])
        .select_related("owner")
        .order_by("due_on", "pk")
    )
    missing: dict[int, list[Step]] = {}
    for step in steps:
        missing.setdefault(step.plan_id, []).append(step)
    sheets = [(row, missing.get(row.arrival.plan_id, [])) for row in board.rows(list(page), Arrival.get_absolute_url)]
    return render(request, "onboarding/arrivals_print.html", {"sheets": sheets, "monday": monday, "sunday": monday + timedelta(days=6), "page_obj": page})


@require_GET
def morning_list(request):
    """What the house saw at nine o'clock, first mornings newest first."""
    if not may(request.user, "onboarding.view_morning"):
        raise Http404
    mornings = Morning.objects.visible_to(request.user).select_related("arrival__plan__person", "arrival__plan__site").prefetch_related("items")
    page = Paginator(mornings, 25).get_page(request.GET.get("page"))
    # Who came reads what was seen of their own morning, not the page of those who prepared it.
    arrivals = Arrival.objects.allowing(request.user, "onboarding.view_arrival").filter(pk__in=[morning.arrival_id for morning in page])
    context = {
        "page_obj": page,
        "opened": set(arrivals.values_list("pk", flat=True)),
        "trend": board.trend(request.user, clock.today()),
        "may_board": board.is_open_to(request.user),
    }
    return render(request, "onboarding/morning_list.html", context)
