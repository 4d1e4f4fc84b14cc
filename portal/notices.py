"""Who is told: a line on the notices page, and a mail where the matter needs one."""

from django.utils import translation

from portal import clock, post
from portal.models import Notice


def tell(user, kind: str, text, *, url: str = "", mail: str = "", context: dict | None = None, key: str | None = None) -> Notice:
    """Tell `user` one line. `text` is a function returning the sentence: it is called in the user's language.

    With `mail` (a template path) the same is sent by mail; `key` keeps that mail from being written twice.
    """
    with translation.override(user.language):
        notice = Notice.objects.create(user=user, kind=kind, text=str(text())[:300], url=url, language=user.language)
    if mail:
        post.write_from(mail, to=user.email, context={"user": user, "url": url, **(context or {})}, language=user.language, kind=kind, key=key)
    return notice


def unread(user) -> int:
    """How many notices wait for `user`."""
    return Notice.objects.filter(user=user, read_at=None).count()


def mark_read(user, **which) -> int:
    """Mark the notices of `user` as read; the number marked."""
    return Notice.objects.filter(user=user, read_at=None, **which).update(read_at=clock.now())
