"""The questions asked before every first day: our own registers first, then the systems themselves.

Each function gets an arrival with its plan, steps, accesses and units loaded (onboarding/asking.py), and queries nothing.
"""

from functools import partial

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from onboarding import presence
from portal.plans import probes
from portal.plans.models import Access, Delivery, EquipmentModel, Step, Thing, Unit
from portal.readiness import NOT_READY, READY, Answer, check

YES = Answer(READY)


def no(reason: str, **words) -> Answer:
    return Answer(NOT_READY, reason, words)


def _steps(arrival, key: str) -> list[Step]:
    return [step for step in arrival.plan.steps.all() if step.key == key and step.status not in (Step.Status.SKIPPED, Step.Status.CANCELLED)]


def _accesses(arrival, *things: str) -> list[Access]:
    return [access for access in arrival.plan.accesses.all() if access.thing in things and access.status != Access.Status.CLOSED]


def _open(accesses: list[Access]) -> Answer | None:
    """Ready when every one of `accesses` is; None when there is none to ask about."""
    if not accesses:
        return None
    missing = [access for access in accesses if not access.ready]
    if not missing:
        return YES
    names = {"en": ", ".join(a.name_en for a in missing), "fr": ", ".join(a.name_fr or a.name_en for a in missing)}
    return no(gettext_noop("Not open yet: %(names)s."), names=names)


# --- contract -----------------------------------------------------------------------------------------
@check("onboarding.contract", _("The contract is signed"), days_before=10, family="contract", role="hr")
def contract(arrival):
    steps = _steps(arrival, "contract-signed")
    if not steps:
        return None
    return YES if steps[0].status == Step.Status.DONE else no(gettext_noop("Not signed yet."))


# --- equipment ----------------------------------------------------------------------------------------
def _workstations(arrival) -> list[Unit]:
    return [unit for unit in arrival.plan.units.all() if unit.model.kind in EquipmentModel.WORKSTATIONS and unit.status in Unit.HELD]


def _wanted(arrival) -> set[str]:
    """The kinds of workstation this plan asks for: a field laptop does not stand in for a laptop."""
    held = (Step.Status.SKIPPED, Step.Status.CANCELLED)
    return {step.equipment for step in arrival.plan.steps.all() if step.equipment in EquipmentModel.WORKSTATIONS and step.status not in held}


def _workstation(arrival, *statuses: str, missing: str) -> Answer | None:
    wanted = _wanted(arrival)
    if not wanted:
        return None
    units = {unit.model.kind: unit for unit in _workstations(arrival) if unit.status in statuses}
    lacking = sorted(wanted - set(units))
    if lacking:
        labels = dict(EquipmentModel.Kind.choices)
        return no(missing, kind=_both(labels[lacking[0]]))
    return Answer(READY, "%(units)s", {"units": ", ".join(str(units[kind]) for kind in sorted(wanted))})


def _both(label) -> dict:
    """A label in both languages, to be kept with an answer."""
    from django.utils import translation

    words = {}
    for language in ("en", "fr"):
        with translation.override(language):
            words[language] = str(label)
    return words


@check("onboarding.workstation_assigned", _("A workstation is set aside"), days_before=10, family="equipment", role="it")
def workstation_assigned(arrival):
    return _workstation(arrival, *Unit.HELD, missing=gettext_noop("Nothing is set aside yet: %(kind)s."))


@check("onboarding.workstation_prepared", _("The workstation is prepared"), days_before=5, family="equipment", role="it")
def workstation_prepared(arrival):
    done = (Unit.Status.PREPARED, Unit.Status.TESTED, Unit.Status.GIVEN)
    return _workstation(arrival, *done, missing=gettext_noop("Not prepared yet: %(kind)s."))


@check("onboarding.workstation_tested", _("The workstation was tested"), days_before=3, family="equipment", role="it")
def workstation_tested(arrival):
    return _workstation(arrival, Unit.Status.TESTED, Unit.Status.GIVEN, missing=gettext_noop("Not tested yet: %(kind)s."))


# --- access -------------------------------------------------------------------------------------------
@check("onboarding.badge", _("The badge is ready"), days_before=3, family="access", role="security")
def badge(arrival):
    return _open(_accesses(arrival, Thing.BADGE))


