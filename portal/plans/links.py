"""Links by which a desk that never signs in says a step is done: signed, for one step, for two weeks."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from portal.plans.models import Step

SALT = "plans.step done by mail link"
LASTS = 14 * 24 * 3600  # seconds


def token_of(step: Step) -> str:
    return signing.TimestampSigner(salt=SALT).sign_object({"step": step.pk})


def link_to(step: Step) -> str:
    """The whole address of the page with one button."""
    return settings.SITE_URL + reverse("plans:step_by_link", args=[token_of(step)])


def step_of(token: str) -> int | None:
    """The key of the step a token speaks of; None when it is not ours or too old."""
    try:
        return signing.TimestampSigner(salt=SALT).unsign_object(token, max_age=LASTS)["step"]
    except (signing.BadSignature, KeyError, TypeError):
        return None
