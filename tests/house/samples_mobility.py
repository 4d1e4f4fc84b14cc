"""Examples of mobility: Ben, of Maya's team in Nantes, applies for seats that Cleo hires for in Bristol; Hugo is the People team of all sites."""

from datetime import timedelta

from portal import clock
from tests import factories as make
from tests.house.samples import posting, sample

AT_OPENING = ("interest_edit", "interest_withdraw", "application_create")
AT_APPLICATION = (
    "application_detail", "application_lift", "application_withdraw", "conversation_create", "panel_convene", "application_refuse", "application_accept",
)  # fmt: skip


def seat(world):
    return make.OpeningFactory(team=world.cast.far, site=world.cast.bristol, hiring_manager=world.cast.cleo)


def application_of_ben(world, **values):
    from mobility.models import Application

    return Application.objects.create(person=world.cast.ben, opening=seat(world), motivation="Closer to those who read.", due_on=clock.today(), **values)


@sample(*[f"mobility:{name}" for name in AT_OPENING])
def opening(world):
    return {"slug": seat(world).slug}


@sample(*[f"mobility:{name}" for name in AT_APPLICATION])
def application(world):
    return {"pk": application_of_ben(world).pk}


@sample("mobility:dates_edit")
def accepted(world):
    return {"pk": application_of_ben(world, status="accepted", lifted_at=clock.now(), release_by=clock.today() + timedelta(days=50)).pk}


@sample("mobility:move_in")
def agreed(world):
    return {"pk": application_of_ben(world, status="agreed", starts_on=clock.today() + timedelta(days=20)).pk}


@sample("mobility:follow_delete")
def follow_of_ben(world):
    from mobility.models import Follow

    return {"pk": Follow.objects.create(person=world.cast.ben, team=world.cast.far).pk}


@sample("mobility:talk_plan")
def talk(world):
    """Cleo holds the job of a seat of her team and accepts questions; Ben looks at it."""
    made = make.OpeningFactory(team=world.cast.far, site=world.cast.bristol, hiring_manager=world.cast.maya)
    world.cast.cleo.employee.assignments.update(job=made.job)
    world.cast.cleo.can_help, world.cast.cleo.work_email = True, "cleo@rivage.example"
    world.cast.cleo.save()
    return {"slug": made.slug, "person": world.cast.cleo.slug}


posting("mobility:follow_create", lambda world: {"what": "team", "slug": world.cast.far.slug})
posting("mobility:talk_plan", {"day": "2026-01-05", "hour": "10:00"})
posting("mobility:application_create", {"motivation": "Closer to those who read."})
posting("mobility:conversation_create", {"on": "2026-01-05", "said": "A good hour."})
posting("mobility:wish_edit", {"text": "To teach.", "seen_by": "me"})
