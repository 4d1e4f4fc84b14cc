"""Pages of webhooks, for operators and HR administrators: subscriptions, what was told, what was given up, and replay."""

from functools import wraps

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.moves import MoveRefused
from portal.rules import may
from portal.webhooks import events, transitions
from portal.webhooks.forms import DeliveryFilter, SubscriptionForm
from portal.webhooks.models import Attempt, Delivery, Subscription


def for_operators(view):
    """404 for everyone else: a page that is not yours does not exist."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not may(request.user, "portal.view_subscription"):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def _dead() -> int:
    return Delivery.objects.filter(state=Delivery.State.DEAD).count()


@require_GET
@for_operators
def subscription_list(request):
    """Who is told what, and how it goes."""
    counted = {state: Count("deliveries", filter=Q(deliveries__state=state)) for state in ("waiting", "dead", "delivered")}
    page = Paginator(Subscription.objects.visible_to(request.user).annotate(**counted).order_by("name", "pk"), 25).get_page(request.GET.get("page"))
    return render(request, "webhooks/subscription_list.html", {"page_obj": page, "dead": _dead()})


@sensitive_variables("secret")
@never_cache
@require_http_methods(["GET", "POST"])
@for_operators
def subscription_create(request):
    """A new subscription; its secret is shown on the answer to this form and nowhere else."""
    form = SubscriptionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            subscription, secret = transitions.subscribe(form.cleaned_data, by=request.user)
        except MoveRefused as reason:
            form.add_error(None, str(reason))
        else:
            return render(request, "webhooks/secret_show.html", {"subscription": subscription, "secret": secret})
    return render(request, "webhooks/subscription_edit.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_operators
def subscription_edit(request, pk):
    subscription = get_object_or_404(Subscription.objects.allowing(request.user, "portal.change_subscription"), pk=pk)
    form = SubscriptionForm(request.POST or None, instance=subscription)
    if request.method == "POST" and form.is_valid():
        transitions.change(pk, form.cleaned_data, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("webhooks:subscription_detail", pk)
    return render(request, "webhooks/subscription_edit.html", {"form": form, "subscription": subscription}, status=422 if form.errors else 200)


@require_GET
@for_operators
def subscription_detail(request, pk):
    """One subscription and what it was told, newest first."""
    subscription = get_object_or_404(Subscription.objects.visible_to(request.user).select_related("made_by__person"), pk=pk)
    form, told = DeliveryFilter(request.GET or None), [event for event in events.every() if event.name in subscription.events]
    page = Paginator(form.narrow(_with_last(subscription.deliveries.all())), 25).get_page(request.GET.get("page"))
    return render(request, "webhooks/subscription_detail.html", {"subscription": subscription, "events": told, "form": form, "page_obj": page})


def _with_last(rows):
    return rows.select_related("subscription").prefetch_related(Prefetch("log", Attempt.objects.order_by("-at", "-pk"), to_attr="tries"))


@require_GET
@for_operators
def dead_letter_list(request):
    """What was given up, of all subscriptions."""
    rows = _with_last(Delivery.objects.visible_to(request.user).filter(state=Delivery.State.DEAD))
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    return render(request, "webhooks/dead_letter_list.html", {"page_obj": page, "dead": page.paginator.count})


@require_GET
@for_operators
def delivery_detail(request, pk):
    """What was told, byte for byte, and each attempt."""
    delivery = get_object_or_404(_with_last(Delivery.objects.visible_to(request.user)), pk=pk)
    return render(request, "webhooks/delivery_detail.html", {"delivery": delivery})


def _acting(request, act, fallback: str, words: str):
    try:
        act()
        messages.success(request, words)
    except MoveRefused as reason:
        messages.error(request, str(reason))
    return redirect(fallback)


@require_POST
def delivery_replay(request, pk):
    """Send one again."""
    words = _("It is sent again, under the same id.")
    return _acting(request, lambda: transitions.replay(pk, by=request.user), reverse("webhooks:delivery_detail", args=[pk]), words)


@require_POST
@for_operators
def dead_letters_replay(request):
    """Send again all that was given up."""
    count = transitions.replay_dead(by=request.user)
    messages.success(request, ngettext("%(n)s delivery is sent again.", "%(n)s deliveries are sent again.", count) % {"n": count})
    return redirect("webhooks:dead_letter_list")


@require_POST
def subscription_try(request, pk):
    """Send a greeting."""
    words = _("A greeting is on its way: see below how it was answered.")
    return _acting(request, lambda: transitions.try_out(pk, by=request.user), reverse("webhooks:subscription_detail", args=[pk]), words)


@sensitive_variables("secret")
@never_cache
@require_POST
def secret_renew(request, pk):
    """A new secret, shown on this answer and nowhere else."""
    try:
        subscription, secret = transitions.renew(pk, by=request.user)
    except MoveRefused as reason:
        messages.error(request, str(reason))
        return redirect("webhooks:subscription_detail", pk)
    return render(request, "webhooks/secret_show.html", {"subscription": subscription, "secret": secret})


@require_POST
def subscription_end(request, pk):
    """No more is told."""
    return _acting(request, lambda: transitions.end(pk, by=request.user), reverse("webhooks:subscription_list"), _("The subscription is ended."))
