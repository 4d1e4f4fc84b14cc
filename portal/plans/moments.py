"""What a template says of a step, in words: when it is due, and what becomes of it where the template changed."""

from datetime import date, time

from django.db.models import BooleanField, Field, TextField
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.dates import date_format
from portal.plans.models import EquipmentModel
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


def becomes(field: Field, before, after) -> str:
    """What differs: the field's name, and for what is said in a word or two both values."""
    name = str(field.verbose_name)
    if isinstance(field, TextField):
        return name
    return _("%(name)s: %(before)s becomes %(after)s") % {"name": name, "before": _value(field, before), "after": _value(field, after)}


def _value(field: Field, value) -> str:
    if isinstance(field, BooleanField):
        return _("yes") if value else _("no")
    if value in (None, ""):
        return _("nothing")
    if isinstance(value, time):
        return time_format(value, "H:i")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    choices = EquipmentModel.Kind.choices if field.name == "equipment" else field.flatchoices or []
    return str(dict(choices).get(value, value))
