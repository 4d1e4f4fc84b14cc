"""Steps and units tell the same story: doing a step moves the unit it needs, moving a unit does the steps it fulfils."""

from django.utils.translation import gettext as _

from portal.moves import MoveRefused
from portal.plans import equipment
from portal.plans.models import Access, Delivery, EquipmentModel, Reaches, Step, StepKind, Unit

WAY = [each.value for each in Reaches]  # from the shelf to the person's hands


def bring(step: Step, *, by) -> None:
    """The step is being done: its unit goes as far as it says, from the shelf of the site if none is set aside yet.

    Its rule was asked for the step. Raises MoveRefused when the shelf is empty.
    """
    if step.plan.is_departure or step.reaches not in WAY or not step.equipment:
        return
    unit = _held(step)
    moved = unit is None
    unit = unit or _from_the_shelf(step, by=by)
    while WAY.index(unit.status) < WAY.index(step.reaches):
        equipment.forward(unit, WAY[WAY.index(unit.status) + 1], by=by)
        moved = True
    if moved:
        follow(unit, by=by, but=step)


def _held(step: Step) -> Unit | None:
    mine = Unit.objects.select_for_update(of=("self",)).filter(plan=step.plan, model__kind=step.equipment, status__in=Unit.HELD)
    return mine.select_related("model", "holder", "plan").order_by("pk").first()


def _from_the_shelf(step: Step, *, by) -> Unit:
    plan = step.plan
    shelf = Unit.objects.select_for_update(of=("self",)).filter(site=plan.site, model__kind=step.equipment, status=Unit.Status.STOCK)
    unit = shelf.select_related("model").order_by("changed_at", "pk").first()
    if unit is None:
        kind = dict(EquipmentModel.Kind.choices)[step.equipment]
        raise MoveRefused(_("The shelf in %(site)s holds none: %(kind)s. Add the unit to the register first.") % {"site": plan.site.name, "kind": kind})
    return equipment.set_aside(unit, plan, by=by)


def hand_all(step: Step, *, by) -> None:
    """A hand-over: what waits for the person and is given in person is given with it."""
    from portal.plans import access

    if step.kind == StepKind.HANDOVER and not step.plan.is_departure:
        for ready in step.plan.accesses.filter(delivery=Delivery.IN_PERSON, status=Access.Status.OPEN):
            access.given_in_person(ready, by=by)


def handed_with(step: Step) -> list[str]:
    """What doing this step hands over, in words for its page."""
    if step.kind != StepKind.HANDOVER or step.plan.is_departure:
        return []
    units = Unit.objects.filter(plan=step.plan, model__kind=step.equipment).exclude(status=Unit.Status.GIVEN) if step.equipment else []
    ready = step.plan.accesses.filter(delivery=Delivery.IN_PERSON, status=Access.Status.OPEN)
    return [*(str(unit) for unit in units), *(str(each.name) for each in ready)]


def follow(unit: Unit, *, by, but: Step | None = None) -> None:
    """The unit is somewhere else: the steps of its plan that this fulfils are done. The register's rule, or the step's, was asked."""
    from portal.plans import transitions

    if unit.plan_id is None or unit.status not in WAY:
        return
    reached = WAY[: WAY.index(unit.status) + 1]
    steps = Step.objects.filter(plan=unit.plan_id, equipment=unit.model.kind, reaches__in=reached, status=Step.Status.OPEN)
    for step in steps.exclude(pk=but.pk if but else None).exclude(kind=StepKind.HANDOVER).select_related("plan__site", "plan__person"):
        transitions.finish_by_fact(step, by=by, note="register")


def put_back(step: Step, *, by) -> None:
    """The step is to do again: its unit is one state further back, unless it went on since."""
    if step.plan.is_departure or step.reaches not in WAY or not step.equipment:
        return
    unit = _held(step)
    if unit is None or WAY.index(unit.status) < WAY.index(step.reaches):
        return
    if unit.status == Unit.Status.GIVEN:
        raise MoveRefused(_("This unit is in somebody's hands: take it back in the register instead."))
    if unit.status != step.reaches:
        raise MoveRefused(_("This unit went further since: undo that first."))
    if step.reaches == Reaches.ASSIGNED:
        equipment.put_on_the_shelf(unit, by=by)
    else:
        equipment.forward(unit, WAY[WAY.index(step.reaches) - 1], by=by)
