"""A real object for each address that names one: the URL walk (url_table.txt) asks here.

To add one, register a function of the world that returns the address's arguments:

    @sample("people:person_detail")
    def person(world):
        return {"slug": world.cast.ben.slug}

`world.cast` is the cast of tests/cast.py (here Zoé has an account too); make other rows with tests/factories.py. Choose an
object that belongs to somebody, so that the table shows who is answered 404. One function may serve several names.
Beside it, `posting("app:name", {...})` gives the form a body to send; without one the POST is empty.
"""

from portal import clock
from portal.models import Mail, Notice

_samples = {}
_bodies = {}


def sample(*names):
    """Register the arguments of the addresses called `names`."""

    def register(function):
        for name in names:
            _samples[name] = function
        return function

    return register


def posting(name, body):
    """Send `body` when the address called `name` is posted to; a dict, or a function of the world."""
    _bodies[name] = body


def arguments(name, world) -> dict | None:
    """The arguments of the address `name`, or None when nobody gave an example."""
    return _samples[name](world) if name in _samples else None


def body(name, world) -> dict:
    found = _bodies.get(name, {})
    return found(world) if callable(found) else found


# --- the house -----------------------------------------------------------------------------------------
@sample("notice_open")
def notice(world):
    return {"pk": Notice.objects.create(user=world.cast.ben.user, kind="test", text="Hello", url="/").pk}


posting("set_language", {"language": "fr", "next": "/"})


# --- identity ------------------------------------------------------------------------------------------
@sample("account_reset_password_from_key")
def reset_key(world):
    return {"uidb36": "1", "key": "no-such-key"}


@sample("account_confirm_email")
def confirm_key(world):
    return {"key": "no-such-key"}


@sample("mfa_remove_webauthn", "mfa_edit_webauthn")
def passkey(world):
    from allauth.mfa.models import Authenticator

    key = Authenticator.objects.create(user=world.cast.ben.user, type=Authenticator.Type.WEBAUTHN, data={"name": "Key", "credential": {}}, created_at=clock.now())
    return {"pk": key.pk}


@sample("openid_connect_login", "openid_connect_callback")
def provider(world):
    return {"provider_id": "no-such-provider"}


# --- the demo ------------------------------------------------------------------------------------------
@sample("demo_step_in")
def step_in(world):
    return {"key": "maya"}


@sample("mail_detail", "mail_attachment")
def mail(world):
    return {"pk": Mail.objects.create(to="ben@rivage.example", subject="Hello", body="Hello", kind="test").pk}


# --- people --------------------------------------------------------------------------------------------
@sample("people:person_detail", "people:person_edit")
def person(world):
    return {"slug": world.cast.ben.slug}


@sample("people:team_detail")
def team(world):
    return {"slug": world.cast.data.slug}




from tests.house import samples_mobility  # noqa: E402, F401 - it registers its own
