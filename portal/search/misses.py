"""Words that found nothing, counted without the person who typed them."""

import re

from django.db import IntegrityError, transaction
from django.db.models import F

from portal import clock
from portal.search.models import Miss

_WORD = re.compile(r"[^\W_]+[+#]*")
LONGEST = 80
MOST_WORDS = 6
KEPT = 500  # different words; the rarest make room


def count(text: str) -> None:
    """Count `text` once more. Numbers and addresses are not kept: they could name somebody."""
    words = _WORD.findall(text.lower())  # with its accents: the words may become the name of a skill
    phrase = " ".join(words)
    if not (2 < len(phrase) <= LONGEST and len(words) <= MOST_WORDS) or "@" in text or any(letter.isdigit() for letter in phrase):
        return
    if Miss.objects.filter(words=phrase).update(times=F("times") + 1, last_on=clock.today()):
        return
    try:
        with transaction.atomic():
            Miss.objects.create(words=phrase)
    except IntegrityError:  # somebody else typed it at the same moment
        Miss.objects.filter(words=phrase).update(times=F("times") + 1, last_on=clock.today())
    rarest = Miss.objects.order_by("-times", "-last_on").values_list("pk", flat=True)[KEPT:]
    Miss.objects.filter(pk__in=list(rarest)).delete()
