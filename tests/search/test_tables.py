"""The two tables of questions, on whichever store the settings choose."""

import pytest

from portal import search
from tests import factories as make
from tests.cast import user_of
from tests.search.tables import NAMES, NAMES_TOO, PEOPLE, PEOPLE_TOO, SKILL_QUERIES, SKILL_QUERIES_TOO, SKILLS

pytestmark = pytest.mark.django_db


@pytest.fixture
def company(cast):
    for at, (given, usual, family, phone) in enumerate(PEOPLE):
        make.colleague(given, family, team=cast.data, site=cast.nantes, title="Engineer", email=f"p{at}@rivage.example", usual_name=usual, phone=phone)
    holders = [cast.maya, cast.ben, cast.cleo, cast.ilan]
    for at, (english, french, others) in enumerate(SKILLS):
        skill = make.SkillFactory(name=english, label_fr=french)
        for other in others:
            skill.aliases.create(text=other)
        make.PersonSkillFactory(tag=skill, content_object=holders[at % 4], level=1 + at % 4)
    search.reindex()
    return cast


def test_names_come_first(company):
    user = user_of(company, "cleo")
    wrong = []
    for text, wanted in NAMES:
        titles = [hit.title for hit in search.find(user, text).hits]
        if titles[:1] != [wanted]:
            wrong.append((text, wanted, titles[:3]))
    assert len(NAMES) == 60
    assert wrong == []


def test_skills_are_among_the_first_three(company):
    user = user_of(company, "cleo")
    wrong = []
    for text, wanted in SKILL_QUERIES:
        titles = [hit.title for hit in search.find(user, text).hits]
        if wanted not in titles[:3]:
            wrong.append((text, wanted, titles[:3]))
    assert len(SKILL_QUERIES) == 60
    assert wrong == []


def test_forty_other_questions_of_each_kind_once_thirty_others_joined(company):
    """People first, skills among the first three; and what the first sixty found is found still."""
    for at, (given, usual, family, phone) in enumerate(PEOPLE_TOO):
        make.colleague(given, family, team=company.data, site=company.nantes, title="Engineer", email=f"q{at}@rivage.example", usual_name=usual, phone=phone)
    search.drain()
    user, wrong = user_of(company, "cleo"), []
    for text, wanted in (*NAMES_TOO, *NAMES):
        titles = [hit.title for hit in search.find(user, text).hits]
        if titles[:1] != [wanted]:
            wrong.append((text, wanted, titles[:3]))
    for text, wanted in SKILL_QUERIES_TOO:
        titles = [hit.title for hit in search.find(user, text).hits]
        if wanted not in titles[:3]:
            wrong.append((text, wanted, titles[:3]))
    assert len(NAMES_TOO) == len(SKILL_QUERIES_TOO) == 40
    assert wrong == []
