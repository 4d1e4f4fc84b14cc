"""What is found, why, and what the page says when nothing is."""

import pytest
from django.utils import translation

from portal import search
from portal.people.models import SkillAlias
from portal.search import names
from portal.search.models import Change
from tests import factories as make
from tests.cast import user_of

pytestmark = pytest.mark.django_db


def test_a_colleague_is_found_by_first_and_last_name_in_any_order(found):
    assert found("cleo", "maya lefevre")[0] == "Maya Lefèvre"
    assert found("cleo", "Lefèvre Maya")[0] == "Maya Lefèvre"


def test_every_hit_says_why(indexed):
    hit = search.find(user_of(indexed, "cleo"), "lefevre", kinds=["person"]).hits[0]
    assert hit.why == ["name Lefèvre"]
    assert hit.marked == [("Maya ", False), ("Lefèvre", True)]


def test_who_lacks_one_of_the_words_follows_only_when_nobody_has_all(indexed):
    user = user_of(indexed, "cleo")
    assert not search.find(user, "maya lefevre").partial
    results = search.find(user, "maya xyzzy")
    assert results.partial
    assert results.hits[0].title == "Maya Lefèvre"
    assert "without: xyzzy" in results.hits[0].why


def test_a_typo_is_put_right_and_says_so(indexed):
    results = search.find(user_of(indexed, "cleo"), "okafro")
    assert results.hits[0].title == "Ben Okafor"
    assert results.suggestion == "Okafor"


def test_quotes_ask_for_neighbours_and_minus_takes_away(cast, found):
    make.colleague("Ana", "Costa", team=cast.data, site=cast.nantes, title="Engineer of data")
    search.drain()
    assert "Ana Costa" in found("cleo", "data engineer")
    assert "Ana Costa" not in found("cleo", '"data engineer"')
    assert "Ben Okafor" in found("cleo", '"data engineer"')
    assert "Ben Okafor" not in found("cleo", "data -engineer")


@pytest.mark.parametrize("word", ["zzzzqqq", "cckkk", "xkcd", "wqqz"])
def test_letters_nobody_can_say_sound_like_nobody(cast, found, word):
    make.colleague("Cheikh", "Zaki", team=cast.desk, site=cast.nantes)
    assert names.sound("cheikh") == names.sound("cheick") != ""
    search.drain()
    assert found("cleo", "cheick") == ["Cheikh Zaki"]
    assert names.sound(word) == ""
    assert not found("cleo", word)


def test_absurd_questions_find_nothing_and_break_nothing(indexed):
    user = user_of(indexed, "cleo")
    absurd = [
        "???",
        "-",
        '"',
        "''",
        "\\",
        "a'b\"c",
        "%_%",
        "' | 'x':*",
        "\x00",
        "x" * 5000,
        "é" * 200,
        "and or not",
        "-maya",
        "🙂",
        "( & | ! )",
        "<b>",
        "{{ 7*7 }}",
    ]
    for text in absurd:
        results = search.find(user, text)
        assert not results.away, text


def test_an_empty_question_lists_everything_in_pages(indexed):
    user = user_of(indexed, "cleo")
    first = search.find(user, "", kinds=["person"], size=2, sort="name")
    second = search.find(user, "", kinds=["person"], size=2, sort="name", page=2)
    assert first.total == 5
    assert not set(first.keys) & set(second.keys)


def test_facets_count_and_narrow_without_narrowing_themselves(indexed):
    user = user_of(indexed, "cleo")
    results = search.find(user, "", kinds=["person"], filters={"site": ["bristol"]})
    assert [hit.title for hit in results.hits] == ["Cleo Hart"]
    assert {facet.value: facet.count for facet in results.facets["site"]} == {"nantes": 4, "bristol": 1}
    assert {facet.value for facet in results.facets["team"]} == {"warnings"}


def test_a_skill_brings_who_has_it_and_who_accepts_to_help_first(cast, found):
    power = make.SkillFactory(name="Power BI", label_fr="Power BI")
    power.aliases.create(text="tableaux de bord Microsoft", language="fr")
    make.PersonSkillFactory(tag=power, content_object=cast.ben, level=4)
    make.PersonSkillFactory(tag=power, content_object=cast.ilan, level=1, accepts_help=True)
    make.PersonSkillFactory(tag=power, content_object=cast.maya, level=2)
    search.drain()
    assert found("cleo", "power bi") == ["Power BI", "Ilan Peretz", "Ben Okafor", "Maya Lefèvre"]
    assert found("cleo", "tableau de bord microsoft")[:2] == ["Power BI", "Ilan Peretz"]


def test_a_change_is_found_after_the_drain_and_a_deletion_too(cast, found):
    cast.ben.usual_name = "Benedict"
    cast.ben.save()
    assert Change.objects.exists()
    search.drain()
    assert not Change.objects.exists()
    assert found("cleo", "benedict") == ["Benedict Okafor"]


def test_a_bulk_change_is_touched_by_hand(cast, found):
    type(cast.ben).objects.filter(pk=cast.ben.pk).update(family_name="Achebe")
    assert "Ben Achebe" not in found("cleo", "achebe")
    search.touch("person", [cast.ben.pk])
    search.drain()
    assert found("cleo", "achebe") == ["Ben Achebe"]


def test_without_an_index_names_are_still_found_and_the_page_says_so(cast):
    results = search.find(user_of(cast, "cleo"), "okafor")
    assert results.away
    assert [hit.title for hit in results.hits] == ["Ben Okafor"]


def test_the_rule_disposes_of_what_the_index_still_holds(indexed):
    from portal.people.models import Assignment

    Assignment.objects.filter(employee__person=indexed.ben).update(ended_on="2020-01-01", started_on="2019-01-01")
    assert search.find(user_of(indexed, "cleo"), "okafor", kinds=["person"]).hits == []


def test_type_ahead_finds_from_two_letters(indexed):
    assert "Ben Okafor" in [hit.title for hit in search.suggest(user_of(indexed, "cleo"), "ok")]
    assert search.suggest(user_of(indexed, "cleo"), "") == []


def test_a_name_begun_goes_before_another_word_for_something_else(cast, found):
    fields = make.SkillFactory(name="Gauge fitting", label_fr="Pose de stations")
    SkillAlias.objects.create(skill=fields, text="stations hydrométriques", language="fr")
    make.SkillFactory(name="Hydrology", label_fr="Hydrologie")
    search.reindex()
    assert found("cleo", "hydro", kinds=["skill"]) == ["Hydrology", "Gauge fitting"]


@pytest.mark.parametrize(("language", "why"), [("en", "label Hydrology"), ("fr", "libellé Hydrologie")])
def test_the_reason_is_in_the_readers_language_where_both_answer(cast, language, why):
    make.SkillFactory(name="Hydrology", label_fr="Hydrologie")
    search.reindex()
    with translation.override(language):
        for typed in ("hydro", "hydrologic"):
            assert search.find(user_of(cast, "cleo"), typed, kinds=["skill"]).hits[0].why == [why]
