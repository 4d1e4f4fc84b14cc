"""Pages of consents: three separate yeses with their history, withdrawal by one click with or without signing in, leaving."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alumni import consenting, zone
from alumni.forms_consents import LeaveForm
from alumni.models import Consent
from alumni.permissions.consent import left
from alumni.transitions import consent as transitions
from portal import privacy, rules
from portal.people.models import Person


def may_give_or_404(request) -> Person:
    """The person behind the page: leaves, or left; nobody else is asked anything."""
    if not rules.may(request.user, "alumni.give_consent"):
        raise Http404
    return request.user.person


@require_GET
def consent_list(request):
    """Three separate yeses, what each opens, until when; and every line of their history."""
    person = may_give_or_404(request)
    context = {
        "scopes": zone.scopes(person),
        "history": Consent.objects.visible_to(request.user),
        "addresses": zone.own_addresses(request.user),
        "left": left(request.user),
    }
    return render(request, "alumni/consent_list.html", context)


@require_POST
def consent_give(request, scope):
    may_give_or_404(request)
    if scope not in Consent.Scope.values:
        raise Http404
    consent = transitions.give(scope, by=request.user, language=request.user.language)
    messages.success(request, _("Thank you: “%(scope)s”, until %(day)s.") % {"scope": consent.get_scope_display(), "day": zone.day(consent.until)})
    return redirect("alumni:consent_list")


@require_POST
def consent_withdraw(request, pk):
    get_object_or_404(Consent.objects.allowing(request.user, "alumni.withdraw_consent"), pk=pk)
    consent = transitions.withdraw(pk, by=request.user)
    messages.success(request, _("Withdrawn: “%(scope)s”. Nothing is shared under it any more.") % {"scope": consent.get_scope_display()})
    return redirect("alumni:consent_list")


@login_not_required
@csrf_exempt  # the signed link is the secret: a mail program posts here too (RFC 8058)
@never_cache
@require_http_methods(["GET", "POST"])
def consent_stop(request, token):
    """From any mail, without signing in: one button. A GET changes nothing, so that scanners of mails cannot withdraw."""
    person, scope = consenting.read_token(token) or (None, "")
    if person is None:
        raise Http404
    done = request.method == "POST"
    if done:
        transitions.withdraw_by_link(token)
    alive = Consent.objects.alive().filter(person=person)
    consent = next((each for each in alive if each.scope == scope), None)
    context = {"scope": Consent.Scope(scope).label, "consent": consent, "done": done, "others": [each for each in alive if each.scope != scope], "token": token}
    return render(request, "alumni/consent_stop.html", context)


@require_http_methods(["GET", "POST"])
def leave(request):
    """Be gone today: what goes, what the law keeps, and one confirmation."""
    person = get_object_or_404(Person.objects.allowing(request.user, "alumni.leave_person"))
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        transitions.leave(by=request.user)
        logout(request)
        return render(request, "alumni/leave_done.html", {"claims": privacy.claims_on(person)})
    by_law = [(basis, until) for basis, until in privacy.claims_on(person) if basis != consenting.BASIS]  # consents go with this very act
    context = {"form": form, "claims": by_law}
    return render(request, "alumni/leave.html", context, status=422 if form.is_bound else 200)
