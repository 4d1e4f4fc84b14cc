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


def assign(unit_id: int, plan: Plan, *, by) -> Unit:
    """Set a unit aside for the person of `plan`."""
    with transaction.atomic():
        unit = locked(Unit, unit_id, by, "plans.change_unit")
        if plan.status != Plan.Status.RUNNING:
            raise MoveRefused(_("This plan is closed."))
        return _change(unit, Unit.Status.ASSIGNED, by=by, holder=plan.person, plan=plan)


def prepare(unit_id: int, *, by) -> Unit:
    """The unit is set up for its person."""
    with transaction.atomic():
        return _change(locked(Unit, unit_id, by, "plans.change_unit"), Unit.Status.PREPARED, by=by)


def test(unit_id: int, *, by) -> Unit:
    """The unit was started and everything on it worked."""
    with transaction.atomic():
        return _change(locked(Unit, unit_id, by, "plans.change_unit"), Unit.Status.TESTED, by=by)


def hand_over(unit_id: int, *, by) -> Handover:
    """The unit is in the person's hands; they are asked to sign. Whoever leaves is asked to give it back too."""
    from portal.plans import returns

    with transaction.atomic():
        unit = _change(locked(Unit, unit_id, by, "plans.change_unit"), Unit.Status.GIVEN, by=by)
        returns.given_since(unit.holder)
        return _ask_signature(unit, unit.holder, Handover.Way.GIVEN, unit.plan, by=by)


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
        return _change(unit, Unit.Status.STOCK, by=by, holder=None, plan=None)


def release_all(plan: Plan, *, by) -> None:
    """A cancelled plan frees what was set aside for it; what was handed over stays with its person until taken back."""
    for unit in plan.units.exclude(status=Unit.Status.GIVEN).select_for_update():
        _change(unit, Unit.Status.STOCK, by=by, holder=None, plan=None)


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
