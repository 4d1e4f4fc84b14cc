"""What the newcomer's page shows: the day, the codes, what is ready, what to do, whom to meet, the weeks."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from onboarding import board, words
from onboarding.models import Arrival, Question, Result
from portal import clock, notices, post, readiness
from portal.dates import date_format
from portal.plans.models import Access, Delivery, Handover, Owner, Plan, Step, StepKind
from portal.plans.planning import add_months

BEHIND = ("onboarding.calendar",)  # a question about others, not about what waits for the newcomer
LINK_LASTS = timedelta(days=7)  # after the first day the private link stops: the account is there by then


def link_holds(arrival: Arrival) -> bool:
    return arrival.plan.today() <= arrival.plan.first_day + LINK_LASTS


def agenda(arrival: Arrival):
    """The moments of the first day, in their order."""
    steps = arrival.plan.steps.filter(at__isnull=False, due_on=arrival.plan.first_day).exclude(status__in=[Step.Status.CANCELLED, Step.Status.SKIPPED])
    return steps.select_related("owner", "plan__site").order_by("at", "pk")


def context(arrival: Arrival, user) -> dict:
    """Everything on the page. `user` is the newcomer; None for a preview or the private link, where no code can be shown."""
    plan, now = arrival.plan, clock.now()
    today, local = plan.today(), now.astimezone(ZoneInfo(plan.site.timezone))
    moments = list(agenda(arrival))
    accesses = list(plan.accesses.exclude(status=Access.Status.CLOSED).exclude(delivery=Delivery.ACCOUNT).select_related("plan__site"))
    mine = user is not None and plan.person.user_id == user.pk
    answers = _ready(arrival, now)
    return {
        "arrival": arrival,
        "plan": plan,
        "person": plan.person,
        "seat": plan.assignment,
        "today": today,
        "is_today": today == plan.first_day,
        "before": today < plan.first_day,
        "say": sentence(plan, today, local),
        "agenda": _marked(moments, plan, today, local),
        "hands": [_hand(access, today, now) for access in accesses] if mine else [],
        "mine": mine,
        "ready": [row for row in answers if row["kind"] != "wait"],
        "later": [row["label"] for row in answers if row["kind"] == "wait"],
        "asked_at": arrival.asked_at,
        "next_at": board.last_run()["next"],
        "todo": _todo(plan, today),
        "people": _people(plan, moments),
        "howtos": _howtos(plan),
        "weeks": _weeks(arrival, today),
        "questions": list(arrival.questions.select_related("answered_by")),
        "signatures": list(Handover.objects.filter(person=plan.person, plan=plan, signed_at=None).select_related("unit__model")) if mine else [],
        "checkins": list(arrival.checkins.filter(asked_at__isnull=False, answered_at=None)) if mine else [],
        "mail_to": plan.buddy.work_email if plan.buddy else "",
    }


def sentence(plan: Plan, today, local: datetime) -> SafeString:
    """Good morning Samir. Today is your first day. Tom is in the hall."""
    hello = _("Good morning %(name)s.") if local.hour < 12 else _("Good afternoon %(name)s.") if local.hour < 18 else _("Good evening %(name)s.")
    hello %= {"name": plan.person.first_name}
    left = (plan.first_day - today).days
    buddy = plan.buddy.first_name if plan.buddy else ""
    if left == 0:
        soft = _("%(buddy)s waits for you.") % {"buddy": buddy} if buddy else ""
        return format_html('{} <em>{}</em> <span class="soft">{}</span>', hello, _("Today is your first day."), soft)
    if left > 0:
        when = ngettext("You start in %(n)s day.", "You start in %(n)s days.", left) % {"n": left}
        soft = _("%(buddy)s looks after you.") % {"buddy": buddy} if buddy else ""
        return format_html('{} <em>{}</em> <span class="soft">{}</span>', hello, when, soft)
    days = -left + 1
    return format_html('{} <span class="soft">{}</span>', hello, _("This is your day %(n)s with us.") % {"n": days})


def _marked(moments: list[Step], plan: Plan, today, local: datetime) -> list[dict]:
    """The agenda with the present moment marked, on the day itself."""
    current = None
    if today == plan.first_day:
        begun = [step for step in moments if step.at <= local.time()]
        current = begun[-1] if begun else (moments[0] if moments else None)
    return [{"step": step, "current": step is current, "owner": step.owner} for step in moments]


def _hand(access: Access, today, now: datetime) -> dict:
    """One thing to collect, and how it stands: to show, shown, not yet, in person, awaited, over."""
    if access.delivery == Delivery.IN_PERSON:
        state = "given" if access.status == Access.Status.GIVEN else "in_person"
    elif access.status == Access.Status.GIVEN:
        state = "shown"
    elif access.status == Access.Status.EXPIRED or (access.expires_on and today > access.expires_on):
        state = "over"
    elif today < access.opens_on:
        state = "later"
    else:
        state = "show" if access.status == Access.Status.OPEN else "awaited"
    return {"access": access, "state": state, "opens": words.short_day(access.opens_on)}


def _ready(arrival: Arrival, now: datetime) -> list[dict]:
    """The answers of the checks in the newcomer's words, each with its hour."""
    kinds = {readiness.READY: "done", readiness.NOT_READY: "late", readiness.CANNOT_TELL: "part"}
    days = arrival.plan.days.between(arrival.plan.today(), arrival.plan.first_day)
    rows = []
    for result in Result.objects.filter(arrival=arrival).exclude(family="contract").exclude(code__in=BEHIND):
        question = result.question
        state = board.state_of(result, now)
        kind = kinds[state]
        if state != readiness.READY and question and days > 1:
            kind = "wait"  # there is time: nothing to worry a newcomer with
        rows.append(
            {
                "kind": kind,
                "label": result.label,
                "because": "" if kind == "wait" else result.because,
                "asked_at": result.asked_at if result.remote else arrival.asked_at,
            }
        )
    order = {"done": 0, "part": 1, "late": 1, "wait": 2}
    return sorted(rows, key=lambda row: order[row["kind"]])


