"""Equipment from the shelf to a person and back, each hand-over signed."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import audit, clock, notices
from portal.moves import MoveRefused, locked, move
from portal.plans.models import Handover, Plan, Unit


def _change(unit: Unit, status: str, *, by, **values) -> Unit:
    for name, value in {**values, "changed_at": clock.now()}.items():
        setattr(unit, name, value)
    unit.save(update_fields=[*values, "changed_at"])
    move(unit, status, by=by)
    return unit


def set_aside(unit: Unit, plan: Plan, *, by) -> Unit:
    """Set a locked unit aside for the person of `plan`; the rule of its cause was asked."""
    if plan.status != Plan.Status.RUNNING:
        raise MoveRefused(_("This plan is closed."))
    return _change(unit, Unit.Status.ASSIGNED, by=by, holder=plan.person, plan=plan)


def forward(unit: Unit, status: str, *, by) -> Unit:
    """A locked unit goes to its next state; in the person's hands it asks for their signature. The rule of its cause was asked."""
    from portal.plans import returns

    _change(unit, status, by=by)
    if status == Unit.Status.GIVEN:
        returns.given_since(unit.holder)
        _ask_signature(unit, unit.holder, Handover.Way.GIVEN, unit.plan, by=by)
    return unit


def assign(unit_id: int, plan: Plan, *, by) -> Unit:
    """Set a unit aside for the person of `plan`."""
    return _in_the_register(unit_id, by, lambda unit: set_aside(unit, plan, by=by))


def prepare(unit_id: int, *, by) -> Unit:
    """The unit is set up for its person."""
    return _in_the_register(unit_id, by, lambda unit: forward(unit, Unit.Status.PREPARED, by=by))


def test(unit_id: int, *, by) -> Unit:
    """The unit was started and everything on it worked."""
    return _in_the_register(unit_id, by, lambda unit: forward(unit, Unit.Status.TESTED, by=by))


def hand_over(unit_id: int, *, by) -> Handover:
    """The unit is in the person's hands; they are asked to sign. Whoever leaves is asked to give it back too."""
    unit = _in_the_register(unit_id, by, lambda unit: forward(unit, Unit.Status.GIVEN, by=by))
    return unit.handovers.filter(way=Handover.Way.GIVEN).latest("pk")


def _in_the_register(unit_id: int, by, act) -> Unit:
    """Act on a unit from its own page; the steps of its plan that this fulfils are done with it."""
    from portal.plans import workstations

    with transaction.atomic():
        unit = act(locked(Unit, unit_id, by, "plans.change_unit"))
        workstations.follow(unit, by=by)
    return unit


def take_back(unit_id: int, *, by, to: str = Unit.Status.STOCK) -> Handover:
    """The unit came back, to the shelf or to repair; the person is asked to sign that they gave it back."""
    from portal.plans import returns

    with transaction.atomic():
        handover = came_back(locked(Unit, unit_id, by, "plans.change_unit"), by=by, to=to)
        returns.unit_is_back(handover, by=by)
        return handover


def came_back(unit: Unit, *, by, to: str = Unit.Status.STOCK) -> Handover:
    """The unit leaves its holder's hands; call it in the transaction of its cause, whose rule was asked."""
    if unit.status != Unit.Status.GIVEN:
        raise MoveRefused(_("Nobody has this unit in hand."))
    holder, plan = unit.holder, unit.plan
    _change(unit, to, by=by, holder=None, plan=None)
    return _ask_signature(unit, holder, Handover.Way.RETURNED, plan, by=by)


def release(unit_id: int, *, by) -> Unit:
    """A unit set aside goes back to the shelf."""
    with transaction.atomic():
        unit = locked(Unit, unit_id, by, "plans.change_unit")
        if unit.status == Unit.Status.GIVEN:
            raise MoveRefused(_("This unit is in somebody's hands: take it back instead."))
        return put_on_the_shelf(unit, by=by)


def put_on_the_shelf(unit: Unit, *, by) -> Unit:
    """A locked unit goes back to the shelf; the rule of its cause was asked."""
    return _change(unit, Unit.Status.STOCK, by=by, holder=None, plan=None)


def release_all(plan: Plan, *, by) -> None:
    """A cancelled plan frees what was set aside for it; what was handed over stays with its person until taken back."""
    for unit in plan.units.exclude(status=Unit.Status.GIVEN).select_for_update():
        put_on_the_shelf(unit, by=by)


def _ask_signature(unit: Unit, person, way: str, plan, *, by) -> Handover:
    handover = Handover.objects.create(unit=unit, person=person, plan=plan, way=way, by=by)
    audit.record(f"unit.{way}", by=by, on=unit, person=person.pk)
    if person.user:
        told = gettext_lazy("Please sign for %(unit)s.")
        notices.tell(person.user, "plans.sign", lambda: told % {"unit": unit}, url=f"/plans/handovers/{handover.pk}/")
    return handover


def sign(handover_id: int, name: str, *, by) -> Handover:
    """The person signs with their name; what is signed stays as it is."""
    with transaction.atomic():
        handover = locked(Handover, handover_id, by, "plans.sign_handover")
        if handover.signed_at:
            raise MoveRefused(_("This is signed already."))
        handover.signed_at, handover.signed_as = clock.now(), name
        handover.save(update_fields=["signed_at", "signed_as"])
        audit.record("handover.signed", by=by, on=handover)
    return handover
