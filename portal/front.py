"""The front door: `/` answers visitors with the careers home and the signed-in with theirs, without a redirect."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.module_loading import import_string
from django.views.decorators.http import require_GET

from portal import views


@login_not_required
@require_GET
def front(request):
    """One address, two first pages; the stage is named by string, as in settings and urls."""
    if request.user.is_authenticated:
        return views.home(request)
    return import_string("recruitment.views.public.careers")(request)


@login_not_required
@require_GET
def favicon(request):
    """What a browser asks for by itself beside a feed or a file, where no page names the icon."""
    return redirect(static("img/icon-48.png"))
