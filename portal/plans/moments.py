"""When a step of a template is due, in words: "3 working days before the first day"."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.plans.planning import Anchor, Moment, Span


def in_words(moment: Moment, *, departure: bool = False) -> str:
    """`moment` as people say it; a departure counts from its last day."""
    if moment.offset == 0:
        return _("End of the trial period") if moment.anchor == Anchor.TRIAL_END else _("On the last day") if departure else _("On the first day")
    count, early = _count(moment.span, abs(moment.offset)), moment.offset < 0
    if moment.anchor == Anchor.TRIAL_END:
        words = _("%(count)s before the end of the trial") if early else _("%(count)s after the end of the trial")
    elif departure:
        words = _("%(count)s before the last day") if early else _("%(count)s after the last day")
    else:
        words = _("%(count)s before the first day") if early else _("%(count)s after the first day")
    return words % {"count": count}


def _count(span: str, n: int) -> str:
    if span == Span.DAYS:
        return ngettext("%(n)s working day", "%(n)s working days", n) % {"n": n}
    if span == Span.WEEKS:
        return ngettext("%(n)s week", "%(n)s weeks", n) % {"n": n}
    return ngettext("%(n)s month", "%(n)s months", n) % {"n": n}
