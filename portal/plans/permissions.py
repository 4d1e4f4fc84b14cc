"""Who may see and change plans, steps, templates, equipment and access."""

from django.db.models import OuterRef, Q

from portal import roles
from portal.people import standing
from portal.people.models import Assignment
from portal.people.models.employment import current
from portal.plans.models.asked_back import AskedBack
from portal.plans.models.plan import Step, told
from portal.plans.models.words import DESKS, Owner
from portal.rules import ALL, NONE, among, one_by_one, rule

HR = (roles.HR, roles.HR_ADMIN)
HARDWARE = (roles.IT, roles.FACILITIES)


def _colleague(user) -> bool:
    return roles.belongs(user, roles.COLLEAGUES)


def desks_of(user) -> set[str]:
    """The desks `user` sits at today, for whatever site."""
    held = {duty for duty, _site in roles.grants(user)}
    return {desk.value for desk in DESKS if desk.value in held} | ({Owner.HR.value} if roles.HR_ADMIN in held else set())


def within_desk(user, site: str, role: str = "role") -> Q:
    """The rows that belong to a desk of `user`, at the sites where they hold that duty."""
    return any_of(*(roles.scope(user, HR if desk == Owner.HR else desk, site) & Q(**{role: desk}) for desk in sorted(desks_of(user))))


def own(user, path: str) -> Q:
    """The rows whose `path` is the person behind `user`."""
    person = standing.of(user).person if user.is_authenticated else None
    return Q(**{path: person}) if person else NONE


def any_of(*parts: Q) -> Q:
    """The rows that one of `parts` lets through; ALL and NONE stay recognisable."""
    if any(part is ALL for part in parts):
        return ALL
    whole = NONE
    for part in parts:
        whole = whole if part is NONE else part if whole is NONE else whole | part
    return whole


@rule("plans.view_plan")
def view_plan(user):
    """The People team at its sites, the manager and the buddy."""
    return any_of(roles.scope(user, HR), own(user, "manager"), own(user, "buddy"))


@rule("plans.change_plan")
def change_plan(user):
    """Edit, move, cancel: the People team at its sites, and the manager."""
    return any_of(roles.scope(user, HR), own(user, "manager"))


@rule("plans.live_plan", audience=roles.SIGNED_IN)
def live_plan(user):
    """One's own plan, as the person it is for."""
    return own(user, "person")


def _newcomers_own(user, step: str = "") -> Q:
    """The steps of one's own plan that are one's own to do."""
    return own(user, f"{step}plan__person") & Q(**{f"{step}role": Owner.NEWCOMER})


def _owned(user, step: str = "") -> Q:
    """The steps that one owns, and may know of."""
    return told(step) & own(user, f"{step}owner")


def _with_own(wide: Q, *mine: Q) -> Q:
    """The steps of a duty, which may be many, and one's own, which are few: for whoever has none of the duties they are looked up."""
    return among(Step.objects, *mine) if wide is NONE else any_of(wide, *mine)


@rule("plans.view_step", audience=roles.SIGNED_IN)
def view_step(user):
    """Whoever sees the plan, the desk it belongs to, its owner; and each the steps that are theirs to do."""
    if not _colleague(user):
        return _newcomers_own(user)
    wide = any_of(roles.scope(user, HR, "plan__site"), told() & within_desk(user, "plan__site"))
    return _with_own(wide, own(user, "plan__manager"), own(user, "plan__buddy"), _newcomers_own(user), _owned(user))


@rule("plans.finish_step", audience=roles.SIGNED_IN)
def finish_step(user):
    """Its owner, its desk, the People team; the manager their own and the buddy's; the newcomer theirs."""
    if not _colleague(user):
        return _newcomers_own(user)
    manager = own(user, "plan__manager") & Q(role__in=[Owner.MANAGER, Owner.BUDDY])
    wide = any_of(roles.scope(user, HR, "plan__site"), told() & within_desk(user, "plan__site"))
    return _with_own(wide, _newcomers_own(user), manager, _owned(user))


