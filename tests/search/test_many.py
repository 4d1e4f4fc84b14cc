"""When more hold the words than may be scored: nobody called so is lost, the best come first, and the page says so."""

import pytest
from django.conf import settings
from django.utils import translation

from portal import search
from portal.people.models import PersonSkill
from portal.search import finder
from tests import factories as make
from tests.cast import user_of

MOST, MANY = 5, 14
CAPPED = settings.SEARCH_BACKEND == "postgresql"  # the embedded store scores every answer


@pytest.fixture
def crowd(cast, monkeypatch):
    """Fourteen people know Ruby, two of them well and ready to help; one is called Ruby, and joined last."""
    monkeypatch.setattr(finder, "MOST", MOST)
    ruby = make.SkillFactory(name="Ruby", label_fr="Ruby", slug="ruby")
    for at in range(MANY):
        one = make.colleague(f"Given{at:02}", "Quidam", team=cast.data, site=cast.nantes, title="Engineer")
        good = at in (3, 11)
        make.PersonSkillFactory(tag=ruby, content_object=one, level=4 if good else 1, accepts_help=good, interest=PersonSkill.Interest.choices[0][0])
    make.colleague("Ruby", "Adeyemi", team=cast.data, site=cast.bristol, title="Engineer")
    search.reindex()
    return cast


def test_who_is_called_so_and_the_best_are_not_lost(crowd):
    found = search.find(user_of(crowd, "cleo"), "ruby")
    assert found.more == CAPPED
    titles = [hit.title for hit in found.hits]
    assert titles[:3] == ["Ruby", "Given03 Quidam", "Given11 Quidam"]
    assert "Ruby Adeyemi" in titles
    assert found.total == (MOST if CAPPED else MANY + 2)


def test_the_page_says_that_there_are_more_in_both_languages(crowd, client_of):
    page = client_of("cleo").get("/search/?q=ruby").content.decode()
    assert ("More than 5 results" in page) == CAPPED
    assert ("more than 5 people have it, 2 accept to help" if CAPPED else "14 people have it, 2 accept to help") in page
    directory = client_of("cleo").get("/people/?q=ruby").content.decode()
    for words in ("More than 5 people", "The best 5 are listed, and the filters count these."):
        assert (words in directory) == CAPPED
    with translation.override("fr"):
        assert str(search.find(user_of(crowd, "cleo"), "ruby").tally) == ("plus de 5" if CAPPED else "16")


def test_a_filter_or_another_word_finds_those_beyond(crowd):
    user = user_of(crowd, "cleo")
    assert [hit.title for hit in search.find(user, "ruby", filters={"site": ["bristol"]}).hits] == ["Ruby Adeyemi"]
    assert [hit.title for hit in search.find(user, "ruby given12").hits] == ["Given12 Quidam"]
    narrowed = search.find(user, "quidam", filters={"kind": ["person"], "help": ["questions"]})
    assert not narrowed.more


def test_by_name_the_first_of_all_come_first(crowd):
    user = user_of(crowd, "cleo")
    found = search.find(user, "engineer", kinds=["person"], sort="name")
    assert [hit.title for hit in found.hits][:3] == ["Ben Okafor", "Given00 Quidam", "Given01 Quidam"]
    everybody = search.find(user, "", kinds=["person"])
    assert everybody.hits[0].title == "Ben Okafor"
    assert everybody.more == CAPPED


def test_each_kind_is_counted_though_the_best_are_all_people(crowd):
    found = search.find(user_of(crowd, "cleo"), "ruby")
    counts = {facet.value: str(facet.count) for facet in found.facets["kind"]}
    assert counts == ({"person": "more than 4", "skill": "1"} if CAPPED else {"person": "15", "skill": "1"})


def test_when_nobody_has_all_the_words_those_with_most_come_first(crowd):
    found = search.find(user_of(crowd, "cleo"), "given12 quidam xyzzy")
    assert found.partial
    assert found.hits[0].title == "Given12 Quidam"
    assert found.more == CAPPED
