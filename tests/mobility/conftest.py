"""Ben, of Maya's team in Nantes, looks at a seat of Cleo's team in Bristol; Nora is the People team of Nantes, Inga of Bristol, Rita heads the company."""

from types import SimpleNamespace

import pytest

from mobility import transitions
from portal import clock, roles, switches
from tests import factories as make


@pytest.fixture
def inside(cast):
    cast.far.head = cast.cleo
    cast.far.save()
    rita = make.colleague("Rita", "Roy", team=cast.company, site=cast.nantes, title="Chief executive")
    cast.company.head = rita
    cast.company.save()
    nora = make.colleague("Nora", "Petit", team=cast.people_team, site=cast.nantes)
    make.duty(nora, roles.HR, cast.nantes)
    inga = make.colleague("Inga", "Hansen", team=cast.people_team, site=cast.bristol)
    make.duty(inga, roles.HR, cast.bristol)
    mates = [make.colleague(f"Mate{n}", "Bristol", team=cast.far, site=cast.bristol) for n in range(3)]
    skill = make.SkillFactory(name="Hydrology", label_fr="Hydrologie", group="water")
    job = make.JobDescriptionFactory()
    job.job_skills.create(skill=skill, level=3)
    job.activities.create(text_en="Write for mayors", text_fr="Écrire pour des maires", share=100)
    opening = make.OpeningFactory(job=job, team=cast.far, site=cast.bristol, hiring_manager=cast.cleo)
    switches.turn(switches.VOTES, True, by=cast.hugo.user, informed_on=clock.today())
    return SimpleNamespace(**vars(cast), rita=rita, nora=nora, inga=inga, mates=mates, job=job, opening=opening, skill=skill)


@pytest.fixture
def application(inside):
    return transitions.apply(inside.opening.pk, by=inside.ben.user, motivation="I read hydrographs at night.", language="en")
