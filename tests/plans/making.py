"""Makes templates, plans and equipment for tests."""

from datetime import timedelta

from portal import clock
from portal.plans import transitions
from portal.plans.models import EquipmentModel, Template, TemplateStep, Unit

BASE = [
    # key, words, role, family, offset, more
    ("contract-signed", "Have the contract signed", "hr", "contract", -12, {}),
    ("order-laptop", "Set a laptop aside", "it", "equipment", -8, {"equipment": "laptop"}),
    ("open-account", "Open the account", "it", "access", -5, {"thing": "system", "thing_en": "Company account", "thing_fr": "Compte"}),
    ("open-mailbox", "Open the mailbox", "it", "access", -5, {"thing": "mailbox", "thing_en": "Mailbox", "thing_fr": "Messagerie"}),
    (
        "door-code",
        "Give the door code",
        "security",
        "access",
        -3,
        {"thing": "door", "delivery": "code", "thing_en": "Main door", "thing_fr": "Porte principale"},
    ),
    ("badge", "Make the badge", "security", "access", -3, {"thing": "badge", "delivery": "in_person", "thing_en": "Badge", "thing_fr": "Badge"}),
    ("name-buddy", "Name a buddy", "manager", "team", -10, {}),
    ("desk-and-seat", "Set up desk and chair", "facilities", "day_one", -3, {}),
    ("welcome", "Welcome in the hall", "buddy", "day_one", 0, {"kind": "meeting", "at": "09:00", "place_en": "Main hall"}),
    ("passkey", "Choose a passkey", "newcomer", "day_one", 0, {"mandatory": False}),
]


def template(name="Everyone", steps=BASE, **conditions) -> Template:
    """A template with these steps; the base when it sets no condition."""
    made = Template.objects.create(name_en=name, **conditions)
    for key, text, role, family, offset, more in steps:
        TemplateStep.objects.create(template=made, key=key, text_en=text, text_fr=f"[fr] {text}", role=role, family=family, offset=offset, **more)
    return made


def seat_of(person):
    return person.employee.assignments.get()


def plan_for(person, *, by=None, **options):
    """The running arrival plan of the seat of `person`."""
    seat = seat_of(person)
    values = {"site": seat.site, "first_day": seat.started_on, "assignment": seat, "manager": seat.manager, **options}
    return transitions.open("arrival", person, by=by, **values)


def unit(site, serial="SN-1", kind="laptop", **values) -> Unit:
    model, _ = EquipmentModel.objects.get_or_create(name=f"Model {kind}", defaults={"kind": kind})
    return Unit.objects.create(model=model, serial=serial, site=site, **values)


def days_from_now(count):
    return clock.today() + timedelta(days=count)
