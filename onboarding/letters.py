"""Letters of arrivals, each written with its cause and in its reader's language."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy

from onboarding.models import Arrival
from portal import notices, post


def link_of(token: str, language: str) -> str:
    """The address of the private page, in the reader's language."""
    with translation.override(language):
        return settings.SITE_URL + reverse("welcome:page", args=[token])


def _to_person(arrival: Arrival, template: str, kind: str, *, key: str | None = None, **context) -> bool:
    """Write to the newcomer, at their personal address until they have an account; whether there was one."""
    person = arrival.plan.person
    address = person.user.email if person.user else arrival.address
    if address:
        language = person.user.language if person.user else person.language
        post.write_from(
            f"onboarding/mail/{template}.txt",
            to=address,
            context={"arrival": arrival, "plan": arrival.plan, "person": person, **context},
            language=language,
            kind=kind,
            key=key,
        )
    return bool(address)


def welcome(arrival: Arrival, token: str) -> None:
    """The private link, after the signed offer."""
    person = arrival.plan.person
    language = person.user.language if person.user else person.language
    _to_person(arrival, "welcome", "onboarding.welcome", link=link_of(token, language))


def changed(arrival: Arrival) -> None:
    """The first day moved."""
    _to_person(arrival, "changed", "onboarding.changed")


def called_off(arrival: Arrival) -> None:
    """The arrival is cancelled."""
    _to_person(arrival, "called_off", "onboarding.called_off")


def agenda(arrival: Arrival) -> bool:
    """The agenda of the first day, once for each day it is; whether there was an address to write to."""
    return _to_person(arrival, "agenda", "onboarding.agenda", key=f"agenda:{arrival.pk}:{arrival.plan.first_day}", moments=agenda_of(arrival))


def agenda_of(arrival: Arrival):
    """The moments of the first day, in their order."""
    return arrival.plan.steps.filter(at__isnull=False, due_on=arrival.plan.first_day).exclude(status__in=["cancelled", "skipped"]).select_related("owner")


def buddy_named(arrival: Arrival) -> None:
    """Tell the buddy what it is about, and the newcomer who they are."""
    buddy = arrival.plan.buddy
    if buddy and buddy.user:
        told = gettext_lazy("You are the buddy of %(name)s from %(day)s.")
        notices.tell(
            buddy.user,
            "onboarding.buddy",
            lambda: told % {"name": arrival.plan.person.display_name, "day": f"{arrival.plan.first_day:%d/%m/%Y}"},
            url=arrival.get_absolute_url(),
            mail="onboarding/mail/buddy.txt",
            context={"arrival": arrival, "plan": arrival.plan},
        )


def checkin(checkin) -> None:
    """Three questions wait."""
    _to_person(checkin.arrival, "checkin", "onboarding.checkin", key=f"checkin:{checkin.pk}", checkin=checkin)
