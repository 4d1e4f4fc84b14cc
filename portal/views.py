"""Pages of the house itself: what is new for me, the language, the map of the site."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from portal import navigation
from portal import notices as told
from portal.models import Notice


@require_GET
def more(request):
    """Everything the masthead has no room for."""
    return render(request, "portal/more.html", {"entries": navigation.for_request(request)})


@require_GET
def notices(request):
    """What concerns me, newest first."""
    page = Paginator(Notice.objects.filter(user=request.user), 25).get_page(request.GET.get("page"))
    return render(request, "portal/notices.html", {"page_obj": page, "unread": told.unread(request.user)})


@require_POST
def notice_open(request, pk):
    """Read one notice and go where it points."""
    notice = get_object_or_404(Notice, pk=pk, user=request.user)
    told.mark_read(request.user, pk=pk)
    return redirect(notice.url or "notices")


@require_POST
def notices_read(request):
    told.mark_read(request.user)
    return redirect("notices")


@login_not_required
@require_POST
def set_language(request):
    """The reader's language: kept on the person, or in a cookie for visitors."""
    language = request.POST.get("language", "")
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
        target = "/"
    response = redirect(target)
    if language in dict(settings.LANGUAGES):
        if request.user.is_authenticated:
            request.user.language = language
            request.user.save(update_fields=["language"])
        kept = {"max_age": 365 * 24 * 3600, "secure": settings.LANGUAGE_COOKIE_SECURE, "samesite": "Lax", "httponly": True}
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, **kept)
    return response
