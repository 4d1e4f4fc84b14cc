"""The mailbox of the demo: what the portal wrote, to whomever, with links that work here."""

import re

from django.conf import settings
from django.db.models import Count, Max, Q
from django.utils.html import escape
from django.utils.safestring import mark_safe

from portal.models import Mail

ADDRESS = re.compile(r"https?://[^\s<>\"'()]+[^\s<>\"'().,;:!?]")
DEMO = re.compile(r"http://localhost:\d+(?=/|$)")  # a mail remembers the port of the day it was written


def read(*, to: str = "", part: str = ""):
    """The mails written so far, newest first: all, those to one address, or to addresses that hold `part`."""
    mails = Mail.objects.exclude(state=Mail.State.CANCELLED).defer("attachment")
    return mails.filter(to=to) if to else mails.filter(to__icontains=part)


def addresses(part: str):
    """Who was written to, with how much; those whose address holds `part`, the most recent first, thirty at most."""
    found = Mail.objects.filter(to__icontains=part)
    return found.order_by().values("to").annotate(mails=Count("pk"), last=Max("written_at")).order_by("-last")[:30]


def linked(text: str) -> str:
    """The text of a mail with its addresses as links; all else is escaped.

    Only links into this portal are followed, written as paths, so that they work on whatever port the demo runs.
    """
    out, position = [], 0
    for found in ADDRESS.finditer(text):
        out.append(escape(text[position : found.start()]))
        url = found.group()
        shown = escape(url)
        out.append(f'<a href="{escape(_local(url))}">{shown}</a>' if _local(url) else shown)
        position = found.end()
    out.append(escape(text[position:]))
    return mark_safe("".join(out))


def _local(url: str) -> str:
    site = settings.SITE_URL
    if url == site or url.startswith(f"{site}/"):
        return url[len(site) :] or "/"
    demo = DEMO.match(url)
    return url[demo.end() :] or "/" if demo else ""


def private_link(person) -> str:
    """The path of the latest link written to a person without an account, or ""."""
    slug = person.slug.split("-")[0]
    for mail in Mail.objects.filter(Q(to__istartswith=slug)).order_by("-written_at", "-pk")[:10]:
        for found in ADDRESS.finditer(mail.body):
            if path := _local(found.group()):
                return path
    return ""
