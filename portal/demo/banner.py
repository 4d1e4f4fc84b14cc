"""The line under the masthead while the demo lives another day."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from portal import clock
from portal.context import Banner
from portal.dates import date_format
from portal.demo import day


def other_day(request) -> Banner | None:
    """Which day the demo lives, and the way back."""
    if not settings.DEMO or not day.shift():
        return None
    shown = date_format(clock.today(), "l j F Y")
    return Banner("info", _("The demo lives on %(day)s.") % {"day": shown}, reverse("demo"), _("Change the day"))
