"""What HR administrators watch over: the audit log, the register of processing, retention, and the switches."""

from datetime import timedelta
from functools import wraps

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal import audit, privacy, roles, switches
from portal.models import AuditEntry, AuditSeal, RetentionRun, Switch
from portal.trust.forms import AuditFilter, ConsultationForm


def for_hr_admins(view):
    """404 for everyone else: a page that is not yours does not exist."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not roles.has(request.user, roles.HR_ADMIN):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@require_GET
@for_hr_admins
def audit_list(request):
    """Who did what on whom, newest first; looking is logged too."""
    form = AuditFilter(request.GET or None)
    rows = AuditEntry.objects.all()
    if form.is_valid():
        rows = form.narrow(rows)
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    audit.record("audit.read", on=f"page:{page.number}")
    return render(request, "trust/audit_list.html", {"form": form, "page_obj": page, "sealed": AuditSeal.objects.order_by("-at").first()})


@require_GET
@for_hr_admins
def register(request):
    """The record of processing activities, as the rules themselves say it."""
    return render(request, "trust/register.html", {"policies": privacy.policies()})


@require_GET
@for_hr_admins
def retention(request):
    """What next week's runs would do, and what the past ones did."""
    done = Paginator(RetentionRun.objects.all(), 25).get_page(request.GET.get("page"))
    return render(request, "trust/retention.html", {"foreseen": privacy.foresee(timedelta(days=7)), "page_obj": done})


def _parts():
    known = {switch.name: switch for switch in Switch.objects.select_related("by")}
    return [(name, label, text, known.get(name)) for name, (label, text) in switches.PARTS.items()]


@require_GET
@for_hr_admins
def switch_list(request):
    """Which parts are on, and what each waits for."""
    return render(request, "trust/switch_list.html", {"parts": _parts()})


@require_http_methods(["GET", "POST"])
@for_hr_admins
def switch_on(request, name):
    """Turn a part on, with the date of the consultation."""
    if name not in switches.PARTS:
        raise Http404
    form = ConsultationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        switches.turn(name, True, by=request.user, **form.cleaned_data)
        messages.success(request, _("This part is on."))
        return redirect("trust:switch_list")
    label, text = switches.PARTS[name]
    return render(request, "trust/switch_on.html", {"form": form, "label": label, "text": text}, status=422 if form.is_bound else 200)


@require_POST
@for_hr_admins
def switch_off(request, name):
    """Turn a part off; no reason is needed for that."""
    if name not in switches.PARTS:
        raise Http404
    switches.turn(name, False, by=request.user)
    messages.success(request, _("This part is off."))
    return redirect("trust:switch_list")


@require_GET
@for_hr_admins
def information_pack(request):
    """What the works council and the employees are given to read, on paper."""
    return render(request, "trust/information_pack.html", {"parts": _parts(), "policies": privacy.policies()})
