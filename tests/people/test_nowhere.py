"""What its owner closed is on no page at all: readers × levels × places, by the index and while it is away."""

import pytest
from django.urls import reverse

from portal import search
from portal.people import visibility
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
