"""Check-ins: asked on their day, answered once, read as the form says."""

from django.db import transaction
from django.utils.translation import gettext as _

from onboarding import letters
from onboarding.models import CheckIn
from portal import clock
from portal.moves import MoveRefused, locked
from portal.plans.models import Plan


def ask() -> int:
    """Ask what is due; how many."""
    asked = 0
    due = CheckIn.objects.filter(asked_at=None, due_on__lte=clock.today()).exclude(arrival__plan__status=Plan.Status.CANCELLED)
    for checkin in due.select_related("arrival__plan__person__user", "arrival__plan__site"):
        if checkin.arrival.plan.today() < checkin.due_on:
            continue
        with transaction.atomic():
            if CheckIn.objects.filter(pk=checkin.pk, asked_at=None).update(asked_at=clock.now()):
                letters.checkin(checkin)
                asked += 1
    return asked


def answer(checkin_id: int, *, works: str, lacks: str, wish: str, readers: str, by) -> CheckIn:
    """Keep the answers of the newcomer; they can be changed for as long as they like, by them alone."""
    with transaction.atomic():
        checkin = locked(CheckIn, checkin_id, by, "onboarding.answer_checkin")
        if checkin.asked_at is None:
            raise MoveRefused(_("This check-in is for later."))
        checkin.works, checkin.lacks, checkin.wish, checkin.readers = works, lacks, wish, readers
        checkin.answered_at = clock.now()
        checkin.save(update_fields=["works", "lacks", "wish", "readers", "answered_at"])
    return checkin
