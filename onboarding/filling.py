"""Very many invented arrivals in few queries, for measuring."""

from datetime import timedelta

from onboarding.models import Arrival
from portal import clock
from portal.accounts.models import User
from portal.people.models import Assignment, Employee, Grant, Person, Site, Team
from portal.plans.models import Access, Delivery, EquipmentModel, Family, Owner, Plan, PlanKind, Step, Thing, Unit

KNOWN = [  # the steps that checks ask about: key, role, family, what it opens, how it is given, equipment
    ("contract-signed", Owner.HR, Family.CONTRACT, "", "", ""),
    ("order-laptop", Owner.IT, Family.EQUIPMENT, "", "", "laptop"),
    ("open-account", Owner.IT, Family.ACCESS, Thing.SYSTEM, Delivery.ACCOUNT, ""),
    ("open-mailbox", Owner.IT, Family.ACCESS, Thing.MAILBOX, Delivery.ACCOUNT, ""),
    ("open-wifi", Owner.IT, Family.ACCESS, Thing.WIFI, Delivery.CODE, ""),
    ("licence", Owner.IT, Family.ACCESS, Thing.LICENCE, Delivery.ACCOUNT, ""),
    ("door-code", Owner.SECURITY, Family.ACCESS, Thing.DOOR, Delivery.CODE, ""),
    ("badge", Owner.SECURITY, Family.ACCESS, Thing.BADGE, Delivery.IN_PERSON, ""),
    ("desk-and-seat", Owner.FACILITIES, Family.DAY_ONE, "", "", ""),
    ("name-buddy", Owner.MANAGER, Family.TEAM, "", "", ""),
]
ROLES = [Owner.IT, Owner.FACILITIES, Owner.SECURITY, Owner.HR, Owner.MANAGER, Owner.BUDDY]


def many(arrivals: int, steps: int, *, within: int = 30) -> None:
    """`arrivals` people who come within so many days, each with a plan of `steps` steps, a laptop and six accesses."""
    today = clock.today()
    site = Site.objects.create(code="bench", name="Bench", city="Nantes", country="FR", timezone=where_it_is_nine())
    team = Team.objects.create(slug="bench", name_en="Bench", site=site)
    here = [_colleague(number, team, site) for number in range(max(4, arrivals // 10))]
    for duty, person in zip((Owner.IT, Owner.FACILITIES, Owner.SECURITY, Owner.HR), here, strict=False):
        Grant.objects.create(person=person, duty=duty.value)
    owners = {Owner.IT: here[0], Owner.FACILITIES: here[1], Owner.SECURITY: here[2], Owner.HR: here[3]}
    people = Person.objects.bulk_create(Person(slug=f"bench-{n}", given_name="Come", family_name=f"{n:05}") for n in range(arrivals))
    plans = Plan.objects.bulk_create(
        Plan(
            kind=PlanKind.ARRIVAL, person=person, site=site, first_day=today + timedelta(days=1 + number % within),
            manager=here[number % len(here)], buddy=here[(number + 1) % len(here)], desk="2.14" if number % 2 else "",
        )
        for number, person in enumerate(people)
    )  # fmt: skip
    Arrival.objects.bulk_create(Arrival(plan=plan) for plan in plans)
    made = Step.objects.bulk_create(
        (_step(plan, number, owners) for plan in plans for number in range(steps)),
        batch_size=2000,
    )
    Access.objects.bulk_create((access for step in made if (access := _access(step))), batch_size=2000)
    model = EquipmentModel.objects.create(kind="laptop", name="Bench 14")
    Unit.objects.bulk_create(
        Unit(model=model, serial=f"BENCH-{n}", site=site, status=Unit.Status.PREPARED, holder=plan.person, plan=plan) for n, plan in enumerate(plans[::2])
    )


def where_it_is_nine() -> str:
    """A time zone in which it is nine in the morning now, so that letters may leave."""
    ahead = (9 - clock.now().hour + 11) % 24 - 11
    return f"Etc/GMT{-ahead:+d}"  # these names count the other way round


def _colleague(number: int, team: Team, site: Site) -> Person:
    user = User.objects.create(email=f"bench{number}@rivage.example")
    person = Person.objects.create(slug=f"bench-here-{number}", given_name="Here", family_name=f"{number:05}", user=user)
    employee = Employee.objects.create(person=person, number=f"E{number:05}", joined_on=clock.today() - timedelta(days=900))
    Assignment.objects.create(employee=employee, team=team, site=site, title_en="Engineer", started_on=employee.joined_on)
    return person


def _step(plan: Plan, number: int, owners: dict) -> Step:
    if number < len(KNOWN):
        key, role, family, _thing, _delivery, equipment = KNOWN[number]
    else:
        key, role, family, equipment = f"step-{number}", ROLES[number % len(ROLES)], list(Family)[number % len(Family)], ""
    due = plan.first_day - timedelta(days=20 - number % 25)
    owner = owners.get(role) or (plan.buddy if role == Owner.BUDDY else plan.manager)
    return Step(plan=plan, key=key, text_en=f"Do {key}", role=role, family=family, owner=owner, due_on=due, equipment=equipment)


def _access(step: Step) -> Access | None:
    found = {each[0]: each for each in KNOWN}.get(step.key)
    if found is None or not found[3]:
        return None
    return Access(
        plan=step.plan, person=step.plan.person, step=step, thing=found[3], name_en=step.key, role=step.role, delivery=found[4],
        address=f"{step.plan.person.slug}@rivage.example" if found[3] in (Thing.SYSTEM, Thing.MAILBOX) else "", due_on=step.due_on,
        opens_on=step.plan.first_day, status=Access.Status.OPEN,
    )  # fmt: skip
