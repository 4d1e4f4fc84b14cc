"""Pages of the house itself: home, what is new for me, my settings, the language."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.module_loading import import_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal import clock, navigation, roles, sections
from portal import notices as told
from portal.forms import SettingsForm
from portal.models import Notice
from portal.people import standing


@require_GET
def home(request):
    """Where a signed-in person lands: what waits for them, then the people around; or the page that takes its place for a time."""
    if whole := sections.gathered("home.whole", request)[:1]:
        return render(request, "portal/home.html", {"whole": _drawn(*whole[0], request)})
    mine = standing.of(request.user)
    hat = _hat(request.user, mine)
    if hat == "alumnus":  # another zone, named by string as in front.py: nothing of this page is theirs
        return import_string("alumni.views.zone.home")(request)
    seat = (*mine.seats, *mine.coming)[:1]
    desk = sections.gathered("home.desk", request)
    waiting = sum(context.get("waiting", 0) for _, context in desk)
    context = {
        "person": mine.person,
        "hat": hat,
        "first_day": mine.coming[0] if mine.is_newcomer else None,
        "moment": _moment(seat[0].site.timezone if seat else settings.TIME_ZONE),
        "today": clock.today(seat[0].site.timezone if seat else None),
        "waiting": waiting,
        "desk": [_drawn(each, found, request) for each, found in desk],
    }
    return render(request, "portal/home.html", context)


def _hat(user, mine) -> str:
    """How the portal knows this person: colleague, newcomer, alumnus, or nothing today."""
    if mine.is_colleague and user.is_active:
        return "colleague"
    if mine.is_newcomer:
        return "newcomer"
    return "alumnus" if roles.belongs(user, roles.ALUMNI) else "nobody"


def _moment(zone: str) -> str:
    """Morning, afternoon or evening, where this person works."""
    hour = clock.now().astimezone(ZoneInfo(zone)).hour
    return "morning" if hour < 12 else "afternoon" if hour < 18 else "evening"


def _drawn(section, found: dict, request) -> str:
    return mark_safe(render_to_string(section.template, {**found, "subject": None}, request=request))  # a template of ours


@require_http_methods(["GET", "POST"])
def account(request):
    """My language, my theme, and the doors to what opens my account."""
    form = SettingsForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        response = redirect("account")
        with translation.override(request.user.language):
            messages.success(request, gettext("Saved."))
        return response
    return render(request, "portal/account.html", {"form": form}, status=422 if form.is_bound else 200)


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
