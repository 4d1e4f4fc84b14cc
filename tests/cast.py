"""The cast of every test, with rights one can learn by heart."""

import copy
from datetime import timedelta
from types import SimpleNamespace

from django.apps import apps
from django.contrib.auth.models import AnonymousUser

from portal import clock, roles
from portal.accounts.models import User
from portal.people.models import Person, Site, Team
from tests import database
from tests import factories as make

NAMES = ("maya", "hugo", "nia", "ben", "cleo", "ilan", "zoe", "omar", "visitor")


_remembered = {}  # {day: (the cast, its rows)}: made once a process, since hundreds of tests ask for it


def gather() -> SimpleNamespace:
    """The cast of `assemble`. In an empty database its rows are written again as they were first made that day."""
    if any(model.objects.exists() for model in (User, Person, Site, Team)):
        return assemble()
    today = clock.today()
    if today not in _remembered:
        if rows():
            return assemble()
        cast = assemble()
        _remembered[today] = (copy.deepcopy(cast), rows())
        return cast
    cast, kept = _remembered[today]
    for written in kept:
        type(written[0])._base_manager.bulk_create(written)
    return copy.deepcopy(cast)


def rows() -> list[list]:
    """All that this test has written, a list for each model."""
    every = [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy and model._meta.db_table not in database.STAYS]
    return [found for model in every if (found := list(model._base_manager.all()))]


def assemble() -> SimpleNamespace:
    """Maya manages and hires, Hugo is on the People team, Nia is the newcomer, Ben her buddy, Cleo a colleague with no
    part in it, Ilan on the IT desk, Zoé a candidate (no user), Omar an alumnus, and a visitor."""
    nantes = make.SiteFactory(code="nantes")
    bristol = make.SiteFactory(code="bristol", country="GB", timezone="Europe/London")
    company = make.TeamFactory(slug="rivage", name_en="Rivage")
    data = make.TeamFactory(slug="river-data", name_en="River data", parent=company, site=nantes)
    people = make.TeamFactory(slug="people-team", name_en="People team", parent=company, site=nantes)
    desk = make.TeamFactory(slug="it-desk", name_en="IT desk", parent=company, site=nantes)
    far = make.TeamFactory(slug="warnings", name_en="Public warnings", parent=company, site=bristol)
    maya = make.colleague("Maya", "Lefèvre", team=data, site=nantes, title="Head of river data")
    data.head = maya
    data.save()
    hugo = make.colleague("Hugo", "Marchand", team=people, site=nantes, title="People partner")
    make.duty(hugo, roles.HR)
    make.duty(hugo, roles.HR_ADMIN)
    ben = make.colleague("Ben", "Okafor", team=data, site=nantes, title="Data engineer", manager=maya)
    cleo = make.colleague("Cleo", "Hart", team=far, site=bristol, title="Warning designer")
    ilan = make.colleague("Ilan", "Peretz", team=desk, site=nantes, title="Support technician")
    make.duty(ilan, roles.IT)
    nia = make.colleague("Nia", "Diallo", team=data, site=nantes, title="Data analyst", manager=maya, started=clock.today() + timedelta(days=7))
    omar = make.colleague("Omar", "Benali", team=data, site=nantes, title="Forecaster", ended=clock.today() - timedelta(days=200))
    zoe = make.PersonFactory(given_name="Zoé", family_name="Garnier")
    return SimpleNamespace(
        maya=maya, hugo=hugo, nia=nia, ben=ben, cleo=cleo, ilan=ilan, zoe=zoe, omar=omar, visitor=None,
        nantes=nantes, bristol=bristol, data=data, company=company, far=far, desk=desk, people_team=people,
    )  # fmt: skip


def user_of(cast, name):
    """The user behind a name of the cast; a visitor and the candidate have none."""
    person = getattr(cast, name)
    return person.user if person is not None and person.user_id else AnonymousUser()
