"""What every request passes: an id for the logs, the reader's language, and headers that keep the page to its reader."""

import re
import secrets

from django.conf import settings
from django.utils import translation
from django.utils.cache import patch_vary_headers

from portal import logs

PUBLIC_PREFIX = re.compile(r"^/(en|fr)/")


def request_id(get_response):
    """Name each request, for its log lines and its answer."""

    def middleware(request):
        request.id = secrets.token_hex(6)
        token = logs.request_id.set(request.id)
        try:
            response = get_response(request)
        finally:
            logs.request_id.reset(token)
        response["X-Request-ID"] = request.id
        return response

    return middleware


def headers(get_response):
    """Permissions-Policy and CORP on all, `no-store` on what a signed-in person sees."""

    def middleware(request):
        response = get_response(request)
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), publickey-credentials-get=(self)")
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
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