@rule("plans.change_step")
def change_step(user):
    """Remind, reassign, edit, skip: who may change the plan."""
    return any_of(roles.scope(user, HR, "plan__site"), own(user, "plan__manager"))


@rule("plans.view_template")
def view_template(user):
    """Whoever makes plans may read what they are made of."""
    return ALL if roles.has(user, *HR) else NONE


@rule("plans.change_template")
def change_template(user):
    """Templates without a site speak for all: they are kept by the People team of all sites, the others by their own."""
    return roles.scope(user, HR)


@rule("plans.change_desk")
def change_desk(user):
    return roles.scope(user, HR)


@rule("plans.view_absence")
def view_absence(user):
    """One's own, those of the people one manages, and for the People team those of its sites."""
    return change_absence(user)


@rule("plans.change_absence")
def change_absence(user):
    """Each says it for themselves; their manager and the People team may too."""
    if (where := roles.scope(user, HR)) is ALL:
        return ALL
    person = standing.of(user).person
    reports = Assignment.objects.filter(current(), manager=person).values("employee__person")
    mine = Q(person=person) | Q(person__in=reports)
    return mine if where is NONE else mine | one_by_one(Assignment.objects.filter(current(), where, employee__person=OuterRef("person")))


@rule("plans.view_unit")
def view_unit(user):
    """The register is the desks' and the People team's; each sees what they hold."""
    return any_of(roles.scope(user, (*HARDWARE, *HR)), own(user, "holder"))


@rule("plans.change_unit")
def change_unit(user):
    return roles.scope(user, HARDWARE)


@rule("plans.view_handover", audience=roles.SIGNED_IN)
def view_handover(user):
    where = roles.scope(user, (*HARDWARE, *HR), "unit__site") if _colleague(user) else NONE
    return any_of(where, own(user, "person"))


@rule("plans.sign_handover", audience=roles.SIGNED_IN)
def sign_handover(user):
    """The person who received or gave back, nobody else."""
    return own(user, "person")


@rule("plans.view_askedback", audience=roles.SIGNED_IN)
def view_askedback(user):
    """With its step; and each what is asked back from them."""
    mine = own(user, "plan__person")
    if not _colleague(user):
        return mine
    wide, managed = roles.scope(user, HR, "plan__site"), own(user, "plan__manager")
    if wide is NONE and not desks_of(user):
        steps = [own(user, "step__plan__manager"), own(user, "step__plan__buddy"), _newcomers_own(user, "step__"), _owned(user, "step__")]
        return among(AskedBack.objects, managed, mine, *steps)
    return any_of(wide, managed, mine, one_by_one(Step.objects.filter(view_step(user), pk=OuterRef("step"))))


@rule("plans.waive_askedback")
def waive_askedback(user):
    """That something does not come back is said by the People team, never about themselves."""
    where = roles.scope(user, HR, "plan__site")
    return where if where is NONE else where & ~own(user, "plan__person")


@rule("plans.view_access", audience=roles.SIGNED_IN)
def view_access(user):
    """That something is to be opened, never the code: its desk, whoever sees the plan, and its person."""
    mine = own(user, "person")
    if not _colleague(user):
        return mine
    return any_of(roles.scope(user, HR, "plan__site"), within_desk(user, "plan__site"), mine, own(user, "plan__manager"))


@rule("plans.open_access")
def open_access(user):
    """Open, write a code, issue again: its desk."""
    return within_desk(user, "plan__site")


@rule("plans.reissue_access", audience=roles.SIGNED_IN)
def reissue_access(user):
    """Ask for a new code: its desk, the People team, and its person."""
    return view_access(user)


@rule("plans.acknowledge_access", audience=roles.SIGNED_IN)
def acknowledge_access(user):
    """That it is in one's hands is said by oneself alone."""
    return own(user, "person")


@rule("plans.reveal_accesscode", audience=roles.SIGNED_IN)
def reveal_accesscode(user):
    """Sealed: the person the code is for; no desk, no People team, no superuser."""
    return own(user, "access__person")


@rule("plans.view_accesscode", audience=roles.SIGNED_IN)
def view_accesscode(user):
    return reveal_accesscode(user)
