"""Accounts: who must show a second factor and how it is kept, how one is shut at once, how it is tied to the company's identity provider."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction

from portal import audit, post, roles, sealing
from portal.models import Notice

COMPANY = "company"  # the provider that OIDC_SERVER_URL names
SEALED = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}  # where allauth keeps what must stay secret


def must_show_second_factor(user) -> bool:
    """Whether the duties of `user` (or the administrator's flag) ask for a second factor or a passkey."""
    if not settings.MFA_REQUIRED_ROLES:
        return False
    return user.is_staff or user.is_superuser or roles.has(user, *settings.MFA_REQUIRED_ROLES)


def has_second_factor(user) -> bool:
    """Whether `user` holds an authenticator app or a passkey; allauth then asks for it on every way in."""
    return Authenticator.objects.filter(user=user, type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]).exists()


def seal_factor(secret: str) -> str:
    """The secret of an authenticator app or of recovery codes as it is kept: the id of the key, then the token."""
    token, key = sealing.seal(secret)
    return f"{key} {token}"


def open_factor(kept: str) -> str:
    """The secret that was kept. When its key is lost, one that nobody knows: no code fits any more, and nothing breaks."""
    key, _space, token = kept.partition(" ")
    try:
        return sealing.unseal(token, key)
    except sealing.KeyLost:
        return generate_totp_secret()


def rotate_factors() -> tuple[int, int]:
    """Seal authenticator apps and recovery codes with the newest key: (rotated, lost)."""
    rotated, gone = 0, 0
    for pk in list(Authenticator.objects.filter(type__in=SEALED).values_list("pk", flat=True)):
        with transaction.atomic():
            factor = Authenticator.objects.select_for_update().filter(pk=pk).first()
            key, _space, token = factor.data[SEALED[factor.type]].partition(" ") if factor else (sealing.known()[0], "", "")
            if key == sealing.known()[0]:
                continue
            try:
                factor.data[SEALED[factor.type]] = seal_factor(sealing.unseal(token, key))
            except sealing.KeyLost:
                gone += 1
                continue
            factor.save(update_fields=["data"])
            rotated += 1
    return rotated, gone


def end_sessions(user) -> int:
    """Sign `user` out everywhere; how many sessions ended."""
    sessions = UserSession.objects.filter(user=user)
    count = sessions.count()
    for session in sessions:
        session.end()
    return count


def shut(user, *, by=None) -> None:
    """Close the account: nothing opens it any more, every session ends, waiting sign-in mails are cancelled.

    The next request of a closed account is already a visitor's, since the backend refuses inactive users; ending
    the sessions keeps an account that is opened again from finding them alive.
    """
    with transaction.atomic():
        type(user).objects.filter(pk=user.pk).update(is_active=False)
        user.is_active = False
        ended = end_sessions(user)
        post.cancel(to=user.email, kind="account")
        audit.record("account.shut", by=by, on=user, sessions=ended)


def reopen(user, *, by=None) -> None:
    """Open a closed account again; its owner signs in anew."""
    with transaction.atomic():
        type(user).objects.filter(pk=user.pk).update(is_active=True)
        user.is_active = True
        audit.record("account.reopened", by=by, on=user)


def link(user, subject: str, *, by=None) -> SocialAccount:
    """Tie `user` to the company provider's `sub`, as HR or SCIM gave it; an address is never looked at.

    Raises ValueError when that `sub` belongs to somebody else. People may also tie it themselves: signed in, on
    the page of their connected accounts.
    """
    with transaction.atomic():
        account, new = SocialAccount.objects.get_or_create(provider=COMPANY, uid=subject, defaults={"user": user})
        if account.user_id != user.pk:
            raise ValueError("This identity is tied to another account.")
        if new:
            audit.record("account.linked", by=by, on=user)
    return account


def empty(user, *, by=None) -> None:
    """Leave nothing personal on an account: users are never deleted, so that what they decided keeps an author."""
    with transaction.atomic():
        shut(user, by=by)
        for owned in (EmailAddress, Authenticator, SocialAccount):
            owned.objects.filter(user=user).delete()
        Notice.objects.filter(user=user).delete()
        user.email = f"erased-{user.pk}@invalid.example"
        user.set_unusable_password()
        user.save()
