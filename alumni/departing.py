"""What the pages of departures say: the sentence, the rows, the thread, and the proof of each thing that came back."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Min, Q
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alumni.models import Departure, Topic
from portal import clock, readiness
from portal.dates import date_format
from portal.people.models.employment import ToldTo
from portal.plans.lines import day_month, from_today, line, short_day, tight
from portal.plans.models import AskedBack, Family, Step

Status = Departure.Status
SHOWN = (Family.EQUIPMENT, Family.ACCESS, Family.CONTRACT)
HORIZON = timedelta(days=90)


@dataclass(frozen=True)
class Cell:
    """One kind of thing of one departure: how it stands, in a word."""

    label: str
    kind: str
    text: str


@dataclass(frozen=True)
class Row:
    departure: Departure
    when: str
    news: str
    cells: list[Cell]
    pill: tuple[str, str, str]  # level, words, icon


def followed(user):
    """The departures `user` follows: the People team at its sites, a manager their own people's."""
    return Departure.objects.allowing(user, "alumni.list_departure")


def held_up(today: date) -> Q:
    """Mandatory steps past their day."""
    return Q(status=Step.Status.OPEN, mandatory=True, due_on__lt=today)


# --- the sentence ---------------------------------------------------------------------------------------
def sentence(user, today: date) -> SafeString:
    """How many leave by when, and how many things do not come back."""
    coming = list(followed(user).filter(status=Status.COMING, last_day__lte=today + HORIZON).values_list("last_day", flat=True))
    stuck = Step.objects.filter(held_up(today), plan__departure__in=followed(user).filter(status__in=Departure.OPEN))
    late = stuck.values("plan").distinct().count()
    if coming:
        opening = ngettext("%(n)s person leaves by %(day)s.", "%(n)s people leave by %(day)s.", len(coming)) % {"n": len(coming), "day": day_month(max(coming))}
    else:
        opening = _("Nobody leaves in the next three months.")
    if not late:
        return format_html('{} <span class="soft">{}</span>', tight(opening), _("Nothing is late to come back."))
    urgent = ngettext("One departure waits for something", "%(n)s departures wait for something", late) % {"n": late}
    return format_html('{} <em>{}</em> <span class="soft">{}</span>', tight(opening), tight(urgent), _("that is past its day."))


def own_sentence(departure: Departure, blocking: list, answering: list, *, mine: bool) -> SafeString:
    """Paul leaves on 31 January, in 69 days. Two things are still to give back."""
    today, day, name = departure.today(), day_month(departure.last_day), departure.person.display_name
    words = {"name": name, "day": day, "left": from_today(departure.last_day, today)}
    if departure.status == Status.CANCELLED:
        return format_html("{}", _("You stay: this departure is cancelled.") if mine else _("%(name)s stays: this departure is cancelled.") % words)
    if departure.last_day >= today:
        opening = _("You leave on %(day)s, %(left)s.") % words if mine else _("%(name)s leaves on %(day)s, %(left)s.") % words
    else:
        opening = _("You left on %(day)s.") % words if mine else _("%(name)s left on %(day)s.") % words
    if departure.status == Status.CLOSED:
        return format_html('{} <span class="soft">{}</span>', tight(opening), _("Everything came back and the file is closed."))
    late = [step for step in blocking if step.due_on < today]
    if late:
        urgent = ngettext("%(n)s thing is past its day.", "%(n)s things are past their day.", len(late)) % {"n": len(late)}
        return format_html("{} <em>{}</em>", tight(opening), tight(urgent))
    if blocking:
        left = ngettext("%(n)s thing is still to do or give back.", "%(n)s things are still to do or give back.", len(blocking)) % {"n": len(blocking)}
        return format_html('{} <span class="soft">{}</span>', tight(opening), tight(left))
    if answering:
        alive = ngettext("%(n)s account still answers.", "%(n)s accounts still answer.", len(answering)) % {"n": len(answering)}
        return format_html("{} <em>{}</em>", tight(opening), tight(alive))
    return format_html('{} <span class="soft">{}</span>', tight(opening), _("Nothing is left to give back."))


