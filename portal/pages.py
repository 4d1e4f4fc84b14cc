"""What pages with a form, or with one button, do alike: show it, run the act, and say in words what refuses it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from portal.moves import MoveRefused


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form was sent, even an empty one; None when it is only shown."""
    return request.POST if request.method == "POST" else None


def said(request: HttpRequest, form, act: Callable[[], object], done: str) -> bool:
    """Run `act` when the form is right, and say `done`; what refuses it is said on the form. Whether it was done."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act()
    except MoveRefused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, done)
    return True


def acted(request: HttpRequest, act: Callable[[], object], done: str, back) -> HttpResponse:
    """Run a one-button act and go `back` (an address, a name or an object); a refusal is said at the top of that page."""
    try:
        act()
        messages.success(request, done)
    except MoveRefused as refused:
        messages.error(request, str(refused))
    return redirect(back)


def back(request: HttpRequest, fallback) -> HttpResponse:
    """Where the button was pressed (`next`), if that is a page of ours; else `fallback`: an address, a name or an object."""
    target = request.POST.get("next", "")
    return redirect(target if url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()) else fallback)


def form_page(request: HttpRequest, template: str, form, **context) -> HttpResponse:
    """The page of a form: 422 once it was sent, so that htmx and tests know a refused one."""
    return render(request, template, {"form": form, "form_has_errors": bool(form.errors), **context}, status=422 if form.is_bound else 200)
