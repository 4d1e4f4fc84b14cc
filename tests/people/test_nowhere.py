"""What its owner closed is on no page at all: readers × levels × places, by the index and while it is away."""

from datetime import timedelta

import pytest
from django.urls import reverse

from portal import search
from portal.people import directory, ties, visibility
from tests import factories as make

# Words that only Ben's page holds, by field.
SAID = {
    "pronouns": "xe/xem",
    "pronunciation": "oh-KAH-for-zzz",
    "headline": "Zirconium gauges",
    "ask_me_about": "Theremins at night",
    "working_pattern": "Away on moon days",
    "phone": "+33 1 99 44 17 90",
}
READERS = {
    visibility.ME: {"ben", "hugo"},
    visibility.TEAM: {"ben", "hugo", "maya"},
    visibility.COLLEAGUES: {"ben", "hugo", "maya", "cleo"},
}


@pytest.fixture(params=["index", "database"])
def by(request):
    return search.reindex if request.param == "index" else lambda: None


@pytest.fixture
def ben(cast):
    for field, text in SAID.items():
        setattr(cast.ben, field, text)
    cast.ben.spoken_languages, cast.ben.links, cast.ben.can_help = ["is"], ["https://example.org/ben-the-diver"], True
    make.PersonSkillFactory(tag=make.SkillFactory(name="Beekeeping", label_fr="Apiculture", slug="beekeeping"), content_object=cast.ben)
    return cast.ben


def places(cast):
    """Every address where something of a person may be read."""
    one = [reverse(f"people:{name}", args=[cast.ben.slug]) for name in ("person_detail", "person_vcard", "person_card", "person_print")]
    lists = [reverse("people:person_list"), reverse("people:team_detail", args=[cast.data.slug]), f"{reverse('people:team_list')}?person={cast.ben.slug}"]
    asked = [f"{where}?q={words}" for where in ("/people/", "/search/", "/search/suggest/") for words in ("ben okafor", "beekeping", "zirconium", "1790")]
    return [*one, *lists, *asked, "/people/skills/", "/people/skills/?q=beekeeping", "/"]


@pytest.mark.parametrize("level", READERS)
def test_nothing_closed_is_on_any_page(cast, ben, client_of, by, level):
    ben.visibility = dict.fromkeys((*SAID, "skills", "spoken_languages", "links", "can_help"), level)
    ben.save()
    by()
    hidden = [*SAID.values(), "ben-the-diver", "Icelandic"]
    for name in ("cleo", "maya", "hugo"):
        client = client_of(name)
        pages = {place: client.get(place) for place in places(cast)}
        assert {page.status_code for page in pages.values()} == {200}, {place: page.status_code for place, page in pages.items()}
        told = {text for text in hidden for page in pages.values() if text in page.content.decode()}
        holders = client.get(reverse("people:skill_detail", args=["beekeeping"])).content.decode()
        if name in READERS[level]:
            assert {"Zirconium gauges", "+33 1 99 44 17 90"} <= told
            assert "Ben Okafor" in holders
        else:
            assert told == set(), (name, told)
            assert "Ben Okafor" not in holders
            assert "Beekeeping" not in pages[reverse("people:person_detail", args=[cast.ben.slug])].content.decode()


# What each field puts on the pages of one person; the words stand nowhere else.
ON_PAGE = {
    **SAID,
    "spoken_languages": "Welsh",
    "links": "ben-the-diver",
    "absence_contact": "Quillfeather",
    "can_help": "Accepts questions.",
    "can_mentor": "Accepts to mentor.",
    "path": "Lighthouse keeper",
    "skills": "Beekeeping",
    "ties": "works with Ben",
    "photo": "/people/ben-okafor/photo/",
}
# Who reads a line at each level; the table is cast × fields × places.
ONE_PERSON = ("person_detail", "person_print", "person_card", "person_vcard")
BY_LEVEL = {
    visibility.ME: {"ben", "hugo"},
    visibility.TEAM: {"ben", "hugo", "maya"},
    visibility.COLLEAGUES: {"ben", "hugo", "maya", "cleo", "ilan"},
    visibility.ALUMNI: {"ben", "hugo", "maya", "cleo", "ilan", "omar"},
}


def test_the_table_speaks_of_every_field():
    assert set(ON_PAGE) == set(visibility.FIELDS)


@pytest.mark.parametrize("level", BY_LEVEL)
def test_each_field_is_on_the_pages_of_a_person_for_exactly_its_readers(cast, ben, client_of, monkeypatch, level):
    monkeypatch.setattr("portal.people.standing._agreed_to_stay", lambda person: True)
    ben.spoken_languages, ben.can_mentor, ben.photo = ["cy"], True, "photos/ben.jpg"
    ben.absence_contact = make.PersonFactory(given_name="Ada", family_name="Quillfeather")
    ben.visibility = dict.fromkeys(visibility.FIELDS, level)
    ben.save()
    day = ben.employee.joined_on
    make.AssignmentFactory(employee=ben.employee, title_en="Lighthouse keeper", started_on=day - timedelta(days=400), ended_on=day - timedelta(days=1))
    partner = make.colleague("Otto", "Partner", team=cast.desk, site=cast.nantes, visibility={"ties": visibility.ALUMNI, "headline": visibility.ALUMNI})
    ties.declare("works_with", giver=ben, receiver=partner, source="")
    for name in ("ben", "hugo", "maya", "cleo", "ilan", "omar"):
        client, told = client_of(name), set()
        for place in ONE_PERSON:
            response = client.get(reverse(f"people:{place}", args=[ben.slug]))
            if name == "omar" and level != visibility.ALUMNI:
                assert response.status_code == 404
                continue
            page = response.content.decode().replace("\r\n ", "")
            told |= {field for field, text in ON_PAGE.items() if text in page}
        expected = set(ON_PAGE) if name in BY_LEVEL[level] else set()
        assert told == expected, (name, told ^ expected)


@pytest.mark.parametrize("level", READERS)
def test_what_is_closed_is_in_no_count(cast, ben, by, level):
    ben.visibility = dict.fromkeys(("skills", "spoken_languages", "can_help"), level)
    ben.save()
    by()
    for name in ("cleo", "maya", "hugo"):
        user = getattr(cast, name).user
        asked = directory.Asked()
        found = directory.find(user, asked, visibility.reader_of(user))
        counted = {option.value for facet in ("help", "skill", "tongue") for option in found.facets.get(facet, []) if option.count}
        assert bool(counted & {"questions", "beekeeping", "is"}) == (name in READERS[level]), (name, counted)
        for chosen in ({"help": ["questions"]}, {"skill": ["beekeeping"]}, {"tongue": ["is"]}):
            narrowed = directory.find(user, directory.Asked(chosen=chosen), visibility.reader_of(user))
            assert (narrowed.page_obj.paginator.count == 1) == (name in READERS[level]), (name, chosen)
