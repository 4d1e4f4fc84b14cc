"""Where somebody came from: first and last campaign, in one signed first-party cookie and nowhere else."""

import functools

from django.conf import settings
from django.core import signing

COOKIE = "came_by"
LASTS = 90 * 24 * 3600  # seconds
KEYS = {"utm_source": "source", "utm_medium": "medium", "utm_campaign": "campaign", "utm_content": "content", "utm_term": "term"}


def of(request) -> dict:
    """{"first": {...}, "last": {...}, "referral": "..."}, or what is known of it."""
    try:
        kept = signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=LASTS)
    except signing.BadSignature:
        return {}
    return kept if isinstance(kept, dict) else {}


def in_address(request) -> dict:
    """The campaign in this page's address."""
    return {name: request.GET[key][:60] for key, name in KEYS.items() if request.GET.get(key)}


def remembered(view):
    """Keep the campaign of the address in the cookie; a page without one sets nothing."""

    @functools.wraps(view)
    def wrapped(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        campaign, referral = in_address(request), request.GET.get("ref", "")[:40]
        if campaign or referral:
            kept = of(request)
            if campaign:
                kept = {"first": campaign, **kept, "last": campaign}
            if referral:
                kept["referral"] = referral
            secure = not settings.RELAXED
            response.set_cookie(COOKIE, signing.dumps(kept, salt=COOKIE), max_age=LASTS, httponly=True, samesite="Lax", secure=secure)
        return response

    return wrapped
