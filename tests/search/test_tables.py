"""The two tables of questions, on whichever store the settings choose."""

import pytest

from portal import search
from portal.people.models import Skill
from tests import factories as make
from tests.cast import user_of
from tests.search.tables import NAMES, NAMES_TOO, PEOPLE, PEOPLE_TOO, SKILL_QUERIES, SKILL_QUERIES_TOO, SKILLS
from tests.search.tables_hard import NAMES_HARD, PEOPLE_HARD, SKILL_QUERIES_HARD, SKILLS_HARD
from tests.search.tables_last import NAMES_LAST, PEOPLE_LAST, SKILL_QUERIES_LAST, SKILLS_LAST

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


def test_other_and_harder_questions_once_others_joined(company):
    """People first, skills among the first three; and what the first sixty found is found still."""
    for at, (given, usual, family, phone) in enumerate((*PEOPLE_TOO, *PEOPLE_HARD, *PEOPLE_LAST)):
        email = "gerard.depardieu@rivage.example" if family == "Depardieu" else f"q{at}@rivage.example"
        make.colleague(given, family, team=company.data, site=company.nantes, title="Engineer", email=email, usual_name=usual, phone=phone)
    for english, french, others in (*SKILLS_HARD, *SKILLS_LAST):
        skill = make.SkillFactory(name=english, label_fr=french) if english not in {label for label, _, _ in SKILLS} else Skill.objects.get(name=english)
        for other in others:
            skill.aliases.get_or_create(text=other)
    search.drain()
    user, wrong = user_of(company, "cleo"), []
    for text, wanted in (*NAMES_TOO, *NAMES, *NAMES_HARD, *NAMES_LAST):
        titles = [hit.title for hit in search.find(user, text).hits]
        if titles[:1] != [wanted]:
            wrong.append((text, wanted, titles[:3]))
    for text, wanted in (*SKILL_QUERIES_TOO, *SKILL_QUERIES_HARD, *SKILL_QUERIES_LAST):
        titles = [hit.title for hit in search.find(user, text).hits]
        if wanted not in titles[:3]:
            wrong.append((text, wanted, titles[:3]))
    assert len(NAMES_TOO) == len(SKILL_QUERIES_TOO) == 40
    assert wrong == []
