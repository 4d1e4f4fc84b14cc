"""What the house itself hears: sign-ins, refused ones and changes of what opens an account go to the audit log."""

from allauth.account import signals as account
from allauth.account.models import EmailAddress
from allauth.mfa import signals as mfa
from allauth.socialaccount import signals as social
from django.contrib.auth import signals as auth

from portal import audit


def listen(signal):
    """Connect a receiver for life."""

    def connect(function):
        signal.connect(function, weak=False, dispatch_uid=f"{__name__}.{function.__name__}")
        return function

    return connect


@listen(auth.user_logged_in)
def signed_in(sender, request, user, **kwargs):
    methods = request.session.get("account_authentication_methods") or [{}]
    audit.record("account.signed_in", by=user, on=user, request=request, method=methods[-1].get("method", ""))


@listen(auth.user_logged_out)
def signed_out(sender, request, user, **kwargs):
    if user is not None:
        audit.record("account.signed_out", by=user, on=user, request=request)


@listen(auth.user_login_failed)
def refused(sender, credentials, request=None, **kwargs):
    """Which account was tried, if there is one; what was typed is not kept."""
    tried = EmailAddress.objects.filter(email__iexact=credentials.get("email") or credentials.get("username") or "").select_related("user").first()
    audit.record("account.refused", on=tried.user if tried else "", request=request, method="password")


@listen(account.login_code_rejected)
def code_refused(sender, request, user, **kwargs):
    audit.record("account.refused", on=user, request=request, method="code")


@listen(mfa.authentication_failed)
def factor_refused(sender, request, user, **kwargs):
    audit.record("account.refused", on=user, request=request, method="second factor")


def _noted(signal, action):
    """Write `action` whenever `signal` says something about a user."""

    def note(sender, request=None, user=None, **kwargs):
        account = kwargs.get("socialaccount") or getattr(kwargs.get("sociallogin"), "account", None)
        address = kwargs.get("email_address")
        owner = user or getattr(account, "user", None) or getattr(address, "user", None)
        authenticator = kwargs.get("authenticator")
        detail = {"kind": authenticator.type} if authenticator else {}
        audit.record(action, on=owner or "", request=request, **detail)

    signal.connect(note, weak=False, dispatch_uid=f"{__name__}.{action}")


_noted(account.password_set, "account.password_set")
_noted(account.password_changed, "account.password_changed")
_noted(account.password_reset, "account.password_reset")
_noted(account.email_added, "account.address_added")
_noted(account.email_removed, "account.address_removed")
_noted(account.email_confirmed, "account.address_proven")
_noted(mfa.authenticator_added, "account.factor_added")
_noted(mfa.authenticator_removed, "account.factor_removed")
_noted(mfa.authenticator_reset, "account.codes_renewed")
_noted(social.social_account_added, "account.linked")
_noted(social.social_account_removed, "account.unlinked")
