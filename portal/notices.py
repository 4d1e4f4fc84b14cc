"""Who is told: a line on the notices page, and a mail where the matter needs one."""

from django.conf import settings
from django.utils import translation

from portal import clock, post
from portal.models import Notice


def tell(user, kind: str, text, *, url: str = "", mail: str = "", context: dict | None = None, key: str | None = None) -> Notice:
    """Tell `user` one line. `text` is a function returning the sentence: it is called in each language, for whoever changes theirs.

    With `mail` (a template path) the same is sent by mail; `key` keeps that mail from being written twice.
    """
    said = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            said[f"text_{language}"] = str(text())[:300]
    notice = Notice.objects.create(user=user, kind=kind, url=url, **said)
    if mail:
        post.write_from(mail, to=user.email, context={"user": user, "url": url, **(context or {})}, language=user.language, kind=kind, key=key)
    return notice


def unread(user) -> int:
    """How many notices wait for `user`."""
    return Notice.objects.filter(user=user, read_at=None).count()


def mark_read(user, **which) -> int:
    """Mark the notices of `user` as read; the number marked."""
    return Notice.objects.filter(user=user, read_at=None, **which).update(read_at=clock.now())
