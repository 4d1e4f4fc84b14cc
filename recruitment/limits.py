"""How often one address may send: counted in the shared cache, so that it holds for all processes and without Redis."""

import functools

from django.core.cache import cache
from django.shortcuts import render


def spent(name: str, who: str, most: int, seconds: int) -> bool:
    """Count one try of `who`; whether more than `most` were made in `seconds`."""
    key = f"recruitment:{name}:{who}"
    if cache.add(key, 1, seconds):
        return False
    try:
        return cache.incr(key) > most
    except ValueError:  # it ended between the two
        return False


def limited(name: str, *, most: int, minutes: int):
    """Answer 429 when one network address sends this form more than `most` times in `minutes`; reading is free."""

    def around(view):
        @functools.wraps(view)
        def wrapped(request, *args, **kwargs):
            if request.method == "POST" and spent(name, request.META.get("REMOTE_ADDR", ""), most, minutes * 60):
                return render(request, "429.html", status=429)
            return view(request, *args, **kwargs)

        return wrapped

    return around
