"""What other systems are told of arrivals: planned, moved, cancelled, and what nine o'clock saw."""

from django.utils.translation import gettext_lazy as _

from onboarding.models import Arrival
from portal.plans.announcing import about, person_of, plan_of
from portal.webhooks import events

events.event("arrival.planned", _("Somebody is coming"))
events.event("arrival.moved", _("A first day moved"))
events.event("arrival.cancelled", _("An arrival is cancelled"))
events.event("arrival.morning", _("What nine o’clock saw on a first day"))


def tell(name: str, arrival: Arrival, **more) -> None:
    """Announce `name` of `arrival`, with `more` in JSON's types; call it in the transaction of its cause."""
    plan = arrival.plan

    def said(names: bool) -> dict:
        return {"arrival": {"id": arrival.pk, **more}, "plan": plan_of(plan), "person": person_of(plan, names)}

    events.announce(name, said, about=about(plan.person_id))
