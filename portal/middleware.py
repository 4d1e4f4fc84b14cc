"""What every request passes: an id for the logs, the reader's language, and headers that keep the page to its reader."""

import re
import secrets

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from portal import audit, identity, logs

PUBLIC_PREFIX = re.compile(r"^/(en|fr)/")


def request_id(get_response):
    """Name each request, for its log lines, its lines in the audit log and its answer."""

    def middleware(request):
        request.id = secrets.token_hex(6)
        token = logs.request_id.set(request.id)
        present = audit.present_request.set(request)
        try:
            response = get_response(request)
        finally:
            logs.request_id.reset(token)
            audit.present_request.reset(present)
        response["X-Request-ID"] = request.id
        return response

    return middleware


def headers(get_response):
    """Permissions-Policy and CORP on all, `no-store` on what a signed-in person sees, nothing left after signing out."""

    def middleware(request):
        response = get_response(request)
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), publickey-credentials-get=(self)")
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.method == "POST" and request.path == reverse("account_logout"):
            response["Clear-Site-Data"] = '"cache", "storage"'
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            response.setdefault("Cache-Control", "no-store")
            patch_vary_headers(response, ["HX-Request"])
        return response

    return middleware


def chosen_language(request) -> str:
    """The language of the address, else of the person, else of their cookie, else of their browser."""
    if found := PUBLIC_PREFIX.match(request.path_info):
        return found.group(1)
    if request.user.is_authenticated:
        return request.user.language
    cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if cookie in dict(settings.LANGUAGES):
        return cookie
    return translation.get_language_from_request(request)[:2]


class LanguageMiddleware:
    """Answers each request in its reader's language, and says so in Content-Language."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language = chosen_language(request)
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.setdefault("Content-Language", language)
        if not PUBLIC_PREFIX.match(request.path_info):
            patch_vary_headers(response, ["Accept-Language", "Cookie"])
        return response


class SecondFactorMiddleware:
    """Sends whoever must hold a second factor, and holds none, to the page where one is set up; nothing else opens."""

    OPEN = ("account_", "mfa_", "usersessions_", "health_", "set_language", "help", "accessibility", "privacy_notice", "legal", "sitemap_page")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        user = request.user
        name = request.resolver_match.url_name or ""
        if not user.is_authenticated or (name.startswith(self.OPEN) and not request.resolver_match.namespaces):
            return None
        if not identity.must_show_second_factor(user) or identity.has_second_factor(user):
            return None
        messages.warning(request, _("Your duties open other people’s data: set up an authenticator app or a passkey first."))
        return redirect("mfa_index")