@check("onboarding.codes", _("Each access code can be collected"), days_before=2, family="access", role="security")
def codes(arrival):
    return _open([access for access in arrival.plan.accesses.all() if access.delivery == Delivery.CODE and access.status != Access.Status.CLOSED])


@check("onboarding.internet", _("Internet access is open"), days_before=3, family="access", role="it")
def internet(arrival):
    return _open(_accesses(arrival, Thing.INTERNET, Thing.WIFI, Thing.VPN))


@check("onboarding.licences", _("Licences are there"), days_before=3, family="access", role="it")
def licences(arrival):
    return _open(_accesses(arrival, Thing.LICENCE))


def _probed(arrival, thing: str, system: str) -> object | None:
    """The probe of the account of this kind, once the desk says it is open; before that there is nothing to ask."""
    accesses = [access for access in _accesses(arrival, thing) if access.address]
    probe = probes.of(thing, accesses[0].address).get(system) if accesses else None
    if probe is None:
        return None
    return probe if accesses[0].ready else _open(accesses[:1])


@check("onboarding.account", _("The account exists"), days_before=5, family="access", role="it", remote=True)
def account(arrival):
    return _probed(arrival, Thing.SYSTEM, "accounts")


@check("onboarding.mailbox", _("The mailbox answers"), days_before=5, family="access", role="it", remote=True)
def mailbox(arrival):
    return _probed(arrival, Thing.MAILBOX, "mail")


@check("onboarding.scim_account", _("The identity provider knows the person"), days_before=5, family="access", role="it", remote=True)
def scim_account(arrival):
    return _probed(arrival, Thing.MAILBOX, "scim")


@check("onboarding.ldap_account", _("The directory knows the person"), days_before=5, family="access", role="it", remote=True)
def ldap_account(arrival):
    return _probed(arrival, Thing.MAILBOX, "ldap")


# --- team ---------------------------------------------------------------------------------------------
@check("onboarding.buddy", _("A buddy is named and there"), days_before=5, family="team", role="manager")
def buddy(arrival):
    if arrival.plan.buddy_id is None:
        return no(gettext_noop("No buddy is named."))
    if not arrival.present.get(arrival.plan.buddy_id):
        return no(gettext_noop("%(name)s will not be there."), name=arrival.plan.buddy.display_name)
    return Answer(READY, "%(name)s", {"name": arrival.plan.buddy.display_name})


@check("onboarding.manager", _("The manager is there on day one"), days_before=5, family="team", role="hr")
def manager(arrival):
    if arrival.plan.manager_id is None:
        return no(gettext_noop("No manager is named."))
    if not arrival.present.get(arrival.plan.manager_id):
        return no(gettext_noop("%(name)s will not be there."), name=arrival.plan.manager.display_name)
    return Answer(READY, "%(name)s", {"name": arrival.plan.manager.display_name})


@check("onboarding.calendar", _("The calendars of manager and buddy are free"), days_before=5, family="team", role="manager", remote=True)
def calendar(arrival):
    """Nothing to ask for people without a work address, or where no calendar answers at all."""
    plan = arrival.plan
    people = [(person.display_name, person.work_email) for person in (plan.manager, plan.buddy) if person and person.work_email]
    if not people or not settings.PROBE_CALENDAR:
        return None
    return partial(presence.calendars, settings.PROBE_CALENDAR, people, plan.first_day, plan.site.timezone, token=settings.PROBE_TOKEN)


# --- day one ------------------------------------------------------------------------------------------
@check("onboarding.seat", _("A desk and a seat wait"), days_before=3, family="day_one", role="facilities")
def seat(arrival):
    if not _steps(arrival, "desk-and-seat"):
        return None
    return Answer(READY, "%(desk)s", {"desk": arrival.plan.desk}) if arrival.plan.desk else no(gettext_noop("No desk is named."))


@check("onboarding.agenda", _("The agenda of the first day is sent"), days_before=2, family="day_one", role="manager")
def agenda(arrival):
    return YES if arrival.agenda_sent_at else no(gettext_noop("Not sent yet."))
