"""Access: the desk writes codes and hands over; the person collects; anyone concerned asks for a new one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from portal import roles
from portal.moves import MoveRefused
from portal.pages import back
from portal.plans import access as accesses
from portal.plans import vault
from portal.plans.forms import CodeForm
from portal.plans.models import Access, Delivery
from portal.plans.permissions import HR, desks_of


@sensitive_post_parameters("code")
@sensitive_variables("form")
@never_cache
@require_http_methods(["GET", "POST"])
def code_write(request, pk):
    """The desk writes the code once; nobody at the desk can read it afterwards."""
    found = Access.objects.allowing(request.user, "plans.open_access").select_related("plan__person", "plan__site", "step")
    access = get_object_or_404(found, pk=pk, delivery=Delivery.CODE)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            accesses.write_code(pk, form.cleaned_data["code"], by=request.user)
        except MoveRefused as reason:
            messages.error(request, str(reason))
        else:
            messages.success(request, _("The code is kept, encrypted, for %(name)s alone.") % {"name": access.person.display_name})
        return back(request, reverse("plans:desk"))
    if form.errors:
        form = CodeForm(data={})  # never send what was typed back into a page
        form.is_valid()
    return render(request, "plans/code_write.html", {"access": access, "form": form}, status=422 if request.method == "POST" else 200)


@require_POST
def access_hand_over(request, pk):
    """The desk hands it over in person."""
    try:
        access = accesses.hand_over(pk, by=request.user)
        messages.success(request, _("%(access)s is handed over.") % {"access": access.name})
    except MoveRefused as reason:
        messages.error(request, str(reason))
    return back(request, reverse("plans:desk"))


@require_POST
def access_acknowledge(request, pk):
    """The person says that they have it."""
    try:
        access = accesses.acknowledge(pk, by=request.user)
        messages.success(request, _("Thank you: %(access)s is noted as received.") % {"access": access.name})
    except MoveRefused as reason:
        messages.error(request, str(reason))
    return back(request, reverse("home"))


@require_POST
def access_reissue(request, pk):
    """A new code: the old one is destroyed, its desk is asked again."""
    try:
        access = accesses.reissue(pk, by=request.user)
        messages.success(request, _("A new one is asked for: %(access)s.") % {"access": access.name})
    except MoveRefused as reason:
        messages.error(request, str(reason))
    return back(request, reverse("home"))


@sensitive_variables("code")
@never_cache
@require_POST
def code_reveal(request, pk):
    """Show the code to its person, once. The page holds it this one time and is kept nowhere."""
    access = get_object_or_404(Access.objects.visible_to(request.user), pk=pk, person__user=request.user, delivery=Delivery.CODE)
    try:
        code = accesses.reveal(pk, by=request.user, request=request)
    except Http404:
        refused = _("This code is not there any more. Ask for a new one.")
    except MoveRefused as reason:
        refused = str(reason)
    else:
        access.refresh_from_db()
        return render(request, "plans/code_reveal.html", {"access": access, "code": code})
    return render(request, "plans/code_reveal.html", {"access": access, "refused": refused}, status=409)


@require_http_methods(["GET", "POST"])
def lost_codes(request):
    """Codes whose key is lost: each is issued again by one click, or all of them at once."""
    if not (roles.has(request.user, roles.OPERATOR, *HR) or desks_of(request.user)):
        raise Http404
    mine = Access.objects.allowing(request.user, "plans.reissue_access")
    rows = vault.lost().filter(access__in=mine).order_by("access__opens_on", "pk")
    if request.method == "POST":
        keys = list(rows.values_list("access", flat=True))
        for pk in keys:
            accesses.reissue(pk, by=request.user)
        messages.success(request, ngettext("%(n)s new code is asked for.", "%(n)s new codes are asked for.", len(keys)) % {"n": len(keys)})
        return redirect("plans:lost_codes")
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    return render(request, "plans/lost_codes.html", {"page_obj": page, "others": vault.lost().count() - page.paginator.count})
