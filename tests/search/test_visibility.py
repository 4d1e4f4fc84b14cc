"""What the owner closed never matches, is never counted, never proposed and never guessed: readers × fields × levels × places."""

import pytest

from portal import search
from portal.people import standing
from portal.people.visibility import ALUMNI, COLLEAGUES, ME, TEAM
from tests import factories as make
from tests.cast import user_of

pytestmark = pytest.mark.django_db

# Words that only Ben has, by the field they come from; a facet value where the field has one.
FIELDS = {
    "headline": ("zirconium", None),
    "ask_me_about": ("theremins", None),
    "skills": ("beekeeping", ("skill", "beekeeping")),
    "spoken_languages": ("icelandic", ("tongue", "is")),
    "phone": ("4417", None),
    "path": ("lamplighter", None),
    "can_help": (None, ("help", "questions")),
    "can_mentor": (None, ("help", "mentoring")),
}
GUESSED = ("skills", "spoken_languages")  # sentences are matched by whole words only
# Who reads what of Ben: himself, a team mate, a colleague elsewhere, the People team, an alumnus, a visitor.
READERS = {
    "ben": {ME, TEAM, COLLEAGUES, ALUMNI},
    "maya": {TEAM, COLLEAGUES, ALUMNI},
    "cleo": {COLLEAGUES, ALUMNI},
    "hugo": {ME, TEAM, COLLEAGUES, ALUMNI},
    "omar": {ALUMNI},
    "visitor": set(),
}


@pytest.fixture
def ben(cast, monkeypatch):
    monkeypatch.setattr(standing, "_agreed_to_stay", lambda person: True)
    ben = cast.ben
    ben.headline, ben.ask_me_about, ben.spoken_languages, ben.phone = "Zirconium gauges", "Theremins", ["is"], "02 40 11 44 17"
    ben.can_help = ben.can_mentor = True
    ben.save()
    skill = make.SkillFactory(name="Beekeeping", label_fr="Apiculture", slug="beekeeping")
    make.PersonSkillFactory(tag=skill, content_object=ben)
    make.AssignmentFactory(
        employee=ben.employee, team=cast.desk, site=cast.nantes, title_en="Lamplighter", title_fr="", started_on="2015-01-01", ended_on="2016-01-01"
    )
    return ben


def _mistyped(word):
    return word[:2] + word[3] + word[2] + word[4:]


@pytest.mark.parametrize("level", [ME, TEAM, COLLEAGUES, ALUMNI])
def test_each_level_in_each_place(cast, ben, level):
    ben.visibility = dict.fromkeys(FIELDS, level)
    ben.save()
    search.reindex()
    wrong = []
    for name, levels in READERS.items():
        user, may = user_of(cast, name), level in levels
        everybody = search.find(user, "", kinds=["person"])
        for field, (word, facet) in FIELDS.items():
            places = {}
            if word:
                found = search.find(user, word, kinds=["person"])
                places["match"] = "Ben Okafor" in [hit.title for hit in found.hits]
                places["total"] = found.total > 0
                begun = word[:6] if field in GUESSED else word
                places["type-ahead"] = "Ben Okafor" in [hit.title for hit in search.suggest(user, begun, kinds=["person"])]
            if word and field in GUESSED:
                typo = search.find(user, _mistyped(word), kinds=["person"])
                places["near"] = typo.total > 0
                places["did you mean"] = word in typo.suggestion.lower()
            if facet:
                places["facet"] = facet[1] in {each.value for each in everybody.facets.get(facet[0], ()) if each.count}
                places["filter"] = search.find(user, "", kinds=["person"], filters={facet[0]: [facet[1]]}).total > 0
            wrong += [(name, field, place) for place, seen in places.items() if seen != may]
    assert wrong == []


def test_title_and_team_stay_with_colleagues_beside_a_hit_too(cast, ben):
    """What is open to alumni brings the person, and not the official lines that the page hides from them."""
    ben.visibility = dict.fromkeys(FIELDS, ALUMNI)
    ben.save()
    search.reindex()
    seat = cast.ben.employee.assignments.get(ended_on=None)
    for name, reads in (("omar", False), ("cleo", True), ("maya", True), ("hugo", True)):
        user = user_of(cast, name)
        for hit in (*search.find(user, "beekeeping", kinds=["person"]).hits, *search.suggest(user, "Okafor", kinds=["person"])):
            assert hit.title == "Ben Okafor"
            assert (str(seat.title) in hit.subtitle and str(seat.team.name) in hit.subtitle) is reads, name
            assert bool(hit.subtitle) is reads, name


def test_one_skill_may_be_closed_more_than_the_others(cast, ben):
    ben.holdings.update(visibility=ME)
    search.reindex()
    assert search.find(user_of(cast, "cleo"), "beekeeping", kinds=["person"]).total == 0
    assert search.find(user_of(cast, "ben"), "beekeeping", kinds=["person"]).total == 1
    assert search.find(user_of(cast, "cleo"), "beekeeping").intents[0][1] == "Nobody shows this skill yet."


def test_minus_tells_nothing_of_what_is_closed(cast, ben):
    ben.visibility = {"skills": ME}
    ben.save()
    search.reindex()
    with_it = search.find(user_of(cast, "cleo"), "okafor", kinds=["person"])
    without = search.find(user_of(cast, "cleo"), "okafor -beekeeping", kinds=["person"])
    assert with_it.total == without.total == 1
    assert search.find(user_of(cast, "ben"), "okafor -beekeeping", kinds=["person"]).total == 0


def test_closing_a_field_takes_effect_with_the_drain(cast, ben):
    search.reindex()
    assert search.find(user_of(cast, "cleo"), "zirconium").total == 1
    ben.visibility = {"headline": TEAM}
    ben.save()
    search.drain()
    assert search.find(user_of(cast, "cleo"), "zirconium").total == 0
    assert search.find(user_of(cast, "maya"), "zirconium").total == 1


def test_the_employee_number_is_for_the_people_team_and_oneself(cast):
    search.reindex()
    number = cast.ben.employee.number
    assert search.find(user_of(cast, "hugo"), number).hits[0].title == "Ben Okafor"
    assert search.find(user_of(cast, "ben"), number).hits[0].title == "Ben Okafor"
    assert search.find(user_of(cast, "cleo"), number).total == 0


def test_the_people_team_of_one_site_reads_its_own_people_only(cast, ben):
    ben.visibility = {"headline": ME}
    ben.save()
    make.duty(cast.cleo, "hr", site=cast.bristol)
    make.duty(cast.ilan, "hr", site=cast.nantes)
    search.reindex()
    assert search.find(user_of(cast, "cleo"), "zirconium").total == 0
    assert search.find(user_of(cast, "ilan"), "zirconium").total == 1


def test_who_is_to_come_is_found_by_the_people_team_alone(cast):
    search.reindex()
    assert search.find(user_of(cast, "hugo"), "diallo", kinds=["person"]).total == 1
    assert search.find(user_of(cast, "cleo"), "diallo", kinds=["person"]).total == 0
    assert search.find(user_of(cast, "maya"), "diallo", kinds=["person"]).total == 0