def news_words(departure: Departure) -> str:
    """Who may know today, and who will."""
    today = {
        ToldTo.NEAR: _("The manager and the People team"),
        ToldTo.TEAM: _("The team"),
        ToldTo.COLLEAGUES: _("All colleagues"),
    }
    now = today[departure.told_now]
    if departure.told_now != departure.told_to:
        return _("%(now)s; from %(day)s: %(then)s") % {"now": now, "day": day_month(departure.told_from), "then": today[departure.told_to].lower()}
    return now


# --- the table ------------------------------------------------------------------------------------------
def rows(departures: list[Departure]) -> list[Row]:
    """How each of these stands, in two queries."""
    groups = (
        Step.objects.filter(plan__in=[each.plan_id for each in departures], mandatory=True)
        .exclude(status__in=[Step.Status.SKIPPED, Step.Status.CANCELLED])
        .values("plan_id", "family")
        .annotate(total=Count("pk"), done=Count("pk", filter=Q(status=Step.Status.DONE)), next_due=Min("due_on", filter=Q(status=Step.Status.OPEN)))
        .order_by()
    )
    steps = {(group["plan_id"], group["family"]): group for group in groups}
    topics = {
        row["departure_id"]: row
        for row in Topic.objects.filter(departure__in=departures)
        .exclude(status=Topic.Status.DROPPED)
        .values("departure_id")
        .annotate(total=Count("pk"), done=Count("pk", filter=Q(status=Topic.Status.HANDED)), free=Count("pk", filter=Q(status=Topic.Status.FREE)))
        .order_by()
    }
    return [_row(each, steps, topics.get(each.pk)) for each in departures]


def _row(departure: Departure, steps: dict, topics: dict | None) -> Row:
    today = departure.today()
    labels = {Family.EQUIPMENT: _("Equipment"), Family.ACCESS: _("Access"), Family.CONTRACT: _("Papers")}
    cells = [Cell(labels[family], *_state(steps.get((departure.plan_id, family.value)), today)) for family in SHOWN]
    cells.append(Cell(_("Know-how"), *_know_how(topics)))
    open_steps = any(group["done"] < group["total"] for (plan, _family), group in steps.items() if plan == departure.plan_id)
    return Row(departure, when_words(departure, today), news_words(departure), cells, _pill(departure, open_steps))


def when_words(departure: Departure, today: date) -> str:
    return _("%(day)s, %(left)s") % {"day": short_day(departure.last_day), "left": from_today(departure.last_day, today)}


def _state(group: dict | None, today: date) -> tuple[str, str]:
    if group is None:
        return "wait", _("Nothing given")
    if group["done"] == group["total"]:
        return "done", _("All settled")
    said = _("%(done)s of %(total)s") % {"done": group["done"], "total": group["total"]}
    if group["next_due"] < today:
        return "late", _("Late, %(said)s") % {"said": said}
    return ("part" if group["done"] else "wait"), said


def _know_how(topics: dict | None) -> tuple[str, str]:
    if topics is None:
        return "wait", _("No topic")
    if topics["done"] == topics["total"]:
        return "done", _("Passed on")
    if topics["free"]:
        return "risk", ngettext("%(n)s with nobody", "%(n)s with nobody", topics["free"]) % {"n": topics["free"]}
    return "part", _("%(done)s of %(total)s") % {"done": topics["done"], "total": topics["total"]}


def _pill(departure: Departure, open_steps: bool) -> tuple[str, str, str]:
    if departure.status == Status.LEFT:
        return ("warn", _("Cannot close yet"), "lock") if open_steps else ("info", _("Ready to close"), "")
    return {Status.COMING: ("", _("Coming"), ""), Status.CLOSED: ("ok", _("Closed"), "check"), Status.CANCELLED: ("", _("Cancelled"), "")}[departure.status]


