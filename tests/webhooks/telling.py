"""Subscriptions and something to tell them, for the tests."""

from portal import roles
from portal.people.models import Person
from portal.webhooks import events, transitions
from tests import factories as make


def subscribed(url, **over):
    fields = {"name": "Desk", "url": url, "events": ["step.done"], "names": False, **over}
    return transitions.subscribe(fields, by=None)


def told(subject="a", **options):
    return events.announce("step.done", lambda names: {"subject": subject, "names": names}, **options)


def operator():
    person = Person.objects.filter(slug="ora-perez").first()
    if person is None:
        person = make.colleague("Ora", "Perez", team=make.TeamFactory(), site=make.SiteFactory())
        make.duty(person, roles.OPERATOR)
    return person.user
