"""How long words that found nothing are kept; nobody's name is with them."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from portal import clock, privacy
from portal.search.models import Miss

ASKED_FOR = timedelta(days=365)


@privacy.keep(
    "words that found nothing",
    Miss,
    data=_("Words that found nothing"),
    event=_("they were last looked for"),
    period=_("one year"),
    action=privacy.ERASE,
    basis=_("legitimate interest"),
    purpose=_("make search better"),
    recipients=_("the People team"),
)
def misses_due(moment):
    return Miss.objects.filter(last_on__lt=clock.day(moment) - ASKED_FOR)
