"""Rows for the tests of departures, alumni and mentoring: who leaves, who agreed, who offers, who seeks, who meets."""

from datetime import timedelta

from alumni.models import Consent, Offer, Pair, Request, Seek, Session
from alumni.transitions import consent as consents
from alumni.transitions import departure as departures
from portal import clock
from portal.accounts.models import User
from portal.people.models.employment import ToldTo
from tests import factories as make
from tests.cast import user_of


def fresh(person) -> User:
    """The user of `person` as a new request has it: nothing remembered."""
    user = User.objects.get(pk=person.user_id)
    user.person = type(person).objects.get(pk=person.pk)
    return user


def yes(person, *scopes, language="en"):
    """`person` agrees to these purposes."""
    return [consents.give(scope, by=fresh(person), language=language) for scope in scopes or Consent.Scope.values]


def offers(person, *skills, **values):
    offer = Offer.objects.create(person=person, **{"tongues": ["fr"], "capacity": 1, **values})
    offer.skills.set(skills)
    return offer


def seeks(person, *skills, **values):
    sought = Seek.objects.create(person=person, **{"tongues": ["fr"], **values})
    sought.skills.set(skills)
    return sought


def asks(seeker, mentor, **values):
    return Request.objects.create(seeker=seeker, mentor=mentor, **{"words": "May I ask you?", "answer_by": clock.today() + Request.DAYS, **values})


def meets(seeker, mentor, **values):
    agreed = {"goals": "Dare.", "status": "alive", "started_on": clock.today(), "seeker_agreed": True, "mentor_agreed": True}
    return Pair.objects.create(seeker=seeker, mentor=mentor, **{**agreed, **values})


def session(pair, days=3):
    return Session.objects.create(pair=pair, starts_at=clock.now() + timedelta(days=days), place="https://call.example/room")


def alumnus(cast, given, family="Martin", days=200, **person):
    """Somebody who left so many days ago."""
    return make.colleague(given, family, team=cast.far, site=cast.bristol, ended=clock.today() - timedelta(days=days), **person)


SOON = 20  # days


def leaves(cast, person=None, *, by=None, days=SOON, told_to=ToldTo.NEAR, told_from=None, kind="resignation"):
    """Ben, or `person`, announces their departure in so many days."""
    person = person or cast.ben
    by = by or person
    last_day = clock.today() + timedelta(days=days)
    return departures.announce(person.employee.pk, by=by.user, kind=kind, last_day=last_day, told_to=told_to, told_from=told_from)


def user(cast, name):
    """The user of this name of the cast, nothing remembered."""
    found = user_of(cast, name)
    return type(found).objects.get(pk=found.pk) if found.is_authenticated else found


def after(cast, at):
    """Ben's departure, on the morning after."""
    departure = leaves(cast, days=1, told_to=ToldTo.COLLEAGUES)
    at(2)
    assert departures.leave_due() == 1
    departure.refresh_from_db()
    return departure
