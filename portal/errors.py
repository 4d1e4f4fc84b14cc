"""What a page says when it cannot be shown."""

from django.shortcuts import render


def csrf_failure(request, reason=""):
    """A form that came back without its token: say what to do, lose nothing."""
    return render(request, "403_csrf.html", status=403)
