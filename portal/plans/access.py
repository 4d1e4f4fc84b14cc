"""Access from asked to given: codes are written by the desk, shown once to their person, and then destroyed."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from portal import audit, clock
from portal.moves import MoveRefused, locked, move
from portal.plans import vault
from portal.plans.models import Access, AccessCode, Delivery, Plan, Step, TemplateStep, Thing

# A code nobody collected is destroyed this long after the day it may be shown.
KEPT = timedelta(days=7)


def ask_for(plan: Plan, pairs: list) -> None:
    """Ask the desks for what the template steps in `pairs` of (step, template step) open."""
    Access.objects.bulk_create(
        Access(plan=plan, person=plan.person, step=step, address=_address(plan, source.thing), due_on=step.due_on, **_words(plan, source))
        for step, source in pairs
    )


def _words(plan: Plan, source: TemplateStep) -> dict:
    """What a template step says of the access it opens for the person of `plan`."""
    opens_on = plan.first_day + timedelta(days=source.opens_after)
    return {
        "thing": source.thing,
        "name_en": source.thing_en or source.text_en,
        "name_fr": source.thing_fr or source.text_fr,
        "role": source.role,
        "delivery": source.delivery,
        "opens_on": opens_on,
        "expires_on": opens_on + timedelta(days=source.lasts) if source.delivery == Delivery.CODE else None,
    }


# What nobody opened yet may follow the template; what is open or in somebody's hands stays as it is.
UNOPENED = (Access.Status.ASKED, Access.Status.EXPIRED, Access.Status.CLOSED)


def _newer(plan: Plan, step: Step, source: TemplateStep) -> dict:
    """What the template says otherwise of the access that an open step asks for; its `thing` is empty when nothing is asked any more."""
    access = getattr(step, "access", None)
    if plan.is_departure or (access and access.status not in UNOPENED):
        return {}
    if access is None or access.status == Access.Status.CLOSED:
        return _words(plan, source) if source.thing else {}
    if not source.thing:
        return {"thing": ""}
    values = _words(plan, source)
    if values["expires_on"] and values["expires_on"] <= plan.today():
        del values["expires_on"]  # that end is past: the code was issued again and has one of its own
    return {name: value for name, value in values.items() if getattr(access, name) != value}


def differences(plan: Plan, step: Step, source: TemplateStep) -> list[tuple]:
    """The same as (field, before, after); what the step itself says already is not said twice."""
    newer, access = _newer(plan, step, source), getattr(step, "access", None)
    if "thing" in newer:
        before = access.thing if access and access.status != Access.Status.CLOSED else ""
        return [(TemplateStep._meta.get_field("thing"), before, newer["thing"])]
    told = {"role"} | ({"name_en"} if not source.thing_en else set()) | ({"name_fr"} if not source.thing_fr else set())
    told = told if any(getattr(step, name) != getattr(source, name) for name in ("role", "text_en", "text_fr")) else set()
    return [(Access._meta.get_field(name), getattr(access, name), value) for name, value in newer.items() if name not in told]


def follow_template(plan: Plan, step: Step, source: TemplateStep, *, by) -> None:
    """The step was brought up to its template: what it opens is asked for anew, otherwise, or no more."""
    newer, access = _newer(plan, step, source), getattr(step, "access", None)
    if newer.get("thing") == "":
        return ask_no_more(step, by=by)
    if access is None:
        return ask_for(plan, [(step, source)] if newer else [])
    if access.status not in UNOPENED:
        return None
    if "thing" in newer:
        access.address = _address(plan, source.thing)
    for name, value in newer.items():
        setattr(access, name, value)
    access.due_on = step.due_on
    access.save(update_fields=[*newer, "address", "due_on"])
    if newer and access.status == Access.Status.CLOSED:
        move(access, Access.Status.ASKED, by=by)
    return None


def ask_no_more(step: Step, *, by) -> None:
    """The person does not need the step: nor what it would have opened."""
    for access in Access.objects.filter(step=step, status__in=[Access.Status.ASKED, Access.Status.EXPIRED]):
        move(access, Access.Status.CLOSED, by=by)


def _address(plan: Plan, thing: str) -> str:
    """The work address of the person where an account or mailbox is meant; for who has none yet, the one to open."""
    if thing not in (Thing.MAILBOX, Thing.SYSTEM, Thing.VPN):
        return ""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
    return plan.person.work_email or f"{plan.person.slug.replace('-', '.')}@{domain}"


def shift(plan: Plan, days: int) -> None:
    """The first day moved: what is not given yet moves with it."""
    for access in plan.accesses.exclude(status__in=[Access.Status.GIVEN, Access.Status.CLOSED]).select_related("step"):
        access.opens_on += timedelta(days=days)
        if access.expires_on:
            access.expires_on += timedelta(days=days)
        access.due_on = access.step.due_on if access.step else access.due_on + timedelta(days=days)
        access.save(update_fields=["opens_on", "expires_on", "due_on"])


def close_all(plan: Plan) -> None:
    """Nothing of this plan is to be opened any more; its codes are destroyed."""
    AccessCode.objects.filter(access__plan=plan).delete()
    plan.accesses.exclude(status=Access.Status.CLOSED).update(status=Access.Status.CLOSED)


def demand_opened(step: Step, *, by) -> None:
    """A step that opens an access is done when the access is open: an account is opened by saying so, a code must be written."""
    access = Access.objects.filter(step=step, status__in=[Access.Status.ASKED, Access.Status.EXPIRED]).first()
    if access is None:
        return
    if access.delivery == Delivery.CODE:
        raise MoveRefused(_("Write the code first: %(name)s.") % {"name": access.name})
    _open(access, by=by)


def ask_again(step: Step, *, by, skipped: bool = False) -> None:
    """The step was undone: what it opened is to open again, unless the person has it already; a code that waits is destroyed.

    After a step that was `skipped` what was not asked any more is asked again.
    """
    access = Access.objects.filter(step=step, status=Access.Status.CLOSED if skipped else Access.Status.OPEN).first()
    if access is None:
        return
    AccessCode.objects.filter(access=access).delete()
    access.opened_at = None
    access.save(update_fields=["opened_at"])
    move(access, Access.Status.ASKED, by=by)


def _open(access: Access, *, by) -> None:
    if access.status == Access.Status.EXPIRED:
        move(access, Access.Status.ASKED, by=by)
    access.opened_at = clock.now()
    access.save(update_fields=["opened_at"])
    move(access, Access.Status.OPEN, by=by)
    if access.thing == Thing.MAILBOX and not access.person.work_email:
        access.person.work_email = access.address
        access.person.save(update_fields=["work_email"])


def write_code(access_id: int, text: str, *, by) -> Access:
    """The desk writes the code: it is encrypted here and never shown again to anyone but its person."""
    from portal.plans import transitions

    with transaction.atomic():
        access = locked(Access, access_id, by, "plans.open_access")
        if access.delivery != Delivery.CODE:
            raise MoveRefused(_("This access has no code."))
        try:
            token, key_id = vault.seal(text)
        except vault.KeyLost as error:
            raise MoveRefused(_("No encryption key is set: tell the operators. The code was not kept.")) from error
        if access.status in (Access.Status.OPEN, Access.Status.GIVEN):
            move(access, Access.Status.ASKED, by=by)
        AccessCode.objects.update_or_create(access=access, defaults={"token": token, "key_id": key_id, "written_at": clock.now(), "written_by": by})
        access.given_at = None
        access.save(update_fields=["given_at"])
        _open(access, by=by)
        audit.record("access.written", by=by, on=access)
        if access.step_id and access.step.status == Step.Status.OPEN:
            transitions.finish(access.step_id, by=by)
    return access


def reveal(access_id: int, *, by, request=None) -> str:
    """The code, shown once to its person on or after the day, then destroyed. Http404 for everyone else.

    Raises MoveRefused before the day, after its end, when it was shown, or when its key is lost.
    """
    with transaction.atomic():
        code = locked(AccessCode, AccessCode.objects.filter(access=access_id).values_list("pk", flat=True).first(), by, "plans.reveal_accesscode")
        access = Access.objects.select_related("plan__site").get(pk=code.access_id)
        today = access.plan.today()
        if today < access.opens_on:
            raise MoveRefused(_("This code can be shown from the day itself."))
        if access.status != Access.Status.OPEN or (access.expires_on and today > access.expires_on):
            raise MoveRefused(_("This code is no longer valid. Ask for a new one."))
        try:
            text = vault.unseal(code.token, code.key_id)
        except vault.KeyLost as error:
            raise MoveRefused(_("This code cannot be read any more. Ask for a new one.")) from error
        code.delete()
        access.given_at = clock.now()
        access.save(update_fields=["given_at"])
        move(access, Access.Status.GIVEN, by=by)
        audit.record("access.revealed", by=by, on=access, request=request)
    return text


def reissue(access_id: int, *, by) -> Access:
    """A new code is asked for: the old one is destroyed and the desk's step is to do again, today."""
    with transaction.atomic():
        access = locked(Access, access_id, by, "plans.reissue_access")
        AccessCode.objects.filter(access=access).delete()
        if access.status != Access.Status.ASKED:
            move(access, Access.Status.ASKED, by=by)
        today = access.plan.today()
        access.opened_at = access.given_at = None
        access.due_on = max(today, access.opens_on) if today > access.due_on else access.due_on
        if access.expires_on and access.expires_on <= today:
            access.expires_on = today + KEPT
        access.save(update_fields=["opened_at", "given_at", "due_on", "expires_on"])
        step = access.step
        if step and step.status == Step.Status.DONE:
            step.done_at = step.done_by = None
            step.due_on = access.due_on
            step.save(update_fields=["done_at", "done_by", "due_on"])
            move(step, Step.Status.OPEN, by=by, note="reissue")
        audit.record("access.reissued", by=by, on=access)
    return access


