"""Who may see and change plans, steps, templates, equipment and access."""

from django.db.models import Exists, OuterRef, Q

from portal import roles
from portal.people import standing
from portal.people.models import Assignment
from portal.people.models.employment import current
from portal.plans.models.absence import Absence
from portal.plans.models.access import Access
from portal.plans.models.asked_back import AskedBack
from portal.plans.models.plan import Plan, Step, told
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


def of_plans(plans: Q) -> Q:
    """The rows whose plan is one of `plans`. No join, which would look up the plan of every row on the way to a page: the few plans are listed once."""
    return plans if plans is ALL or plans is NONE else Q(Exists(Plan.objects.filter(plans, pk=OuterRef("plan")).order_by()))


def desks_at(user, site: str = "site") -> list[tuple[str, Q]]:
    """Each desk of `user`, with the rows (plans, unless `site` is another path) at the sites where they hold that duty."""
    return [(desk, roles.scope(user, HR if desk == Owner.HR else desk, site)) for desk in sorted(desks_of(user))]


def within_desk(user) -> Q:
    """The accesses that belong to a desk of `user`, at the sites where they hold that duty."""
    return any_of(*(Q(role=desk) & of_plans(plans) for desk, plans in desks_at(user)))


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


def with_own(things, wide: Q, *mine: Q) -> Q:
    """The things of a duty, which may be many, and one's own, which are few: for whoever has none of the duties they are looked up."""
    return among(things, *mine) if wide is NONE else any_of(wide, *mine)


def _newcomers_own(user) -> Q:
    """The steps of one's own plan that are one's own to do."""
    return own(user, "plan__person") & Q(role=Owner.NEWCOMER)


def _owned(user) -> Q:
    """The steps that one owns, and may know of."""
    return told() & own(user, "owner")


def _of_duty(user) -> Q:
    """The steps of the People team's sites and of one's desks.

    Joined: PostgreSQL takes a list of plans for half of them all, and looked for the few open steps of a site through the whole table.
    """
    return any_of(roles.scope(user, HR, "plan__site"), *(told() & where & Q(role=desk) for desk, where in desks_at(user, "plan__site")))


@rule("plans.view_step", audience=roles.SIGNED_IN)
def view_step(user):
    """Whoever sees the plan, the desk it belongs to, its owner; and each the steps that are theirs to do."""
    if not _colleague(user):
        return _newcomers_own(user)
    return with_own(Step.objects, _of_duty(user), own(user, "plan__manager"), own(user, "plan__buddy"), _newcomers_own(user), _owned(user))


@rule("plans.finish_step", audience=roles.SIGNED_IN)
def finish_step(user):
    """Its owner, its desk, the People team; the manager their own and the buddy's; the newcomer theirs."""
    if not _colleague(user):
        return _newcomers_own(user)
    manager = own(user, "plan__manager") & Q(role__in=[Owner.MANAGER, Owner.BUDDY])
    return with_own(Step.objects, _of_duty(user), _newcomers_own(user), manager, _owned(user))


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
    mine, managed = own(user, "person"), own(user, "manager")
    seats = Assignment.objects.filter(current(), employee__person=OuterRef("person")).order_by()
    if where is NONE:
        return among(Absence.objects, mine, Q(Exists(seats.filter(managed))))
    return mine | one_by_one(seats.filter(where | managed))


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
    # Its plan is that of its step, as portal/plans/returns.py writes it.
    desks = [of_plans(plans) & one_by_one(Step.objects.filter(told(), role=desk, pk=OuterRef("step"))) for desk, plans in desks_at(user)]
    near = of_plans(any_of(own(user, "manager"), own(user, "buddy"), own(user, "person")))
    owned = Q(Exists(Step.objects.filter(_owned(user), pk=OuterRef("step")).order_by()))
    return with_own(AskedBack.objects, any_of(of_plans(roles.scope(user, HR)), *desks), near, owned)


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
    wide = any_of(of_plans(roles.scope(user, HR)), within_desk(user))
    return with_own(Access.objects, wide, mine, of_plans(own(user, "manager")))


@rule("plans.open_access")
def open_access(user):
    """Open, write a code, issue again: its desk."""
    return within_desk(user)


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
