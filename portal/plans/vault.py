"""Access codes at rest: sealed like every secret here, rotated by a command, and named when their key is lost."""

from cryptography.fernet import Fernet
from django.core.checks import Error
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from portal import clock, health, identity, sealing
from portal.sealing import KeyLost, key_id, keys, seal, unseal

__all__ = ["KeyLost", "check_keys", "key_id", "keys", "lost", "rotate", "seal", "unseal"]


def lost():
    """The codes nobody can open any more, to be issued again; said on the health page, listed for whoever may."""
    from portal.plans.models import AccessCode

    return AccessCode.objects.exclude(key_id__in=sealing.known()).select_related("access__person", "access__plan")


@health.part("vault", gettext_noop("Access codes"), vital=False)
def _part():
    gone = lost().count()
    if gone:
        words = ngettext(
            "%(n)s code cannot be read any more: its key is lost. Issue it again.",
            "%(n)s codes cannot be read any more: their key is lost. Issue them again.",
            gone,
        )
        return False, words % {"n": gone}
    return True, _("All can be read.")


def rotate() -> tuple[int, int]:
    """Encrypt every secret with the newest key, codes, webhooks, keys of desks and second factors alike: (rotated, lost)."""
    from portal.models import Subscription
    from portal.plans.models import AccessCode, DeskKey

    newest = sealing.known()[0]
    counts = [sealing.rotate(model, model.objects.exclude(key_id=newest).values_list("pk", flat=True)) for model in (AccessCode, Subscription, DeskKey)]
    # A webhook's secret that was changed signs beside the new one for a day more.
    still_sign = Subscription.objects.filter(old_until__gt=clock.now()).exclude(old_key_id=newest)
    counts += [sealing.rotate(Subscription, still_sign.values_list("pk", flat=True), prefix="old_"), identity.rotate_factors()]
    return sum(done for done, _gone in counts), sum(gone for _done, gone in counts)


def check_keys(app_configs, **kwargs):
    """Say at start when no usable key is set."""
    if not keys():
        return [Error("FIELD_ENCRYPTION_KEYS is missing: give one or more Fernet keys, newest first; without one no access code can be kept.", id="plans.E001")]
    for key in keys():
        try:
            Fernet(key)
        except ValueError:
            return [Error("FIELD_ENCRYPTION_KEYS holds a value that is not a Fernet key (32 bytes in URL-safe base64).", id="plans.E002")]
    return []
