"""Public pages: help, accessibility statement, privacy notice, legal notice, site map; and whom to tell about a weakness."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from portal import clock, navigation, privacy


def _page(request, name, **context):
    return render(request, f"trust/{name}.html", {"legal": settings.LEGAL, **context})


@login_not_required
@require_GET
def help_page(request):
    """How to sign in, follow an application, use the keyboard, reach somebody."""
    return _page(request, "help")


@login_not_required
@require_GET
def accessibility(request):
    """The statement: the true level, what was tested, how to report a barrier."""
    return _page(request, "accessibility")


@login_not_required
@require_GET
def privacy_notice(request):
    """Who is responsible, why and how long: the list comes from the rules that the house runs."""
    return _page(request, "privacy_notice", policies=privacy.policies())


@login_not_required
@require_GET
def legal(request):
    """Who publishes and who hosts."""
    return _page(request, "legal")


@login_not_required
@require_GET
def sitemap_page(request):
    """The pages this reader may open."""
    entries = navigation.for_request(request) if request.user.is_authenticated else []
    return _page(request, "sitemap_page", entries=entries, public=navigation.for_visitors())


@login_not_required
@require_GET
def security_txt(request):
    """Whom to tell about a weakness (RFC 9116); renewed by itself."""
    until = (clock.now() + timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
    lines = [
        f"Contact: mailto:{settings.LEGAL['security']}",
        f"Expires: {until}",
        "Preferred-Languages: en, fr",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
