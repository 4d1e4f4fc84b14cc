"""What was given is asked back: the mirror of an arrival, thing by thing, each settled with its proof."""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import audit, bell, clock
from portal.moves import MoveRefused, locked, move, remember
from portal.people.models import Person
from portal.plans import announcing, equipment, planning
from portal.plans.models import Access, AccessCode, AskedBack, EquipmentModel, Family, Owner, Plan, PlanKind, Step, StepKind, Thing, Unit
from portal.plans.owners import Owners

TAKE_BACK = gettext_lazy("Take back: %(thing)s")
CLOSE = gettext_lazy("Close: %(thing)s")
AFTER = {Thing.SYSTEM, Thing.MAILBOX, Thing.VPN, Thing.LICENCE}  # closed the day after, since the person works on the last day
TO_FACILITIES = {EquipmentModel.Kind.HEADSET, EquipmentModel.Kind.OTHER}


def ask_back(plan: Plan) -> int:
    """One mandatory step for each unit in hand and each access open that `plan` does not ask for yet; how many. Safe to run again."""
    asked = {"unit": set(plan.asked_back.values_list("unit", flat=True)), "access": set(plan.asked_back.values_list("access", flat=True))}
    units = Unit.objects.filter(holder=plan.person, status=Unit.Status.GIVEN).exclude(pk__in=asked["unit"] - {None}).select_related("model")
    opened = Access.objects.filter(person=plan.person, status__in=[Access.Status.OPEN, Access.Status.GIVEN]).exclude(pk__in=asked["access"] - {None})
    owners, rows = Owners(plan), []
    for unit in units:
        role = Owner.FACILITIES if unit.model.kind in TO_FACILITIES else Owner.IT
        step = _step(plan, owners, TAKE_BACK, str(unit), str(unit), key=f"unit-{unit.pk}", role=role, family=Family.EQUIPMENT, offset=0)
        rows.append(AskedBack(plan=plan, step=step, unit=unit))
    for access in opened:
        more = f", {access.address}" if access.address else ""
        english, french = access.name_en + more, (access.name_fr or access.name_en) + more
        verb = TAKE_BACK if access.thing == Thing.BADGE else CLOSE
        step = _step(plan, owners, verb, english, french, key=f"access-{access.pk}", role=access.role, family=Family.ACCESS, offset=int(access.thing in AFTER))
        rows.append(AskedBack(plan=plan, step=step, access=access, before=access.status))
    AskedBack.objects.bulk_create(rows)
    return len(rows)


def without_twins(plan: Plan, chosen: list) -> list:
    """The template's steps but those that the register speaks for: "the badge" goes where this very badge is asked back."""
    things = set(Access.objects.filter(person=plan.person, status__in=[Access.Status.OPEN, Access.Status.GIVEN]).values_list("thing", flat=True))
    holds = Unit.objects.filter(holder=plan.person, status=Unit.Status.GIVEN).exists()
    return [source for source in chosen if source.thing not in things and not (source.equipment and holds)]


def _step(plan: Plan, owners: Owners, verb, english: str, french: str, *, key: str, role: str, family: str, offset: int) -> Step:
    words = {}
    for language, thing in (("en", english), ("fr", french)):
        with translation.override(language):
            words[f"text_{language}"] = (str(verb) % {"thing": thing})[:160]
    step = Step(plan=plan, key=key, kind=StepKind.HANDOVER, role=role, owner=owners.of(role), family=family, mandatory=True, offset=offset, **words)
    step.due_on = planning.due_on(step.moment, plan.first_day, None, plan.days)
    step.save()
    return step


def given_since(person: Person) -> None:
    """Something was given to somebody who leaves: it is asked back too."""
    for plan in Plan.objects.running().filter(kind=PlanKind.DEPARTURE, person=person).select_related("site", "person", "manager"):
        ask_back(plan)


# --- settling ------------------------------------------------------------------------------------------
def settle(step: Step, *, by) -> None:
    """The step is being done: the unit goes back to the register, the access is closed. Its rule was asked for the step."""
    asked = AskedBack.objects.select_for_update(of=("self",)).filter(step=step, how="").first()
    if asked is None:
        return
    if asked.unit_id:
        unit = Unit.objects.select_for_update(of=("self",)).get(pk=asked.unit_id)
        if unit.status == Unit.Status.GIVEN and unit.holder_id == asked.plan.person_id:
            asked.handover = equipment.came_back(unit, by=by)
        _prove(asked, AskedBack.How.RETURNED, by=by)
        return
    badge = False
    if asked.access_id:
        access = Access.objects.select_for_update(of=("self",)).get(pk=asked.access_id)
        badge = access.thing == Thing.BADGE
        close_access(access, by=by)
    _prove(asked, AskedBack.How.RETURNED if badge else AskedBack.How.CLOSED, by=by)