# --- one departure --------------------------------------------------------------------------------------
def thread(departure: Departure, topics: list[Topic], blocking: list) -> list[dict]:
    """Announced, Handing over, Last day, All given back, Alumni: where this departure is."""
    author = getattr(departure.announced_by, "person", None) if departure.announced_by else None
    announced = {"day": _on(departure.announced_at), "name": author}
    handed = {"done": sum(topic.status == Topic.Status.HANDED for topic in topics), "total": len(topics)}
    passed = ngettext("%(done)s of %(total)s topics passed on", "%(done)s of %(total)s topics passed on", handed["done"]) % handed
    count = len(blocking)
    steps = [
        {"title": _("Announced"), "when": _("%(day)s, by %(name)s") % announced if author else announced["day"]},
        {"title": _("Handing over"), "when": passed if topics else _("No topic named yet")},
        {"title": _("Last day"), "when": date_format(departure.last_day, "l j F Y")},
        {"title": _("All settled"), "when": ngettext("%(n)s thing is open", "%(n)s things are open", count) % {"n": count} if count else ""},
        {"title": _("Alumni"), "when": _("Only with a yes of their own") if departure.is_open else ""},
    ]
    today = departure.today()
    place = {Status.LEFT: 3, Status.CLOSED: 4, Status.CANCELLED: 0}.get(departure.status, 2 if today == departure.last_day else 1)
    for number, step in enumerate(steps):
        step["state"] = "done" if number < place else "now" if number == place else ""
    if departure.status == Status.CLOSED:
        steps[3]["when"] = _on(departure.closed_at) if departure.closed_at else ""
    return steps[:1] if departure.status == Status.CANCELLED else steps


def _on(moment) -> str:
    return date_format(moment, "j F Y")


@dataclass(frozen=True)
class Thing:
    """Something asked back: its step as a line, its mark, its kind, and the proof."""

    asked: AskedBack
    line: object
    proof: str
    signature: str
    heard: str  # what the system itself said of the account


def things(departure: Departure, marks: dict[int, Step]) -> list[Thing]:
    """What was given and what proves that it came back; `marks` are the steps with what the reader may do."""
    asked = departure.plan.asked_back.select_related("step__owner", "unit__model", "access", "handover", "settled_by__person")
    today, zone, found = departure.today(), departure.site.timezone, []
    for each in sorted(asked, key=lambda each: (not each.comes_back, each.step.due_on, each.pk)):
        step = marks.get(each.step_id, each.step)
        step.plan = departure.plan
        found.append(Thing(each, line(step, today), proof_words(each, zone), signature_words(each), heard_words(each, zone)))
    return found


def proof_words(asked: AskedBack, zone: str) -> str:
    """When, by whom, how."""
    if not asked.is_settled:
        return ""
    words = {"day": short_day(clock.day(asked.settled_at, zone)), "by": _who(asked.settled_by), "because": asked.because}
    if asked.how == AskedBack.How.RETURNED:
        return _("Given back on %(day)s, taken by %(by)s.") % words
    if asked.how == AskedBack.How.CLOSED:
        return _("Closed on %(day)s by %(by)s.") % words
    if asked.how == AskedBack.How.SILENT:
        return _("Asked on %(day)s: the system no longer answers for this account.") % words
    if asked.how == AskedBack.How.LOST:
        return _("Written off on %(day)s by %(by)s: %(because)s") % words
    return _("Kept by agreement, noted on %(day)s by %(by)s: %(because)s") % words


def heard_words(asked: AskedBack, zone: str) -> str:
    """What the system itself said when the worker asked it, unless that is the proof already."""
    if asked.asked_at is None or asked.how == AskedBack.How.SILENT:
        return ""
    words = {"day": short_day(clock.day(asked.asked_at, zone))}
    if asked.heard == readiness.READY:
        return _("Asked on %(day)s: the system still answers for this account.") % words
    if asked.heard == readiness.NOT_READY:
        return _("Asked on %(day)s: the system no longer answers for this account.") % words
    return _("Asked on %(day)s: the system could not tell.") % words


def _who(user) -> str:
    person = getattr(user, "person", None) if user else None
    return person.display_name if person else _("a desk, by its mail link")


def signature_words(asked: AskedBack) -> str:
    """The signature of the person, or that it is awaited."""
    handover = asked.handover
    if handover is None or asked.how != AskedBack.How.RETURNED:
        return ""
    if handover.signed_at:
        return _("Signed by %(name)s.") % {"name": handover.signed_as}
    return _("Signature awaited.")
