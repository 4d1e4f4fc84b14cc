"""Departures of the demo company: one nobody may know of, one that hands over, one that cannot be closed, done ones, one undone."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from alumni.models import Departure, ExitTalk, Topic
from alumni.transitions import departure as transitions
from alumni.transitions import handover
from portal.models import Mail, Notice, TimelineEntry
from portal.people.models import Assignment, Person
from portal.people.models.employment import ToldTo
from portal.plans import transitions as plans
from portal.plans.models import Access, Delivery, Handover, Plan, PlanKind, Step, Thing, Unit

Kind, Status = Departure.Kind, Departure.Status
ACCESSES = [  # kind of thing, English, French, desk, how it was given
    (Thing.SYSTEM, "Company account", "Compte de l’entreprise", "it", Delivery.ACCOUNT),
    (Thing.MAILBOX, "Mailbox", "Messagerie", "it", Delivery.ACCOUNT),
    (Thing.VPN, "VPN", "VPN", "it", Delivery.ACCOUNT),
    (Thing.BADGE, "Badge", "Badge", "security", Delivery.IN_PERSON),
    (Thing.DOOR, "Main door code", "Code de l’entrée", "facilities", Delivery.CODE),
]
TOPICS = {  # title, note
    "en": [
        ("The contacts at the Redon lock", "Four people, whom to call at night, and what each of them wants to hear first."),
        ("Reading the 2003 flood archive", "The boxes, the two numberings, and which gauges were moved since."),
        ("The winter on-call rota", "How it is shared out fairly, and the three rules nobody wrote down."),
    ],
    "fr": [
        ("Les contacts de l’écluse de Redon", "Quatre personnes, qui appeler la nuit, et ce que chacune veut entendre d’abord."),
        ("Lire les archives de la crue de 2003", "Les cartons, les deux numérotations, et les stations déplacées depuis."),
        ("Le tour d’astreinte de l’hiver", "Comment le partager justement, et les trois règles que personne n’a écrites."),
    ],
}
KINDS = [Kind.RETIREMENT, Kind.RESIGNATION, Kind.RESIGNATION, Kind.END_OF_CONTRACT, Kind.RESIGNATION, Kind.AGREEMENT, Kind.RESIGNATION, Kind.END_OF_CONTRACT]


def live(rivage) -> None:
    hugo = rivage.cast["hugo"].user
    known(rivage, hugo)
    hand_over(rivage)
    confidential(rivage, hugo)
    stuck(rivage, hugo)
    stays(rivage, hugo)
    gone(rivage, rivage.cast["omar"], hugo)
    gone(rivage, next(person for person in rivage.left if person != rivage.cast["omar"]), hugo)
    Notice.objects.filter(kind__in=["alumni.departure", "plans.sign", "plans.cancelled"]).delete()
    Mail.objects.filter(kind__in=["alumni.departure", "alumni.topic", "plans.cancelled"]).delete()


# --- whom, and what they were given ---------------------------------------------------------------------
def somebody(rivage, among) -> Person:
    """A colleague without a last day: nobody of the cast, no head, three years here at least."""
    kept = {person.pk for person in rivage.cast.values()} | {team.head_id for team in rivage.teams.values()}
    taken = set(Departure.objects.values_list("person", flat=True))
    free = [
        person
        for person in among
        if person.pk not in kept | taken and person.user_id and rivage.seat(person).ended_on is None and rivage.seat(person).started_on < rivage.day(-400)
    ]
    return rivage.pick(free)


def give(rivage, person: Person, seat: Assignment) -> None:
    """What an arrival gave: two units, signed, and the usual accesses."""
    site, start = seat.site, seat.started_on
    moment = datetime.combine(start, time(9, 40), ZoneInfo(site.timezone))
    plan = Plan.objects.create(kind=PlanKind.ARRIVAL, person=person, site=site, assignment=seat, first_day=start, status=Plan.Status.DONE, opened_at=moment)
    ilan = rivage.cast["ilan"].user
    if not Unit.objects.filter(holder=person).exists():
        for kind in ("laptop", "phone"):
            unit = Unit.objects.filter(model__kind=kind, status=Unit.Status.STOCK).order_by("pk").first()
            if unit:
                Unit.objects.filter(pk=unit.pk).update(status=Unit.Status.GIVEN, holder=person, plan=plan, site=site, changed_at=moment)
                Handover.objects.create(unit=unit, person=person, plan=plan, way="given", at=moment, by=ilan, signed_at=moment, signed_as=person.display_name)
    for thing, english, french, role, delivery in ACCESSES:
        address = person.work_email if thing in (Thing.SYSTEM, Thing.MAILBOX, Thing.VPN) else ""
        Access.objects.create(
            plan=plan, person=person, thing=thing, name_en=english, name_fr=french, role=role, delivery=delivery, address=address,
            due_on=start, opens_on=start, status=Access.Status.GIVEN, opened_at=moment, given_at=moment,
        )  # fmt: skip


def announced(rivage, departure: Departure, days_ago: int) -> Departure:
    """As if it had been announced so many days ago."""
    moment = rivage.at(-days_ago, "10:20")
    Departure.objects.filter(pk=departure.pk).update(announced_at=moment)
    Plan.objects.filter(pk=departure.plan_id).update(opened_at=moment)
    TimelineEntry.objects.filter(content_type__model="departure", object_id=departure.pk).update(at=moment)
    return departure


def done(rivage, departure: Departure, until, but=()) -> None:
    """The steps due by `until` are done, each on its day, with its proof and signature; but those whose key begins with one of `but`."""
    plan = Plan.objects.select_related("site", "person").get(pk=departure.plan_id)
    for step in plan.steps.filter(status=Step.Status.OPEN, due_on__lte=until).select_related("owner__user"):
        if step.key.startswith(tuple(but)) if but else False:
            continue
        step.plan = plan
        day = min(step.due_on, until)
        moment = datetime.combine(day, time(10 + rivage.rng.randint(0, 6), rivage.rng.randint(0, 59)), ZoneInfo(plan.site.timezone))
        by = step.owner.user if step.owner else None
        plans._finish(step, by=by, note="")
        Step.objects.filter(pk=step.pk).update(done_at=moment)
        asked = plan.asked_back.filter(step=step).first()
        if asked:
            plan.asked_back.filter(pk=asked.pk).update(settled_at=moment)
            signed = {"at": moment, "plan": plan, "signed_at": moment + timedelta(minutes=4), "signed_as": plan.person.display_name}
            Handover.objects.filter(pk=asked.handover_id).update(**signed)
            Unit.objects.filter(pk=asked.unit_id).update(changed_at=moment)


# --- the stories ------------------------------------------------------------------------------------------
def known(rivage, hugo) -> None:
    """Those whose last day the directory shows already."""
    seats = Assignment.objects.filter(ended_on__gt=rivage.today, employee__left_on__gt=rivage.today, main=True, started_on__lt=rivage.today)
    for number, seat in enumerate(seats.select_related("employee__person", "site").order_by("ended_on", "pk")):
        if number % 2:
            give(rivage, seat.employee.person, seat)
        kind = KINDS[number % len(KINDS)]
        departure = transitions.announce(seat.employee_id, by=hugo, kind=kind, last_day=seat.ended_on, told_to=ToldTo.COLLEAGUES)
        announced(rivage, departure, 20 + number)
        done(rivage, departure, rivage.day(-1))


def hand_over(rivage) -> None:
    """Of Maya's team: announced by the person, known to all, one topic in Ben's hands, one handed over, one with nobody."""
    maya, ben = rivage.cast["maya"], rivage.cast["ben"]
    team = rivage.seat(maya).team
    person = somebody(rivage, rivage.members(team) or rivage.people)
    seat = rivage.seat(person)
    give(rivage, person, seat)
    departure = transitions.announce(
        seat.employee_id, by=person.user, kind=Kind.RETIREMENT, last_day=rivage.workday(39), told_to=ToldTo.COLLEAGUES, told_from=None
    )
    announced(rivage, departure, 24)
    done(rivage, departure, rivage.day(-1))
    language = rivage.language(person)
    others = [each for each in rivage.members(team) if each.pk not in (person.pk, ben.pk, maya.pk) and each.user_id]
    takers = [ben, others[0] if others else maya, None]
    for number, (title, note) in enumerate(TOPICS[language]):
        values = {"title": title, "note": note, "taker": takers[number], "place": "2.14" if number == 0 else ""}
        values["session_at"] = rivage.at_work(2, "14:00", departure.site) if number == 0 else None
        topic = handover.add_topic(departure.pk, values, by=person.user)
        Topic.objects.filter(pk=topic.pk).update(language=language)
    second = departure.topics.order_by("pk")[1]
    handover.confirm_topic(second.pk, by=second.taker.user)
    Topic.objects.filter(pk=second.pk).update(confirmed_at=rivage.at(-3, "16:30"))
    Departure.objects.filter(pk=departure.pk).update(own_address=f"{person.slug.replace('-', '.')}@example.org")
    handover.book_talk(departure.pk, by=rivage.cast["hugo"].user, at=rivage.at_work(9, "10:00", departure.site), host=rivage.cast["hugo"])


def confidential(rivage, hugo) -> None:
    """Announced by the People team four days ago: the manager knows, and nobody else."""
    person = somebody(rivage, [each for each in rivage.people if rivage.seat(each).site.code == "nantes"])
    seat = rivage.seat(person)
    give(rivage, person, seat)
    announced(rivage, transitions.announce(seat.employee_id, by=hugo, kind=Kind.AGREEMENT, last_day=rivage.workday(33)), 4)


def stuck(rivage, hugo) -> None:
    """The last day is just over; a laptop and the badge are still out, and the file cannot be closed."""
    person = somebody(rivage, [each for each in rivage.people if rivage.seat(each).site.code in ("nantes", "bristol")])
    seat = rivage.seat(person)
    give(rivage, person, seat)
    last = rivage.day(-1) - timedelta(days=max(0, rivage.day(-1).weekday() - 4))
    departure = transitions.announce(seat.employee_id, by=hugo, kind=Kind.RESIGNATION, last_day=rivage.today, told_to=ToldTo.COLLEAGUES)
    moved_back(departure, last)
    announced(rivage, departure, 32)
    unit = departure.plan.asked_back.filter(unit__isnull=False).order_by("pk").first()
    badge = departure.plan.asked_back.filter(access__thing=Thing.BADGE).first()
    done(rivage, departure, rivage.day(1), but=[each.step.key for each in (unit, badge) if each])
    transitions.leave(departure.pk)
    notes = "Leaves for a smaller team. Would come back."
    ExitTalk.objects.create(departure=departure, at=rivage.at_work(-5, "11:00"), host=rivage.cast["hugo"], held=True, language="en", notes=notes)


def moved_back(departure: Departure, last) -> None:
    """As if the last day had been before today; the steps with it."""
    shift = last - departure.last_day
    for seat in departure.employee.assignments.filter(ended_on=departure.last_day):
        seat.ended_on = last
        seat.save(update_fields=["ended_on"])
    departure.employee.left_on = departure.last_day = last
    departure.employee.save(update_fields=["left_on"])
    departure.save(update_fields=["last_day"])
    Plan.objects.filter(pk=departure.plan_id).update(first_day=last)
    for step in departure.plan.steps.all():
        step.due_on = departure.plan.days.onward(step.due_on + shift)
        step.save(update_fields=["due_on"])


def stays(rivage, hugo) -> None:
    """Announced, and taken back two weeks later."""
    person = somebody(rivage, rivage.people)
    departure = transitions.announce(rivage.seat(person).employee_id, by=hugo, kind=Kind.RESIGNATION, last_day=rivage.workday(52))
    because = {"en": "Took up another seat of the team instead.", "fr": "A préféré un autre poste de l’équipe."}[rivage.cast["hugo"].user.language]
    transitions.cancel(departure.pk, by=hugo, because=because)
    announced(rivage, departure, 18)


def gone(rivage, person: Person, hugo) -> None:
    """Somebody who left: everything came back, signed, and the file is closed."""
    seat = Assignment.objects.filter(employee__person=person).select_related("employee__person", "site", "team", "manager").order_by("-ended_on").first()
    last = seat.ended_on
    give(rivage, person, seat)
    manager = seat.manager or seat.team.head
    plan = plans.open(PlanKind.DEPARTURE, person, site=seat.site, first_day=last, assignment=seat, manager=manager, by=hugo)
    moment = datetime.combine(last - timedelta(days=61), time(11, 5), ZoneInfo(seat.site.timezone))
    departure = Departure.objects.create(
        employee=seat.employee, person=person, plan=plan, site=seat.site, manager=manager, kind=Kind.RESIGNATION, last_day=last,
        told_to=ToldTo.COLLEAGUES, announced_at=moment, announced_by=person.user or hugo,
    )  # fmt: skip
    title, note = TOPICS[rivage.language(person)][1]
    topic = Topic.objects.create(departure=departure, title=title, note=note, language=rivage.language(person), taker=manager, status=Topic.Status.HANDED)
    Topic.objects.filter(pk=topic.pk).update(confirmed_at=datetime.combine(last - timedelta(days=8), time(15), ZoneInfo(seat.site.timezone)))
    done(rivage, departure, rivage.today)
    closed = min(last + timedelta(days=6), rivage.day(-1))
    Plan.objects.filter(pk=plan.pk).update(status=Plan.Status.DONE, opened_at=moment)
    Departure.objects.filter(pk=departure.pk).update(status=Status.CLOSED, closed_at=datetime.combine(closed, time(9, 15), ZoneInfo(seat.site.timezone)))