def hand_over(access_id: int, *, by) -> Access:
    """Handed over in person by the desk; the person acknowledges on their own page."""
    with transaction.atomic():
        access = locked(Access, access_id, by, "plans.open_access")
        if access.delivery != Delivery.IN_PERSON:
            raise MoveRefused(_("This is not handed over in person."))
        return given_in_person(access, by=by)


def given_in_person(access: Access, *, by) -> Access:
    """It changes hands; the rule of its cause was asked. The person is asked to say that they have it."""
    access.given_at, access.acknowledged_at = clock.now(), None
    access.save(update_fields=["given_at", "acknowledged_at"])
    move(access, Access.Status.GIVEN, by=by)
    audit.record("access.handed_over", by=by, on=access)
    return access


def acknowledge(access_id: int, *, by) -> Access:
    """The person says that they have what was handed over."""
    with transaction.atomic():
        access = locked(Access, access_id, by, "plans.acknowledge_access")
        if access.status != Access.Status.GIVEN or access.delivery != Delivery.IN_PERSON:
            raise MoveRefused(_("This was not handed over yet."))
        if access.acknowledged_at is None:
            access.acknowledged_at = clock.now()
            access.save(update_fields=["acknowledged_at"])
            audit.record("access.acknowledged", by=by, on=access)
    return access


def expire() -> int:
    """Destroy the codes whose time is over, collected or not; how many."""
    expired = 0
    for access in Access.objects.filter(delivery=Delivery.CODE, status=Access.Status.OPEN).select_related("plan__site"):
        end = min(filter(None, [access.expires_on, access.opens_on + KEPT]))
        if access.plan.today() > end:
            with transaction.atomic():
                AccessCode.objects.filter(access=access).delete()
                move(access, Access.Status.EXPIRED, by=None)
                audit.record("access.expired", on=access)
            expired += 1
    return expired
