"""How long arrivals keep an address, questions and check-ins, and what each gets of their own."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from onboarding.models import Arrival, CheckIn, Morning, Question
from portal import clock, privacy

ADDRESS = timedelta(days=90)
QUESTIONS = timedelta(days=365)
CHECKINS = timedelta(days=2 * 365)


def forget_address(arrivals) -> None:
    arrivals.update(address="", link_hash="")


@privacy.keep(
    "personal addresses of newcomers",
    Arrival,
    data=_("Personal addresses of newcomers"),
    event=_("the first day, or the day it would have been"),
    period=_("90 days"),
    action=privacy.ANONYMISE,
    basis=_("contract"),
    purpose=_("write to somebody who has no work address yet"),
    recipients=_("the People team, the manager"),
    act=forget_address,
)
def addresses_due(moment):
    return Arrival.objects.exclude(address="").filter(plan__first_day__lt=clock.day(moment) - ADDRESS)


@privacy.keep(
    "questions of newcomers",
    Question,
    data=_("Questions of newcomers, and the answers"),
    event=_("the question was asked"),
    period=_("one year"),
    action=privacy.ERASE,
    basis=_("contract"),
    purpose=_("answer before the first day"),
    recipients=_("the buddy, the manager, the People team"),
)
def questions_due(moment):
    return Question.objects.filter(asked_at__lt=moment - QUESTIONS)


@privacy.keep(
    "check-ins",
    CheckIn,
    data=_("Check-ins after a week, a month and three"),
    event=_("the day it was asked"),
    period=_("two years"),
    action=privacy.ERASE,
    basis=_("legitimate interest"),
    purpose=_("mend what is missing, and welcome the next ones better"),
    recipients=_("as the person chose: the People team, with or without the buddy"),
)
def checkins_due(moment):
    return CheckIn.objects.filter(due_on__lt=clock.day(moment) - CHECKINS)


@privacy.exporter("arrival", _("My arrival: questions, check-ins, first morning"))
def arrival(user):
    person = getattr(user, "person", None)
    if person is None:
        return []
    rows = [privacy.facts(one, "address", "lunch", "agenda_sent_at") for one in Arrival.objects.filter(plan__person=person)]
    rows += [privacy.facts(one, "text", "asked_at", "answer", "answered_at") for one in Question.objects.filter(arrival__plan__person=person)]
    asked = CheckIn.objects.filter(arrival__plan__person=person, answered_at__isnull=False)
    rows += [privacy.facts(one, "milestone", "works", "lacks", "wish", "readers", "answered_at") for one in asked]
    return rows + [privacy.facts(one, "first_day", "seen", "recorded_at") for one in Morning.objects.filter(arrival__plan__person=person)]


@privacy.eraser
def forget(person):
    """Addresses, questions and check-ins go; what nine o'clock saw stays a count."""
    mine = Arrival.objects.filter(plan__person=person)
    Question.objects.filter(arrival__in=mine).delete()
    CheckIn.objects.filter(arrival__in=mine).delete()
    mine.update(address="", link_hash="", lunch="")
