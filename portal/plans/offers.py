"""A changed template is offered to the plans that run: what each would gain, and the change itself once chosen."""

from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F, Prefetch

from portal.models import TimelineEntry
from portal.moves import remember
from portal.plans import planning, transitions
from portal.plans.models import Plan, Step, Template, TemplateStep

# A step done or already changed by hand is left alone; these are what an offer may bring up to date.
WORDS = (
    "text_en", "text_fr", "more_en", "more_fr", "role", "family", "mandatory", "anchor", "span", "offset", "at", "place_en", "place_fr",
    "link", "questions_en", "questions_fr", "asks", "reaches",
)  # fmt: skip


@dataclass
class Change:
    """What one running plan would gain: steps it lacks, and open steps whose template changed."""

    plan: Plan
    new: list[TemplateStep] = field(default_factory=list)
    changed: list[tuple[Step, TemplateStep, list[str]]] = field(default_factory=list)  # with the names of what differs
    by_hand: bool = False  # one of these steps was edited in this plan: nothing is chosen for it beforehand


def save_step(template: Template, step: TemplateStep) -> None:
    with transaction.atomic():
        step.save()
        Template.objects.filter(pk=template.pk).update(version=F("version") + 1)


def drop_step(template: Template, step: TemplateStep) -> None:
    with transaction.atomic():
        step.delete()
        Template.objects.filter(pk=template.pk).update(version=F("version") + 1)


def preview(template: Template) -> list[Change]:
    """The running plans made of `template` that differ from it, with what would change."""
    sources = list(template.steps.all())
    plans = Plan.objects.running().filter(templates=template).select_related("person", "site", "manager", "buddy", "assignment__job", "assignment__employee")
    found, edited = [], _edited(template)
    for plan in plans.prefetch_related(Prefetch("steps", Step.objects.order_by("pk"))):
        by_key = {step.key: step for step in plan.steps.all()}
        change = Change(plan)
        for source in sources:
            step = by_key.get(source.key)
            if step is None:
                change.new.append(source)
            elif step.source_id == source.pk and step.status == Step.Status.OPEN and (names := differences(step, source)):
                change.changed.append((step, source, names))
                change.by_hand |= step.pk in edited
        if change.new or change.changed:
            found.append(change)
    return found


def _edited(template: Template) -> set[int]:
    """The steps made of `template` that somebody edited in their plan."""
    mine = Step.objects.filter(plan__templates=template, plan__status=Plan.Status.RUNNING, source__template=template)
    rows = TimelineEntry.objects.filter(verb="edited", content_type=ContentType.objects.get_for_model(Step), object_id__in=mine.values("pk"))
    return set(rows.values_list("object_id", flat=True))


def differences(step: Step, source: TemplateStep) -> list[str]:
    """What the template says otherwise than the step, in words."""
    return [str(Step._meta.get_field(name).verbose_name) for name in WORDS if getattr(step, name) != getattr(source, name)]


def count(template: Template) -> int:
    """How many running plans an offer would touch."""
    return len(preview(template))


def apply(changes: list[Change], *, by) -> int:
    """Bring these plans up to date; how many."""
    for change in changes:
        with transaction.atomic():
            plan = Plan.objects.select_for_update(of=("self",)).get(pk=change.plan.pk)
            transitions.add_from_template(plan, change.new)
            owners = transitions.Owners(plan)
            for step, source, _names in change.changed:
                for name in WORDS:
                    setattr(step, name, getattr(source, name))
                step.due_on = planning.due_on(step.moment, plan.first_day, plan.trial_ends_on, plan.days)
                step.owner = owners.of(step.role, step.due_on)
                step.save()
            remember(plan, "brought_up_to_date", by=by)
    return len(changes)