def _todo(plan: Plan, today) -> list[Step]:
    """The newcomer's own steps that help now: what is due within two weeks, never the whole list; never called late."""
    horizon = max(today, plan.first_day if today < plan.first_day else today) + timedelta(days=7)
    steps = plan.steps.filter(role=Owner.NEWCOMER, due_on__lte=horizon).exclude(status__in=[Step.Status.CANCELLED, Step.Status.SKIPPED])
    return list(steps.filter(at=None).order_by("status", "due_on", "pk")[:12])


def _howtos(plan: Plan) -> list[tuple[str, str]]:
    """Pages that explain: what the template offers to learn, then the house's own help, each with its address."""
    learning = plan.steps.filter(kind=StepKind.LEARNING, role=Owner.NEWCOMER).exclude(link="").exclude(status=Step.Status.CANCELLED)[:4]
    page = reverse("help")
    house = [
        (_("Sign in, with a code or a passkey"), "#sign-in"),
        (_("Get anywhere with the keyboard"), "#keyboard"),
        (_("Find somebody to talk to"), "#contact"),
    ]
    return [*((str(step.text), step.leads_to) for step in learning), *((text, page + part) for text, part in house)]


def _people(plan: Plan, moments: list[Step]) -> list[tuple]:
    """Whom they meet, each once: buddy, manager, then whoever owns a moment of the day."""
    found: dict[int, tuple] = {}
    if plan.buddy:
        found[plan.buddy.pk] = (plan.buddy, _("Your buddy. Write about anything."))
    if plan.manager:
        found.setdefault(plan.manager.pk, (plan.manager, _("Your manager")))
    for step in moments:
        if step.owner and step.owner_id != plan.person_id:
            found.setdefault(step.owner.pk, (step.owner, _("%(what)s, %(hour)s") % {"what": step.text, "hour": date_format(step.at, "TIME_FORMAT")}))
    return list(found.values())


def _weeks(arrival: Arrival, today) -> list[dict]:
    """The weeks ahead as a thread."""
    plan = arrival.plan
    first, trial = plan.first_day, plan.trial_ends_on or add_months(plan.first_day, 3)
    week = plan.steps.filter(due_on__gt=first, due_on__lte=first + timedelta(days=6)).exclude(status=Step.Status.CANCELLED).count()
    checkin = arrival.checkins.filter(milestone="week").first()
    rows = [
        (first, words.day_month(first) if today != first else _("Today"), _("Your first day")),
        (first + timedelta(days=1), _("The first week"), ngettext("%(n)s step, at your own pace", "%(n)s steps, at your own pace", week) % {"n": week}),
        (
            checkin.due_on if checkin else first + timedelta(days=7),
            words.day_month(checkin.due_on if checkin else first + timedelta(days=7)),
            _("How is it going? Three questions"),
        ),
        (trial, words.day_month(trial), _("End of trial, decided together")),
    ]
    future = [index for index, (day, _title, _when) in enumerate(rows) if day >= today]
    now = future[0] if future else len(rows) - 1
    return [{"title": title, "when": when, "state": "now" if index == now else "done" if index < now else ""} for index, (_day, title, when) in enumerate(rows)]


def answer(question: Question, text: str, *, by) -> None:
    """Answer a newcomer's question, and tell them."""
    with transaction.atomic():
        question.answer, question.answered_at, question.answered_by = text, clock.now(), by
        question.save(update_fields=["answer", "answered_at", "answered_by"])
        person = question.arrival.plan.person
        if person.user:
            notices.tell(person.user, "onboarding.answer", lambda: _("Your question has an answer."), url="/first-day/")
        elif question.arrival.address:
            post.write_from(
                "onboarding/mail/answer.txt",
                to=question.arrival.address,
                context={"question": question, "person": person},
                language=person.language,
                kind="onboarding.answer",
            )
