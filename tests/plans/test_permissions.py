"""Who sees and does what of a plan: People team, desks, manager and buddy, person, owner of a step; each with or without a duty elsewhere."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from portal import clock, roles
from portal.accounts.models import User
from portal.plans import returns
from portal.plans.models import Absence, Access, AskedBack, Plan, Step
from tests import factories as make
from tests.plans.making import plan_for, template

EVERYBODY = ("maya", "hugo", "nia", "ben", "cleo", "ilan", "omar", "rosa", "inga", "ivo", "iris", "sam")
NEAR = {"maya", "ben", "hugo", "rosa"}  # manager, buddy, People team of all sites and of this one
#            a step of   who sees it                who does it                    not while the plan is quiet
OF_A_STEP = {
    "it":       (NEAR | {"ivo", "ilan"},           {"hugo", "rosa", "ivo", "ilan"}, {"ivo", "ilan"}),
    "security": (NEAR | {"sam", "cleo"},           {"hugo", "rosa", "sam", "cleo"}, {"sam", "cleo"}),  # Cleo owns it
    "newcomer": (NEAR | {"nia"},                   {"hugo", "rosa", "nia"},         set()),
    "manager":  (NEAR,                             {"hugo", "rosa", "maya"},        set()),
    "buddy":    (NEAR,                             {"hugo", "rosa", "maya"},        set()),
    "hr":       (NEAR,                             {"hugo", "rosa"},                set()),
}  # fmt: skip


@pytest.fixture
def house(cast):
    """The cast; Rosa and Inga on the People teams of Nantes and Bristol, Ivo and Iris on their IT desks, Sam at the security of Nantes."""
    found = SimpleNamespace(**vars(cast))
    for name, duty, site in [
        ("Rosa", roles.HR, cast.nantes),
        ("Inga", roles.HR, cast.bristol),
        ("Ivo", roles.IT, cast.nantes),
        ("Iris", roles.IT, cast.bristol),
        ("Sam", roles.SECURITY, cast.nantes),
    ]:
        person = make.colleague(name, "Vidal", team=cast.desk, site=site)
        make.duty(person, duty, site)
        setattr(found, name.lower(), person)
    return found


def plan_of(person, site, **options):
    return Plan.objects.create(kind="arrival", person=person, site=site, first_day=clock.today(), **options)


def step_of(plan, role, **options):
    return Step.objects.create(plan=plan, role=role, key=role, text_en=role, kind="task", family="team", due_on=clock.today(), **options)


def asked_back(step):
    return AskedBack.objects.create(plan=step.plan, step=step)


def readers(house, rule, row):
    """The names whom `rule` lets to `row`."""
    rows = type(row)._default_manager.filter(pk=row.pk)
    return {name for name in EVERYBODY if rows.allowing(again(getattr(house, name)), rule).exists()}


def again(person):
    """The user of `person`, as a new request meets them."""
    return User.objects.get(pk=person.user_id)


@pytest.mark.parametrize("quiet", [False, True], ids=["told", "quiet"])
@pytest.mark.parametrize("role", OF_A_STEP)
def test_a_step_is_seen_and_done_by_those_who_have_a_part_in_it(house, role, quiet):
    until = clock.today() + timedelta(days=9) if quiet else None
    plan = plan_of(house.nia, house.nantes, manager=house.maya, buddy=house.ben, quiet_until=until)
    step = step_of(plan, role, owner=house.cleo if role == "security" else None)
    sees, does, not_yet = OF_A_STEP[role]
    hidden = not_yet if quiet else set()
    assert readers(house, "plans.view_step", step) == sees - hidden
    assert readers(house, "plans.finish_step", step) == does - hidden
    assert readers(house, "plans.view_askedback", asked_back(step)) == (sees - hidden) | {"nia"}


def test_an_access_is_seen_by_its_desk_its_person_and_whoever_leads_the_plan(house):
    plan = plan_of(house.nia, house.nantes, manager=house.maya, buddy=house.ben)
    access = Access.objects.create(plan=plan, person=house.nia, thing="system", name_en="Account", role="it", due_on=clock.today(), opens_on=clock.today())
    assert readers(house, "plans.view_access", access) == {"maya", "hugo", "rosa", "ivo", "ilan", "nia"}
    assert readers(house, "plans.open_access", access) == {"ivo", "ilan"}


@pytest.mark.parametrize("name", ["cleo", "ivo", "sam", "rosa"])
def test_a_duty_elsewhere_takes_nothing_of_ones_own(name, house):
    """Cleo has no duty, the others one in Nantes: of plans in Bristol all see the same."""
    me = getattr(house, name)
    plans = [plan_of(house.nia, house.bristol, **{part: me}) for part in ("manager", "buddy")]
    plans.append(plan_of(me, house.bristol))
    steps = [step_of(plan, role) for plan in plans for role in ("newcomer", "facilities", "buddy")]
    steps += [step_of(plan_of(house.nia, house.bristol), "facilities", owner=owner) for owner in (me, house.hugo, None)]
    asked = [asked_back(step) for step in steps]

    def seen(rule, rows):
        return {rows.index(row) for row in type(rows[0])._default_manager.allowing(again(me), rule) if row in rows}

    assert seen("plans.view_step", steps) == {0, 1, 2, 3, 4, 5, 6, 9}
    assert seen("plans.finish_step", steps) == {2, 6, 9}
    assert seen("plans.view_askedback", asked) == {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}


def test_what_is_asked_back_stands_in_the_plan_of_its_step(house):
    """The rule asks the plan, the page shows the step."""
    template()
    plan = plan_for(house.nia, by=house.hugo.user)
    for access in plan.accesses.all():
        Access.objects.filter(pk=access.pk).update(status=Access.Status.GIVEN)
    leaving = plan_of(house.nia, house.nantes)
    assert returns.ask_back(leaving) == AskedBack.objects.count() > 0
    assert all(row.plan_id == row.step.plan_id for row in AskedBack.objects.select_related("step"))


def test_an_absence_is_read_by_its_person_its_manager_and_the_people_team_of_the_site(house):
    today = clock.today()
    of = {name: Absence.objects.create(person=getattr(house, name), starts_on=today, ends_on=today) for name in ("ben", "cleo", "rosa")}
    assert readers(house, "plans.view_absence", of["ben"]) == {"ben", "maya", "hugo", "rosa"}
    assert readers(house, "plans.view_absence", of["cleo"]) == {"cleo", "hugo", "inga"}
    assert readers(house, "plans.view_absence", of["rosa"]) == {"rosa", "hugo"}
    house.cleo.employee.assignments.update(manager=house.rosa)
    assert readers(house, "plans.view_absence", of["cleo"]) == {"cleo", "hugo", "inga", "rosa"}, "also whom one manages elsewhere"
