"""Examples of plans and arrivals: Nia arrives in Maya's team, Ben is her buddy, Hugo's team prepares."""

from portal import clock
from portal.plans.models import Absence, Access, Desk, Handover
from tests.house.samples import sample


def prepared(world):
    """Nia's running arrival plan."""
    from tests.plans import making

    world.template = making.template()
    return making.plan_for(world.cast.nia, by=world.cast.hugo.user, buddy=world.cast.ben)


def arrival_of_nia(world):
    from onboarding.models import Arrival

    found, _ = Arrival.objects.get_or_create(plan=world.once(prepared), defaults={"address": "nia@mail.example"})
    return found


def first_step(world):
    return world.once(prepared).steps.get(key="order-laptop")


@sample(*[f"plans:{name}" for name in ("step_detail", "step_finish", "step_reopen", "step_skip", "step_remind", "step_reassign", "step_edit", "step_calendar")])
def step(world):
    return {"pk": first_step(world).pk}


@sample("plans:step_by_link")
def step_link(world):
    from portal.plans.links import token_of

    return {"token": token_of(first_step(world))}


@sample("plans:desk_detail")
def desk(world):
    return {"role": "it"}


@sample("plans:desk_delete")
def desk_address(world):
    return {"pk": Desk.objects.create(role="security", site=world.cast.nantes, email="guard@elsewhere.example").pk}


@sample("plans:code_write", "plans:code_reveal", "plans:access_hand_over", "plans:access_reissue", "plans:access_acknowledge")
def access(world):
    return {"pk": Access.objects.filter(plan=world.once(prepared), delivery="code").first().pk}


@sample("plans:absence_delete")
def absence(world):
    today = clock.today()
    return {"pk": Absence.objects.create(person=world.cast.ben, starts_on=today, ends_on=today).pk}


@sample("plans:unit_detail", "plans:unit_assign")
def unit(world):
    from tests.plans import making

    return {"pk": making.unit(world.cast.nantes).pk}


@sample("plans:unit_change")
def unit_move(world):
    return {"pk": world.once(unit)["pk"], "verb": "repair"}


@sample("plans:handover_sign")
def handover(world):
    return {"pk": Handover.objects.create(unit_id=world.once(unit)["pk"], person=world.cast.nia, plan=world.once(prepared)).pk}


@sample("plans:template_detail", "plans:template_edit", "plans:template_step_create", "plans:template_offer")
def template(world):
    world.once(prepared)
    return {"pk": world.template.pk}


@sample("plans:template_step_edit", "plans:template_step_delete")
def template_step(world):
    world.once(prepared)
    return {"pk": world.template.pk, "step": world.template.steps.first().pk}


@sample(
    *[
        f"onboarding:{name}"
        for name in (
            "arrival_detail",
            "arrival_readiness",
            "arrival_check",
            "arrival_print",
            "day_one_preview",
            "arrival_edit",
            "arrival_cancel",
            "arrival_link",
            "step_create",
        )
    ]
)
def arrival(world):
    return {"pk": world.once(arrival_of_nia).pk}


@sample("onboarding:morning_remark")
def morning(world):
    from onboarding.models import Morning

    return {"pk": Morning.objects.create(arrival=world.once(arrival_of_nia), first_day=world.once(prepared).first_day, nine=clock.now()).pk}


@sample("onboarding:question_answer")
def question(world):
    return {"pk": world.once(arrival_of_nia).questions.create(text="Where do I park?").pk}


@sample("onboarding:checkin_answer")
def checkin(world):
    found, _ = world.once(arrival_of_nia).checkins.get_or_create(milestone="week", defaults={"due_on": clock.today()})
    return {"pk": found.pk}


@sample("welcome:page", "welcome:account", "welcome:question")
def private_link(world):
    found = world.once(arrival_of_nia)
    token = found.renew_link()
    found.save()
    return {"token": token}
