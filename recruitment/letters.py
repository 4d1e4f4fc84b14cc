"""Letters to candidates: a mail written with its cause, its text kept in the file, held back when it may be cancelled."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from portal import clock, post
from recruitment.models import Application, Letter, PrivateLink
from recruitment.models.application import new_token

REFUSAL_WAITS = timedelta(hours=24)
MOVE_WAITS = timedelta(minutes=10)


def page_address(token: str, language: str, name: str = "recruitment:follow_application") -> str:
    """The full address of a candidate's page in their language."""
    with translation.override(language):
        return settings.SITE_URL + reverse(name, args=[token])


def fresh_link(application: Application, name: str = "recruitment:follow_application") -> str:
    """A new private link; earlier ones stay good, so that a mail in a mailbox keeps working."""
    token, digest = new_token()
    PrivateLink.objects.create(application=application, token_hash=digest)
    return page_address(token, application.language, name)


def context_of(application: Application, **more) -> dict:
    """What every letter knows."""
    with translation.override(application.language):
        title = application.advert.title
    return {"application": application, "person": application.person, "title": title, "city": application.advert.text["place"]["city"], **more}


def render(application: Application, kind: str, **context) -> tuple[str, str]:
    """Subject and body of a letter as it would leave now, without the private link: for previews."""
    words = context_of(application, link="", **context)
    return post.render(f"recruitment/mail/{kind}.txt", words, application.language)


def queue(application: Application, kind: str, *, wait: timedelta = timedelta(0), key: str = "", link: str = "", **context) -> Letter:
    """Write the letter `kind` in the present transaction; it leaves after `wait` unless cancelled."""
    link = link or fresh_link(application)
    leaves_at = clock.now() + wait
    subject, body = post.render(f"recruitment/mail/{kind}.txt", context_of(application, link=link, **context), application.language)
    letter = Letter.objects.create(application=application, kind=kind, subject=subject[:200], body=body.replace(link, "…"), leaves_at=leaves_at)
    letter.mail = post.write(
        to=application.email,
        subject=subject,
        body=body,
        kind=f"recruitment.{kind}",
        language=application.language,
        key=key or f"recruitment.letter:{letter.pk}",
        send_after=leaves_at,
    )
    letter.save(update_fields=["mail"])
    return letter


def tell_former_address(application: Application, address: str) -> None:
    """Say at `address` that we write elsewhere from now on; without a link, and without the new address."""
    language, key = application.language, f"{moved_key(application)}{clock.now():%Y%m%d%H%M%S%f}"
    post.write_from("recruitment/mail/moved.txt", to=address, context=context_of(application), language=language, kind="recruitment.moved", key=key)


def moved_key(application: Application) -> str:
    """How the keys of those mails begin, so that they go with the file."""
    return f"recruitment.moved:{application.pk}:"


def cancel(letter: Letter) -> bool:
    """Hold the letter back; False when it has left already."""
    if not post.cancel(pk=letter.mail_id):
        return False
    letter.cancelled_at = clock.now()
    letter.save(update_fields=["cancelled_at"])
    return True
