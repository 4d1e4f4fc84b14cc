"""A changed template is offered to the plans that run: what each would gain, change or lose, and the change itself once chosen."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F, Prefetch

from portal.models import TimelineEntry
from portal.moves import move, remember
from portal.plans import access, moments, planning, transitions
from portal.plans.models import AskedBack, Plan, Step, Template, TemplateStep
from portal.plans.owners import Owners

# A step done or set aside is left alone; these are what an offer may bring up to date in an open one.
WORDS = (*(name for name in Step.COPIED if name != "key"), "equipment")
TAKEN_OFF = "template"  # the note of a step that a template no longer holds


@dataclass
class Change:
    """What one running plan would gain and lose: steps it lacks, open steps whose template changed, open steps the template dropped."""

    plan: Plan
    new: list[TemplateStep] = field(default_factory=list)
    changed: list[tuple[Step, TemplateStep, list[str]]] = field(default_factory=list)  # with the names of what differs
    gone: list[Step] = field(default_factory=list)
    by_hand: bool = False  # one of these steps was edited in this plan: nothing is chosen for it beforehand

    @property
    def steps(self) -> list[Step]:
        """The steps of the plan that would not stay as they are."""
        return [step for step, _source, _names in self.changed] + self.gone


def save_step(template: Template, step: TemplateStep) -> None:
    with transaction.atomic():
        step.save()
        Template.objects.filter(pk=template.pk).update(version=F("version") + 1)


def drop_step(template: Template, step: TemplateStep) -> None:
    with transaction.atomic():
        step.delete()
        Template.objects.filter(pk=template.pk).update(version=F("version") + 1)


def preview(template: Template, plans=None) -> list[Change]:
    """The running plans made of `template` (of those in `plans`, if given) that differ from it, with what would change."""
    running = Plan.objects.running().filter(templates=template) if plans is None else plans
    running = running.select_related("person", "site", "manager", "buddy", "assignment__job", "assignment__employee")
    mine = Step.objects.select_related("access").order_by("pk")
    running = list(running.prefetch_related("templates", Prefetch("steps", mine)))
    sources = defaultdict(list)
    for source in TemplateStep.objects.filter(template__in={each.pk for plan in running for each in plan.templates.all()}).order_by("pk"):
        sources[source.template_id].append(source)
    asked_back, edited = _asked_back(running), _edited(template)
    changes = [_change(template, plan, sources, asked_back.get(plan.pk, ())) for plan in running]
    for change in changes:
        change.by_hand = any(step.pk in edited for step in change.steps)
    return [change for change in changes if change.new or change.changed or change.gone]


def _change(template: Template, plan: Plan, sources: dict, asked_back) -> Change:
    """What `template` has to say to one plan. Of two steps with one key the more particular template's is in force, as when it was copied."""
    change, in_force = Change(plan), {}
    for each in sorted(plan.templates.all(), key=lambda each: (planning.conditions(each), each.pk)):
        in_force |= {source.key: source for source in sources[each.pk]}
    by_key = {step.key: step for step in plan.steps.all()}
    for source in sources[template.pk]:
        if source.key not in by_key and in_force[source.key] is source and not {source.thing, source.equipment} & {*asked_back}:
            change.new.append(source)
    for step in by_key.values():
        source = in_force.get(step.key)
        if step.status != Step.Status.OPEN or step.template_id is None:
            continue
        if source is None and step.template_id == template.pk:
            change.gone.append(step)
        elif source and template.pk in (source.template_id, step.template_id) and (names := differences(plan, step, source)):
            change.changed.append((step, source, names))
    return change


def _asked_back(plans: list[Plan]) -> dict[int, set[str]]:
    """What departures ask back thing by thing: there the register speaks, and not the template."""
    found = defaultdict(set)
    departures = [plan.pk for plan in plans if plan.is_departure]
    for plan, thing, kind in AskedBack.objects.filter(plan__in=departures).values_list("plan", "access__thing", "unit__model__kind"):
        found[plan] |= {thing, kind} - {None}
    return found


def _edited(template: Template) -> set[int]:
    """The steps made of `template` that somebody edited in their plan."""
    mine = Step.objects.filter(plan__templates=template, plan__status=Plan.Status.RUNNING, template__isnull=False)
    rows = TimelineEntry.objects.filter(verb="edited", content_type=ContentType.objects.get_for_model(Step), object_id__in=mine.values("pk"))
    return set(rows.values_list("object_id", flat=True))


def differences(plan: Plan, step: Step, source: TemplateStep) -> list[str]:
    """What the template says otherwise than the step of `plan` and what it opens, in words."""
    found = [(name, getattr(step, name), getattr(source, name)) for name in WORDS if getattr(step, name) != getattr(source, name)]
    own = [moments.becomes(TemplateStep._meta.get_field(name), before, after) for name, before, after in found]
    return [*own, *(moments.becomes(*difference) for difference in access.differences(plan, step, source))]


def count(template: Template) -> int:
    """How many running plans an offer would touch."""
    return len(preview(template))


def apply(template: Template, plan_ids, *, by) -> int:
    """Bring these plans up to date; how many. What each needs is looked at again under its lock: a step done meanwhile stays done."""
    done = 0
    for pk in sorted(plan_ids):
        with transaction.atomic():
            list(Plan.objects.select_for_update(of=("self",)).filter(pk=pk))
            list(Step.objects.select_for_update(of=("self",)).filter(plan=pk, status=Step.Status.OPEN).order_by("pk"))
            for change in preview(template, Plan.objects.running().filter(pk=pk, templates=template)):
                _apply(change, by=by)
                done += 1
    return done


def _apply(change: Change, *, by) -> None:
    plan, owners = change.plan, Owners(change.plan)
    transitions.add_from_template(plan, change.new)
    for step, source, _names in change.changed:
        role, due = step.role, step.due_on
        for name in WORDS:
            setattr(step, name, getattr(source, name))
        step.source, step.template_id = source, source.template_id
        step.due_on = planning.due_on(step.moment, plan.first_day, plan.trial_ends_on, plan.days)
        step.escalated = step.escalated if step.due_on == due else 0
        if step.role != role:
            step.owner = owners.of(step.role, step.due_on)
        step.save(update_fields=[*WORDS, "source", "template", "due_on", "escalated", "owner"])
        access.follow_template(plan, step, source, by=by)
        remember(step, "brought_up_to_date", by=by)
    for step in change.gone:
        move(step, Step.Status.SKIPPED, by=by, note=TAKEN_OFF)
        access.ask_no_more(step, by=by)
    remember(plan, "brought_up_to_date", by=by)
