"""The texts one says yes to, version by version, and what holds today; a version is never rewritten, a new one is added."""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy, gettext_noop

from alumni.models import Consent
from portal.people.models import Person

MONTHS = 24
BASIS = gettext_lazy("consent to stay in touch")  # on which alumni are kept
ASK_AGAIN_DAYS = 45  # before the end
SALT = "alumni.consent withdrawn by mail link"
Scope = Consent.Scope


@dataclass(frozen=True)
class Wording:
    """One version of the text of a purpose: what it opens, to whom; a message of the catalogue."""

    version: int
    text: str


# ruff: noqa: E501 - these texts are read whole
WORDINGS = {
    Scope.REACHABLE: [
        Wording(1, gettext_noop("Colleagues and other alumni find my name and my former role, and the lines of my card that I open to them. The organisation may write to me a few times a year.")),
    ],
    Scope.MENTOR: [
        Wording(1, gettext_noop("Newcomers and colleagues find me among the mentors, with what I offer, and may ask me. I answer as I like; I am asked no more than the places I give.")),
    ],
    Scope.AMBASSADOR: [
        Wording(1, gettext_noop("The organisation may ask me for a testimony, a fair or a contest jury. Each time I say yes or no; nothing of mine is published without my reading it.")),
    ],
}  # fmt: skip


def wording(scope: str) -> Wording:
    """The text of `scope` that one agrees to today."""
    return WORDINGS[Scope(scope)][-1]


def words_of(scope: str, language: str = "") -> str:
    """That text in `language`, the reader's own when not given."""
    text = wording(scope).text
    if not language:
        return translation.gettext(text)
    with translation.override(language):
        return translation.gettext(text)


def held_by(person) -> dict[str, Consent]:
    """{scope: consent} of what `person` agreed to and still holds; asked once."""
    found = getattr(person, "_consents", None)
    if found is None:
        found = person._consents = {consent.scope: consent for consent in Consent.objects.alive().filter(person=person)}
    return found


def forget_held(person) -> None:
    """Something changed: ask again."""
    person.__dict__.pop("_consents", None)


def agrees(person, scope: str) -> bool:
    return person is not None and scope in held_by(person)


def agreed(scope: str, person: str = "pk") -> Q:
    """The rows whose person (the path `person`) agreed to `scope` and still does."""
    return Q(Exists(Consent.objects.alive().filter(scope=scope, person=OuterRef(person))))


# --- withdrawing without signing in --------------------------------------------------------------------
def token_of(person: Person, scope: str) -> str:
    """What a mail's link carries: signed, for one person and one purpose, for life."""
    return signing.Signer(salt=SALT).sign_object([person.pk, scope])


def read_token(token: str) -> tuple[int, str] | None:
    """(key of the person, scope) of a token; None when it is not ours."""
    try:
        person, scope = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, TypeError, ValueError):
        return None
    return (person, scope) if scope in Scope.values else None


def link_to_withdraw(person: Person, scope: str) -> str:
    """The whole address that ends `scope` with one button."""
    return settings.SITE_URL + reverse("alumni:consent_stop", args=[token_of(person, scope)])


def headers_of(link: str) -> dict[str, str]:
    """RFC 8058: the reader's mail program shows a button of its own."""
    return {"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
