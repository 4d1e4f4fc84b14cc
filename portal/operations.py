"""What whoever runs the portal looks at: two addresses for machines, one page for people."""

from celery import current_app
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from portal import health, roles
from portal.models import Mail, TaskRun


@login_not_required
@never_cache
@require_GET
def live(request):
    """Whether this process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@never_cache
@require_GET
def ready(request):
    """Whether every part is well: 200, or 503; says which part, and nothing a stranger could use."""
    parts = health.parts()
    well = all(part.ok for part in parts if part.vital)
    return JsonResponse({"ready": well, "parts": {part.key: part.ok for part in parts}}, status=200 if well else 503)


@require_GET
def operations(request):
    """The parts in words, and the last run of every scheduled task."""
    if not roles.has(request.user, roles.OPERATOR, roles.HR_ADMIN):
        raise Http404
    runs = TaskRun.objects.filter(name__in=current_app.tasks).order_by("name")  # heartbeats are no tasks
    mails = Mail.objects.filter(state__in=(Mail.State.WAITING, Mail.State.SENDING))
    context = {
        "parts": health.parts(),
        "page_obj": Paginator(runs, 50).get_page(request.GET.get("page")),
        "waiting": mails.count(),
        "failed": Mail.objects.filter(state=Mail.State.FAILED).count(),
    }
    return render(request, "health/operations.html", context)