def close_access(access: Access, *, by) -> None:
    """The account, code or licence no longer opens anything; a code nobody collected is destroyed."""
    AccessCode.objects.filter(access=access).delete()
    if access.status != Access.Status.CLOSED:
        move(access, Access.Status.CLOSED, by=by)
        audit.record("access.closed", by=by, on=access, person=access.person_id)
        bell.ring("plans.ask_revoked")  # the system itself has the last word


def _prove(asked: AskedBack, how: str, *, by, because: str = "") -> None:
    asked.how, asked.settled_at, asked.settled_by, asked.because = how, clock.now(), by, because
    asked.save(update_fields=["how", "settled_at", "settled_by", "handover", "because"])


def unit_is_back(handover, *, by) -> None:
    """The register took a unit back: the departure that asks for it knows, with the hand-over as its proof."""
    found = AskedBack.objects.filter(unit=handover.unit, plan__person=handover.person, plan__status=Plan.Status.RUNNING, how="").select_related("step")
    for asked in found:
        asked.handover = handover
        _prove(asked, AskedBack.How.RETURNED, by=by)
        _done(asked.step, by=by, note="register")


def _done(step: Step, *, by, note: str = "") -> None:
    if step.status == Step.Status.OPEN:
        step.done_at, step.done_by = clock.now(), by
        step.save(update_fields=["done_at", "done_by"])
        move(step, Step.Status.DONE, by=by, note=note)
        announcing.done(step)


def unsettle(step: Step, *, by) -> None:
    """The step is to do again: an access is as it was; a unit on the shelf is handed out again in the register instead."""
    asked = AskedBack.objects.select_for_update(of=("self",)).filter(step=step).exclude(how="").first()
    if asked is None:
        return
    if asked.unit_id and asked.how == AskedBack.How.RETURNED:
        raise MoveRefused(_("This unit is back on the shelf. If the person still needs it, set it aside for them in the register."))
    if asked.access_id and asked.how in (AskedBack.How.CLOSED, AskedBack.How.RETURNED, AskedBack.How.SILENT):
        access = Access.objects.select_for_update(of=("self",)).get(pk=asked.access_id)
        if access.status == Access.Status.CLOSED:
            move(access, asked.before or Access.Status.OPEN, by=by)
    asked.how, asked.settled_at, asked.settled_by, asked.because, asked.heard, asked.asked_at = "", None, None, "", "", None
    asked.save(update_fields=["how", "settled_at", "settled_by", "because", "heard", "asked_at"])


def settle_without(asked_id: int, how: str, because: str, *, by) -> AskedBack:
    """It does not come back: lost, or kept by agreement; the People team says so with a reason, and the register follows."""
    with transaction.atomic():
        asked = locked(AskedBack, asked_id, by, "plans.waive_askedback")
        if how not in AskedBack.WITHOUT or not because.strip():
            raise MoveRefused(_("Say what became of it, and why."))
        if asked.is_settled or asked.plan.status != Plan.Status.RUNNING:
            raise MoveRefused(_("This is settled already."))
        if asked.unit_id:
            unit = Unit.objects.select_for_update(of=("self",)).get(pk=asked.unit_id)
            if unit.status == Unit.Status.GIVEN:
                unit.holder = unit.plan = None
                unit.changed_at = clock.now()
                unit.save(update_fields=["holder", "plan", "changed_at"])
                move(unit, Unit.Status.RETIRED, by=by, note=because)
                audit.record("unit.written_off", by=by, on=unit, person=asked.plan.person_id)
        elif asked.access_id:
            close_access(Access.objects.select_for_update(of=("self",)).get(pk=asked.access_id), by=by)
        _prove(asked, how, by=by, because=because)
        _done(asked.step, by=by, note=because)
        remember(asked.plan, "settled_without", by=by, note=str(asked.step.text))
    return asked


def no_longer_answers(asked: AskedBack) -> None:
    """The systems were asked and know the account no more: that is a proof too, where no desk gave one."""
    with transaction.atomic():
        asked = AskedBack.objects.select_for_update(of=("self",)).select_related("step", "access", "plan").get(pk=asked.pk)
        if asked.is_settled or asked.access is None or asked.plan.status != Plan.Status.RUNNING:
            return
        close_access(asked.access, by=None)
        _prove(asked, AskedBack.How.SILENT, by=None)
        _done(asked.step, by=None, note="probe")
