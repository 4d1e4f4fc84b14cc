"""How long plans, codes and signatures are kept, what each gets of their own, and what other systems were told goes with its person."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from portal import clock, privacy
from portal.plans.announcing import about
from portal.plans.models import Absence, Access, AccessCode, Handover, Plan, Step, Unit
from portal.webhooks import events

PLANS = timedelta(days=3 * 365)
ANSWERS = timedelta(days=90)
SIGNATURES = timedelta(days=5 * 365 + 2)


@privacy.keep(
    "plans",
    Plan,
    data=_("Plans of arrivals, moves and departures, with their steps"),
    event=_("the first or last day it was for, once it is finished or cancelled"),
    period=_("three years"),
    action=privacy.ERASE,
    basis=_("contract (preparing the work), then legitimate interest"),
    purpose=_("prepare a first, new or last day, and answer for how it went"),
    recipients=_("the People team, the manager, the buddy; each desk its own steps"),
)
def plans_due(moment):
    return Plan.objects.filter(first_day__lt=clock.day(moment) - PLANS).exclude(status=Plan.Status.RUNNING)


def forget_answers(steps) -> None:
    steps.update(answers=[])


@privacy.keep(
    "answers to forms",
    Step,
    data=_("Answers to the forms of a plan"),
    event=_("the first or last day the plan was for"),
    period=_("90 days"),
    action=privacy.ANONYMISE,
    basis=_("contract"),
    purpose=_("prepare the day as the person needs it"),
    recipients=_("the person, the manager, the buddy, the People team"),
    act=forget_answers,
)
def answers_due(moment):
    return Step.objects.exclude(answers=[]).filter(plan__first_day__lt=clock.day(moment) - ANSWERS)


@privacy.keep(
    "absences",
    Absence,
    data=_("Days away, and who stands in; never why"),
    event=_("the last day away"),
    period=_("90 days"),
    action=privacy.ERASE,
    basis=_("legitimate interest"),
    purpose=_("pass on what is due meanwhile"),
    recipients=_("the person, their manager, the People team"),
)
def absences_due(moment):
    return Absence.objects.filter(ends_on__lt=clock.day(moment) - ANSWERS)


@privacy.keep(
    "access codes",
    AccessCode,
    data=_("Access codes"),
    event=_("the day the code may be shown, or its end; at once when it was shown"),
    period=_("seven days"),
    action=privacy.ERASE,
    basis=_("contract"),
    purpose=_("hand a code to its person"),
    recipients=_("the person alone, once"),
)
def codes_due(moment):
    """What the hourly task left, should it have stood still."""
    return AccessCode.objects.filter(access__opens_on__lt=clock.day(moment) - timedelta(days=8))


@privacy.keep(
    "signatures for equipment",
    Handover,
    data=_("Signatures for equipment handed over or given back"),
    event=_("the equipment went from hand to hand, and is nobody’s any more"),
    period=_("five years"),
    action=privacy.ERASE,
    basis=_("legitimate interest (proof)"),
    purpose=_("prove who was given what, and that it came back"),
    recipients=_("the person, the desks that keep the equipment, the People team"),
)
def signatures_due(moment):
    return Handover.objects.filter(at__lt=moment - SIGNATURES).exclude(unit__status=Unit.Status.GIVEN)


def _mine(user):
    return getattr(user, "person", None)


@privacy.exporter("plans", _("My arrival, moves and departure"))
def plans(user):
    if (person := _mine(user)) is None:
        return []
    rows = [privacy.facts(plan, "kind", "first_day", "trial_ends_on", "desk", "status") for plan in Plan.objects.filter(person=person)]
    steps = Step.objects.filter(plan__person=person).order_by("plan", "due_on", "pk")
    return rows + [_with_answers(step) for step in steps]


def _with_answers(step: Step) -> list:
    answers = [privacy.fact(f"answer_{number}", question, answer) for number, (question, answer) in enumerate(step.answers, start=1)]
    return [privacy.fact("step", _("Step"), str(step.text)), *privacy.facts(step, "role", "due_on", "status", "done_at"), *answers]


@privacy.exporter("absences", _("Days I was away"))
def absences(user):
    if (person := _mine(user)) is None:
        return []
    return [privacy.facts(one, "starts_on", "ends_on") for one in Absence.objects.filter(person=person)]


@privacy.exporter("access", _("What was opened for me, and what I was handed"))
def access(user):
    """That it was opened, never the code."""
    if (person := _mine(user)) is None:
        return []
    opened = Access.objects.filter(person=person)
    rows = [[privacy.fact("name", _("What it opens"), str(one.name)), *privacy.facts(one, "thing", "status", "opened_at", "given_at")] for one in opened]
    signed = Handover.objects.filter(person=person).select_related("unit__model")
    return rows + [[privacy.fact("unit", _("Equipment"), str(one.unit)), *privacy.facts(one, "way", "at", "signed_at", "signed_as")] for one in signed]


@privacy.eraser
def forget(person):
    """What was opened and signed goes, and words of the plan's own; the plan itself stays a count, as its person's row does."""
    Absence.objects.filter(person=person).delete()
    Step.objects.filter(plan__person=person).exclude(answers=[]).update(answers=[])
    AccessCode.objects.filter(access__person=person).delete()
    Access.objects.filter(person=person).delete()
    Handover.objects.filter(person=person).delete()
    Step.objects.filter(plan__person=person, key__startswith="own-").delete()
    Plan.objects.filter(person=person).update(cancelled_because="")
    events.forget(about(person.pk))
