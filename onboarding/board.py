"""What the board of arrivals shows: the sentence, five weeks, readiness by family, who is waited for, how it went."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Min, Q
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from onboarding import words
from onboarding.coming import Comer
from onboarding.models import Arrival, Morning, Result
from onboarding.models.morning import Seen
from onboarding.permissions import DESKS, HR
from portal import clock, health, pulse, readiness, roles
from portal.models import TaskRun
from portal.plans.models import Family, Owner, Plan, PlanKind, Step

IN_A_WEEK_STRIP = 6
# Beat asks at these minutes; the page says when the next time is (portal/settings.py).
MINUTES = (5, 20, 35, 50)
RUN = "onboarding.check_arrivals"
SILENT_AFTER = timedelta(minutes=40)
WEEKS_BACK = 12


@dataclass(frozen=True)
class Cell:
    """One family of one arrival: the kind of status, its word, and where it leads."""

    family: str
    label: str
    kind: str
    text: str
    url: str


@dataclass(frozen=True)
class Row:
    arrival: Arrival
    cells: list[Cell]
    ready: int
    asked: int
    level: str
    when: str


@dataclass(frozen=True)
class Starter:
    """A person on the strip of weeks, linking to their arrival."""

    display_name: str
    initials: str
    hue: str
    url: str

    def get_absolute_url(self):
        return self.url


def is_open_to(user) -> bool:
    """Whether the board has anything to say to `user`: the People team, the desks, and whoever prepares an arrival."""
    return roles.has(user, *HR, *DESKS) or Arrival.objects.visible_to(user).exists()


# --- the sentence -------------------------------------------------------------------------------------
def sentence(comers: list[Comer], today: date) -> SafeString:
    """How many arrive by when, and how many are late on what."""
    end = words.weeks_from(today)[-1] + timedelta(days=6)
    ahead = [each for each in comers if today <= each.first_day <= end]
    if not ahead:
        return format_html("{}", _("Nobody starts in the next five weeks."))
    count, last = len(ahead), max(each.first_day for each in ahead)
    opening = ngettext("%(count)s person arrives by %(day)s.", "%(count)s people arrive by %(day)s.", count) % {
        "count": words.number(count),
        "day": words.day_month(last),
    }
    late = [each for each in ahead if each.late]
    if not late:
        return format_html('{} <span class="soft">{}</span>', words.tight(opening), _("Nothing is late."))
    families = words.either([str(words.FAMILIES[family]) for family in words.FAMILIES if any(family in each.late for each in late)])
    urgent = ngettext("%(count)s is late", "%(count)s are late", len(late)) % {"count": words.number(len(late), of_files=True)}
    return format_html('{} <em>{}</em> <span class="soft">{}</span>', words.tight(opening), urgent, _("on %(families)s.") % {"families": families})


# --- five weeks ---------------------------------------------------------------------------------------
def weeks(comers: list[Comer], today: date) -> list[dict]:
    """Five weeks with who starts in each."""
    mondays = words.weeks_from(today)
    strip = []
    for monday in mondays:
        starting = [each for each in comers if monday <= each.first_day <= monday + timedelta(days=6)]
        count, here = len(starting), starting[:IN_A_WEEK_STRIP]
        days = sorted({each.first_day for each in starting})
        strip.append(
            {
                "title": _("This week") if monday == mondays[0] else words.short_day(days[0] if len(days) == 1 else monday),
                "sub": _strip_sub(monday, count, this_week=monday == mondays[0]),
                "current": monday == mondays[0],
                "empty": _("Nobody starts."),
                "people": [
                    *(Starter(each.person.display_name, each.person.initials, each.person.hue, each.get_absolute_url()) for each in here),
                    *_more(count - len(here), monday),
                ],
            }
        )
    return strip


def _more(count: int, monday: date) -> list[Starter]:
    """The way to those the strip has no room for."""
    if count <= 0:
        return []
    return [Starter(_("and %(n)s more") % {"n": count}, "+", "stone", f"?week={monday.isoformat()}#readiness")]


def _strip_sub(monday: date, count: int, *, this_week: bool) -> str:
    if count:
        return ngettext("%(n)s person", "%(n)s people", count) % {"n": count}
    if this_week:
        return _("%(start)s to %(end)s") % {"start": monday.day, "end": words.day_month(monday + timedelta(days=6))}
    return ""


# --- the table ----------------------------------------------------------------------------------------
def rows(arrivals: list[Arrival], link) -> list[Row]:
    """Readiness of these arrivals by family, in two queries."""
    plans = [arrival.plan_id for arrival in arrivals]
    groups = (
        Step.objects.filter(plan__in=plans)
        .before_nine()
        .exclude(status__in=[Step.Status.SKIPPED, Step.Status.CANCELLED])
        .values("plan_id", "family")
        .annotate(
            total=Count("pk"),
            done=Count("pk", filter=Q(status=Step.Status.DONE)),
            next_due=Min("due_on", filter=Q(status=Step.Status.OPEN)),
            buddy=Count("pk", filter=Q(key="name-buddy", status=Step.Status.OPEN)),
        )
        .order_by()
    )
    steps = {(group["plan_id"], group["family"]): group for group in groups}
    answers: dict[int, list[Result]] = {}
    for result in Result.objects.filter(arrival__in=arrivals).only("arrival_id", "code", "family", "state", "remote", "asked_at"):
        answers.setdefault(result.arrival_id, []).append(result)
    return [_row(arrival, steps, answers.get(arrival.pk, []), link) for arrival in arrivals]


def state_of(result: Result, now: datetime) -> str:
    """The answer as far as it still holds: another system that has been silent for long cannot be called ready."""
    if result.remote and (result.asked_at is None or now - result.asked_at > timedelta(hours=2)):
        return readiness.CANNOT_TELL
    return result.state


def _row(arrival: Arrival, steps: dict, results: list[Result], link) -> Row:
    plan, now = arrival.plan, clock.now()
    today = plan.today()
    cells = [_cell(family, steps.get((plan.pk, family.value)), results, plan, today, now, link(arrival)) for family in Family]
    kinds = {cell.kind for cell in cells}
    ready = sum(state_of(result, now) == readiness.READY for result in results)
    level = "bad" if "late" in kinds else "warn" if "risk" in kinds else ""
    when = _("%(day)s, %(left)s") % {"day": words.short_day(plan.first_day), "left": words.from_today(plan.first_day, today)}
    return Row(arrival, cells, ready, len(results), level, when)


def _cell(family: Family, group: dict | None, results: list[Result], plan: Plan, today: date, now: datetime, url: str) -> Cell:
    kind, text = _status(family, group, [result for result in results if result.family == family], plan, today, now)
    return Cell(family.value, str(family.label), kind, text, f"{url}#{family.value}")


def _status(family: Family, group: dict | None, results: list[Result], plan: Plan, today: date, now: datetime) -> tuple[str, str]:
    """The worst that is true of a family, in a word."""
    if group is None:
        return "wait", _("Nothing to do")
    if group["next_due"] and group["next_due"] < today:
        late = (today - group["next_due"]).days
        return "late", _("Late %(n)s d") % {"n": late}
    if family == Family.TEAM and group["buddy"] and plan.buddy_id is None:
        return "risk", _("No buddy")
    if group["done"] < group["total"]:
        if not group["done"]:
            return "wait", _("Not due")
        return "part", _("%(done)s of %(total)s") % {"done": group["done"], "total": group["total"]}
    left = plan.days.between(today, plan.first_day)
    due = [state_of(result, now) for result in results if (question := readiness.get(result.code)) and left <= question.days_before]
    if readiness.NOT_READY in due:
        return "risk", _("Not confirmed")
    if readiness.CANNOT_TELL in due:
        return "part", _("Cannot tell")
    return "done", _("Done")


# --- who is waited for --------------------------------------------------------------------------------
def waiting(user, today: date, site=None):
    """Steps past their day, then those due within two days, that keep a first morning waiting."""
    steps = (
        Step.objects.visible_to(user)
        .waiting()
        .before_nine()
        .filter(plan__kind=PlanKind.ARRIVAL, due_on__lte=today + timedelta(days=2), plan__first_day__gte=today - timedelta(days=7))
        .exclude(role=Owner.NEWCOMER)
    )
    if site:
        steps = steps.filter(plan__site=site)
    return (
        steps.select_related("plan__person", "plan__site", "plan__arrival", "owner__user")
        .marking(user, may_change="plans.change_step", may_finish="plans.finish_step")
        .order_by("due_on", "plan__first_day", "pk")
    )


# --- how it went --------------------------------------------------------------------------------------
def trend(user, today: date) -> dict | None:
    """Of the first mornings of the last twelve weeks, how many were ready at nine; those not measured counted apart."""
    first = words.weeks_from(today, 1)[0] - timedelta(weeks=WEEKS_BACK)
    seen = Morning.objects.visible_to(user).filter(first_day__gte=first, first_day__lte=today)
    weekly: dict[date, list[int]] = {}
    missed = 0
    for day, what, count in seen.values_list("first_day", "seen").annotate(n=Count("pk")).order_by("first_day"):
        if what == Seen.NOT_MEASURED:
            missed += count
            continue
        week = weekly.setdefault(day - timedelta(days=day.weekday()), [0, 0])
        week[0] += count if what == Seen.KEPT else 0
        week[1] += count
    kept, measured = sum(week[0] for week in weekly.values()), sum(week[1] for week in weekly.values())
    if not measured:
        return None
    values = [100 * each[0] / each[1] for _week, each in sorted(weekly.items())]
    return {"kept": kept, "measured": measured, "missed": missed, "values": values}


def last_run() -> dict:
    """When the checks ran last and run next, and whether the worker is silent; by the machine's clock, whatever day the demo lives."""
    now = clock.machine_now()
    seen = dict(TaskRun.objects.filter(name__in=[RUN, pulse.WORKER]).values_list("name", "started_at"))
    last = seen.get(RUN)
    silent = last is None or now - last > SILENT_AFTER or health.is_silent(seen.get(pulse.WORKER))
    minute = next((m for m in MINUTES if m > now.minute), None)
    hour = now.replace(minute=0, second=0, microsecond=0)
    following = hour + (timedelta(minutes=minute) if minute is not None else timedelta(hours=1, minutes=MINUTES[0]))
    return {"last": last, "next": following, "silent": silent}
