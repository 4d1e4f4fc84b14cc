"""What other systems are told of plans: a step is due, overdue, done; each due day once, by the clock of its site."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.plans.models import Plan, Step
from portal.webhooks import events

events.event("step.due", _("A step is due today"))
events.event("step.overdue", _("A step is late"))
events.event("step.done", _("A step is done"))

LOOK_BACK = timedelta(days=14)  # what is later than this was told, or is older than the subscription


def about(person_id: int) -> str:
    return f"people.person:{person_id}"


def person_of(plan: Plan, names: bool) -> dict:
    """The person of a plan: a number, and the name where it was asked for."""
    return {"id": plan.person_id, **({"name": plan.person.display_name} if names else {})}


def plan_of(plan: Plan) -> dict:
    return {"id": plan.pk, "kind": plan.kind, "first_day": plan.first_day.isoformat(), "site": plan.site.code}


def said(step: Step):
    """The function that tells of `step`: what is to be done and for whom; never a code."""

    def tell(names: bool) -> dict:
        return {
            "step": {
                "id": step.pk,
                "key": step.key,
                "text": {"en": step.text_en, "fr": step.text_fr or step.text_en},
                "role": step.role,
                "family": step.family,
                "due_on": step.due_on.isoformat(),
                "status": step.status,
                "mandatory": step.mandatory,
                "url": settings.SITE_URL + step.get_absolute_url(),
            },
            "plan": plan_of(step.plan),
            "person": person_of(step.plan, names),
        }

    return tell


def done(step: Step) -> None:
    """Call it in the transaction that finishes `step`. What is quiet inside is not told outside."""
    quiet = step.plan.quiet_until
    if quiet and quiet > step.plan.today():
        return
    events.announce("step.done", said(step), about=about(step.plan.person_id))


def what_is_due() -> int:
    """Tell of the steps that became due or late since; how many deliveries were written. Run it as often as you like."""
    here = clock.today()
    told = Q(plan__quiet_until=None) | Q(plan__quiet_until__lte=here)  # not even steps whose owners know of a quiet plan
    steps = Step.objects.waiting().filter(told, due_on__gte=here - LOOK_BACK, due_on__lte=here + timedelta(days=1))
    news = {"step.due": [], "step.overdue": []}
    for step in steps.select_related("plan__person", "plan__site").order_by("due_on", "pk"):
        today = step.plan.today()
        if step.due_on > today:
            continue
        name = "step.due" if step.due_on == today else "step.overdue"
        news[name].append(events.News(said(step), about(step.plan.person_id), f"{name}:{step.pk}:{step.due_on}"))
    return sum(events.announce_all(name, found) for name, found in news.items())
