"""The demo opens to this machine alone: whoever comes from elsewhere, or through a proxy, finds nothing."""

import functools
from ipaddress import ip_address

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404

FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")


def is_local(request) -> bool:
    """Whether the request was made on this very machine."""
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return address.is_loopback and not any(name in request.META for name in FORWARDED)


def demo_only(view):
    """A page of the demo: needs no sign-in, and exists on loopback while DEMO is set."""

    @functools.wraps(view)
    def guarded(request, *args, **kwargs):
        if not settings.DEMO or not is_local(request):
            raise Http404
        return view(request, *args, **kwargs)

    return login_not_required(guarded)
