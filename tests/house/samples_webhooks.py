"""Examples of webhooks: a subscription and one delivery that was given up."""

from portal.models import Delivery
from tests.house.samples import sample


def a_subscription(world):
    from portal.webhooks.transitions import subscribe

    return subscribe({"name": "Desk", "url": "https://93.184.216.34/hooks", "events": ["step.done"]}, by=None)[0]


@sample(*[f"webhooks:{name}" for name in ("subscription_detail", "subscription_edit", "subscription_try", "subscription_end", "secret_renew")])
def subscription(world):
    return {"pk": world.once(a_subscription).pk}


@sample("plans:desk_key", "plans:desk_key_take")
def desk_that_calls(world):
    from portal.plans.models import Desk

    return {"pk": Desk.objects.create(role="facilities", site=world.cast.nantes, email="rooms@elsewhere.example").pk}


@sample("plans:step_call")
def call(world):
    return {"name": "desk-of-nobody"}


@sample("webhooks:delivery_detail", "webhooks:delivery_replay")
def delivery(world):
    return {"pk": Delivery.objects.create(subscription=world.once(a_subscription), event="step.done", body="{}", state="dead").pk}
