"""The equipment register: list, one unit, hand-over, signature, return, import."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal import clock
from portal.moves import MoveRefused
from portal.people.models import Site
from portal.plans import equipment, stock
from portal.plans.forms import AssignForm, SignForm, UnitForm, UnitImportForm
from portal.plans.models import EquipmentModel, Handover, Plan, Unit
from portal.rules import may


@require_GET
def unit_list(request):
    """The register: by state, kind, site and words; what the coming arrivals lack is said first."""
    if not may(request.user, "plans.view_unit"):
        raise Http404
    units = Unit.objects.visible_to(request.user).select_related("model", "site", "holder")
    words, state, kind, site = (request.GET.get(name, "").strip() for name in ("q", "state", "kind", "site"))
    if words:
        units = units.filter(
            Q(serial__icontains=words) | Q(model__name__icontains=words) | Q(holder__family_name__icontains=words) | Q(holder__given_name__icontains=words)
        )
    if state in Unit.Status.values:
        units = units.filter(status=state)
    if kind in EquipmentModel.Kind.values:
        units = units.filter(model__kind=kind)
    if site:
        units = units.filter(site__code=site)
    may_change = may(request.user, "plans.change_unit")
    context = {
        "page_obj": Paginator(units.order_by("model__kind", "model__name", "serial"), 25).get_page(request.GET.get("page")),
        "q": words, "state": state, "kind": kind, "site": site,
        "states": Unit.Status.choices, "kinds": EquipmentModel.Kind.choices, "sites": Site.objects.all(),
        "may_change": may_change,
        "shortages": stock.shortages() if may_change else [],
    }  # fmt: skip
    return render(request, "plans/unit_list.html", context)


def _coming(unit: Unit):
    """The plans a unit can be set aside for: those at its site that run and start from last week on."""
    return Plan.objects.running().filter(site=unit.site_id, first_day__gte=clock.today(unit.site.timezone)).select_related("person")[:200]


@require_GET
def unit_detail(request, pk):
    """One unit: where it is, who had it, and the next step for it."""
    unit = get_object_or_404(
        Unit.objects.visible_to(request.user).select_related("model", "site", "holder", "plan__person").marking(request.user, may_change="plans.change_unit"),
        pk=pk,
    )
    handovers = Handover.objects.visible_to(request.user).filter(unit=unit).select_related("person", "by__person")[:50]
    form = AssignForm(plans=Plan.objects.filter(pk__in=_coming(unit).values("pk"))) if unit.may_change and unit.status == Unit.Status.STOCK else None
    return render(request, "plans/unit_detail.html", {"unit": unit, "handovers": handovers, "form": form})


@require_http_methods(["GET", "POST"])
def unit_create(request):
    """One more unit on the shelf."""
    if not may(request.user, "plans.change_unit"):
        raise Http404
    form = UnitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        unit = form.save()
        messages.success(request, _("%(unit)s is on the shelf.") % {"unit": unit})
        return redirect("plans:unit_list")
    return render(request, "plans/unit_create.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def unit_assign(request, pk):
    """Set a unit aside for a coming person."""
    unit = get_object_or_404(Unit.objects.allowing(request.user, "plans.change_unit").select_related("site"), pk=pk)
    form = AssignForm(request.POST, plans=Plan.objects.filter(pk__in=_coming(unit).values("pk")))
    if form.is_valid():
        return _done(request, pk, lambda: equipment.assign(pk, form.cleaned_data["plan"], by=request.user))
    messages.error(request, _("Choose for whom."))
    return redirect("plans:unit_detail", pk)


VERBS = {"prepare": equipment.prepare, "test": equipment.test, "hand_over": equipment.hand_over, "take_back": equipment.take_back, "release": equipment.release}


@require_POST
def unit_change(request, pk, verb):
    """Prepared, tested, handed over, taken back, put back on the shelf."""
    if verb not in VERBS:
        raise Http404
    return _done(request, pk, lambda: VERBS[verb](pk, by=request.user))


def _done(request, pk, act):
    try:
        act()
        messages.success(request, _("Noted."))
    except MoveRefused as reason:
        messages.error(request, str(reason))
    return redirect("plans:unit_detail", pk)


@require_http_methods(["GET", "POST"])
def handover_sign(request, pk):
    """The person signs for what they received or gave back."""
    handover = get_object_or_404(Handover.objects.visible_to(request.user).select_related("unit__model", "person__user", "by__person"), pk=pk)
    mine = handover.person.user_id == request.user.pk
    form = SignForm(request.POST or None, initial={"name": handover.person.display_name})
    if request.method == "POST" and mine and form.is_valid():
        try:
            equipment.sign(pk, form.cleaned_data["name"], by=request.user)
            messages.success(request, _("Thank you. It is signed."))
        except MoveRefused as reason:
            messages.error(request, str(reason))
        return redirect("plans:handover_sign", pk)
    return render(request, "plans/handover_sign.html", {"handover": handover, "form": form, "mine": mine}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def unit_import(request):
    """Bring units in from a CSV file: all rows or none, with the reason of each refused one."""
    if not may(request.user, "plans.change_unit"):
        raise Http404
    form, faults = UnitImportForm(request.POST or None, request.FILES or None), []
    if request.method == "POST" and form.is_valid():
        count, faults = stock.bring_in(form.cleaned_data["file"].read(), by=request.user)
        if not faults:
            messages.success(request, ngettext("%(n)s unit brought in.", "%(n)s units brought in.", count) % {"n": count})
            return redirect("plans:unit_list")
    context = {"form": form, "faults": faults[:50], "kinds": EquipmentModel.Kind.choices, "sites": list(stock.own_sites(request.user).values())}
    return render(request, "plans/unit_import.html", context, status=422 if form.errors or faults else 200)
