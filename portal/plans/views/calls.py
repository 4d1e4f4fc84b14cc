"""The one address that other systems post to: a step is done, said by a signed call; and the keys of desks."""

import json

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from portal import audit
from portal.moves import MoveRefused
from portal.plans import calls
from portal.plans.models import Step
from portal.plans.models.desk_key import DeskKey
from portal.webhooks import incoming, signing

# A minute's calls: of one desk, and of one address that nobody could name.
OF_A_DESK, OF_AN_ADDRESS = 120, 60
NOT_READABLE = 'Say which step is done: {"step": 12}.'


def _answer(code: int, **words) -> JsonResponse:
    return JsonResponse(words, status=code)


@csrf_exempt  # another system has no cookie and no form: its signature stands for both
@login_not_required
@never_cache
@require_POST
def step_call(request, name):
    """Mark a step done: 200 done, 401 not signed, 404 not this desk's, 409 heard before or refused, 422 unreadable, 429 too many."""
    key = DeskKey.objects.select_related("desk").filter(name=name).first()
    if incoming.too_many(*((name, OF_A_DESK) if key else (get_adapter().get_client_ip(request), OF_AN_ADDRESS))):
        return _answer(429, error="Too many calls: wait a minute.")
    try:
        if key is None:
            raise signing.Refused("key")
        message_id = incoming.demand(request, token=key.token, key_id=key.key_id)
    except signing.Refused as reason:
        audit.record("step.call_refused", on=key or "", request=request, reason=str(reason))
        return _answer(401, error="This call is not signed as it should be.")
    try:
        step_id = json.loads(request.body)["step"]
        if type(step_id) is not int:
            raise TypeError
    except (ValueError, KeyError, TypeError):
        return _answer(422, error=NOT_READABLE)
    with translation.override("en"):  # for the machines' log, whoever reads it
        return _hear(request, key, message_id, step_id)


def _hear(request, key: DeskKey, message_id: str, step_id: int) -> JsonResponse:
    try:
        step = calls.hear(key, message_id, step_id, request=request)
    except incoming.Heard:
        return _answer(409, error="This very call was heard before.", heard=True)
    except Step.DoesNotExist:
        return _answer(404, error="No such step for this desk.")
    except MoveRefused as reason:
        return _answer(409, error=str(reason), heard=False)
    return _answer(200, step=step.pk, status=step.status)


@sensitive_variables("secret")
@never_cache
@require_POST
def desk_key(request, pk):
    """A key for a desk's calls, or a new secret; shown on this answer and nowhere else."""
    key, secret = calls.give_key(pk, by=request.user)
    return render(request, "plans/desk_key.html", {"key": key, "secret": secret})


@require_POST
def desk_key_take(request, pk):
    """Calls of this desk are not heard any more."""
    calls.take_key(pk, by=request.user)
    messages.success(request, translation.gettext("Calls of this desk are not heard any more."))
    return redirect("plans:desk_addresses")
