"""Mails: a row written with its cause, sent by the worker, never lost and never written twice."""

import logging
import re
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import F, Q
from django.template import Context
from django.template.loader import get_template
from django.utils import translation

from portal import bell, clock, health
from portal.models import Mail

log = logging.getLogger(__name__)
GAP = re.compile(r"\n(?:[ \t]*\n){2,}")  # more than one empty line
MOST_ATTEMPTS = 8
CLAIM_LASTS = timedelta(minutes=5)  # a claimed mail whose worker died is taken again after this


def write(*, to, subject, body, kind, language="en", key=None, send_after=None, attachment=("", ""), headers=None, at_once=False) -> Mail | None:
    """Write a mail in the present transaction; None if one with this `key` was written already.

    `attachment` is (file name, text). `send_after` delays it (it can be cancelled until then). `at_once` is for
    sign-in codes, which cannot wait for a sleeping worker (see `hurry`).
    """
    subject = " ".join(subject.split())  # a header holds one line
    values = {
        "to": to,
        "subject": subject[:200],
        "body": body,
        "kind": kind,
        "language": language,
        "attachment_name": attachment[0],
        "attachment": attachment[1],
        "headers": headers or {},
        "send_after": send_after or clock.now(),
    }
    if key is None:
        mail = Mail.objects.create(**values)
    else:
        mail, new = Mail.objects.get_or_create(key=key, defaults=values)
        if not new:
            return None
    if at_once:
        transaction.on_commit(lambda: hurry(mail.pk), robust=True)
    else:
        bell.ring("portal.send_mails")
    return mail


def hurry(pk: int) -> None:
    """Have one mail sent now: by the worker when one listens, else by this very process.

    The worker first, so that a page answers as fast for a known address as for an unknown one.
    """
    if health.worker_is_silent() or not bell.press("portal.send_mails"):
        deliver(pk)


def render(template: str, context: dict, language: str) -> tuple[str, str]:
    """Subject and body of the mail `template` in `language`: the first line of the text is the subject; what had nothing to say leaves no gap."""
    with translation.override(language):
        words = {**context, "site_url": settings.SITE_URL, "organisation": settings.ORGANISATION, "language": language}
        text = get_template(template).template.render(Context(words, autoescape=False))  # plain text knows no entities
    subject, _, body = text.strip().partition("\n")
    return subject.strip(), GAP.sub("\n\n", body.strip()) + "\n"


def write_from(template: str, *, to, context, language, kind, **options) -> Mail | None:
    """Render the mail `template` in the recipient's language and write it."""
    subject, body = render(template, context, language)
    return write(to=to, subject=subject, body=body, language=language, kind=kind, **options)


def cancel(**which) -> int:
    """Cancel the waiting mails that match `which`; the number cancelled."""
    return Mail.objects.filter(state=Mail.State.WAITING, **which).update(state=Mail.State.CANCELLED)


def due():
    """The mails to send now: waiting and due, or claimed by a worker that fell silent."""
    now = clock.now()
    silent = Q(state=Mail.State.SENDING, claimed_at__lt=now - CLAIM_LASTS)
    return Mail.objects.filter(Q(state=Mail.State.WAITING, send_after__lte=now) | silent)


def deliver(pk: int) -> bool:
    """Send one mail if nobody else has it; whether it left. Claimed by one conditional update, so never by two."""
    now = clock.now()
    if not due().filter(pk=pk).update(state=Mail.State.SENDING, claimed_at=now, attempts=F("attempts") + 1):
        return False
    mail = Mail.objects.get(pk=pk)
    # The same Message-ID on every attempt: should a worker die between sending and noting, the reader's server sees one mail.
    message_id = f"<mail-{mail.pk}@{settings.SITE_URL.split('//')[-1].split(':')[0]}>"
    letter = EmailMultiAlternatives(
        mail.subject, mail.body, to=[mail.to], headers={"Message-ID": message_id, "Content-Language": mail.language, **mail.headers}
    )
    if mail.attachment:
        letter.attach(mail.attachment_name, mail.attachment, "text/calendar" if mail.attachment_name.endswith(".ics") else "text/plain")
    try:
        letter.send()
    except Exception as error:  # whatever is wrong with one letter, it holds no other up
        spent = mail.attempts >= MOST_ATTEMPTS
        Mail.objects.filter(pk=pk).update(
            state=Mail.State.FAILED if spent else Mail.State.WAITING,
            last_error=type(error).__name__,
            send_after=now + timedelta(minutes=2 ** min(mail.attempts, 8)),
        )
        log.warning("mail %s not sent: %s", pk, type(error).__name__)
        return False
    # What was sent is not kept here, except in the demo, whose mailbox shows it.
    emptied = {} if settings.DEMO else {"body": "", "attachment": ""}
    Mail.objects.filter(pk=pk).update(state=Mail.State.SENT, sent_at=clock.now(), last_error="", **emptied)
    return True
