"""Who reads which field: the cast against every level, in the page, in the database's lists, in the vCard."""

import pytest
from django.urls import reverse

from portal.people import path, profile, vcard, visibility
from portal.people.models import Person, PersonSkill, SkillConfirmation
from tests import factories as make
from tests.cast import user_of

# Ben's line at each level: who reads it. Maya is in Ben's team; Hugo is on the People team; Omar left and agreed to nothing.
READERS = {
    visibility.ME: {"ben", "hugo"},
    visibility.TEAM: {"ben", "hugo", "maya"},
    visibility.COLLEAGUES: {"ben", "hugo", "maya", "cleo", "ilan"},
    visibility.ALUMNI: {"ben", "hugo", "maya", "cleo", "ilan"},
}
NAMES = ("maya", "hugo", "nia", "ben", "cleo", "ilan", "omar", "visitor")
TEXTS = {
    "phone": "02 40 00 44 71",
    "pronouns": "he/him",
    "headline": "Streams at night",
    "working_pattern": "Home on Mondays",
    "ask_me_about": "Kafka and bikes",
}


def reader(cast, name):
    return visibility.reader_of(user_of(cast, name))


def fresh(person):
    return Person.objects.get(pk=person.pk)


@pytest.mark.parametrize("level", READERS)
@pytest.mark.parametrize("field", visibility.FIELDS)
def test_a_field_is_read_by_exactly_those_of_its_level(cast, field, level):
    cast.ben.visibility = {field: level}
    cast.ben.save()
    readers = {name for name in NAMES if visibility.may_read(field, fresh(cast.ben), reader(cast, name))}
    assert readers == READERS[level]
    listed = {name for name in NAMES if Person.objects.filter(pk=cast.ben.pk).filter(visibility.readable_q(field, reader(cast, name))).exists()}
    assert listed == READERS[level], "the page and the database say the same"


@pytest.mark.parametrize("level", READERS)
@pytest.mark.parametrize("of_all", [True, False], ids=["all skills", "this skill"])
def test_a_skill_is_known_to_exactly_those_of_its_level(cast, level, of_all):
    holding = make.PersonSkillFactory(content_object=cast.ben, visibility="" if of_all else level)
    if of_all:
        cast.ben.visibility = {"skills": level}
        cast.ben.save()
    found = {name for name in NAMES if PersonSkill.objects.visible_to(user_of(cast, name)).filter(pk=holding.pk).exists()}
    assert found == READERS[level]


@pytest.mark.parametrize("own", ["", visibility.ME, visibility.ALUMNI], ids=["as all skills", "of its own: me", "of its own: alumni"])
@pytest.mark.parametrize("level", ["", *READERS])
def test_what_was_seen_of_a_skill_is_known_to_whom_the_skill_is(cast, level, own):
    """Also where its owner chose no level at all, which is what most people do."""
    cast.ben.visibility = {"skills": level} if level else {}
    cast.ben.save()
    holding = make.PersonSkillFactory(content_object=cast.ben, visibility=own)
    SkillConfirmation.objects.create(holding=holding, by=cast.cleo)
    found = {name for name in NAMES if SkillConfirmation.objects.visible_to(user_of(cast, name)).exists()}
    assert found == READERS[own or level or visibility.COLLEAGUES]
    assert {name for name in NAMES if SkillConfirmation.objects.allowing(user_of(cast, name), "people.remove_skillconfirmation")} == {"ben", "cleo"}


@pytest.mark.parametrize("level", READERS)
def test_page_and_vcard_hold_only_what_their_reader_may_read(cast, client_of, level):
    for field, text in TEXTS.items():
        setattr(cast.ben, field, text)
    cast.ben.visibility = dict.fromkeys(TEXTS, level)
    cast.ben.save()
    for name in ("maya", "hugo", "cleo"):
        page = client_of(name).get(cast.ben.get_absolute_url()).content.decode()
        card = client_of(name).get(reverse("people:person_vcard", args=[cast.ben.slug])).content.decode()
        for field, text in TEXTS.items():
            assert (text in page) == (name in READERS[level]), (name, field)
        assert ("02 40 00 44 71" in card) == (name in READERS[level])


def test_official_lines_stay_with_colleagues_whatever_the_owner_writes(cast):
    cast.ben.visibility = {"title": visibility.ME, "name": visibility.ME}
    assert visibility.may_read("title", cast.ben, reader(cast, "cleo"))
    assert not visibility.may_read("title", cast.ben, visibility.AN_ALUMNUS)


def test_the_people_team_of_another_site_reads_as_colleagues_do(cast):
    from portal import roles

    make.duty(cast.cleo, roles.HR, site=cast.bristol)
    cast.ben.visibility = {"phone": visibility.ME}
    cast.ben.save()
    assert not visibility.may_read("phone", fresh(cast.ben), reader(cast, "cleo"))
    cast.cleo.visibility = {"phone": visibility.ME}
    assert visibility.may_read("phone", cast.cleo, reader(cast, "cleo"))


def test_an_alumnus_sees_colleagues_who_opened_something_to_alumni_and_nothing_else(cast, client_of, monkeypatch):
    monkeypatch.setattr("portal.people.standing._agreed_to_stay", lambda person: True)
    cast.ben.headline, cast.ben.phone, cast.ben.visibility = "Streams at night", "02 40 00 44 71", {"headline": visibility.ALUMNI}
    cast.ben.save()
    client = client_of("omar")
    page = client.get(cast.ben.get_absolute_url()).content.decode()
    assert "Streams at night" in page
    assert "02 40 00 44 71" not in page
    assert "Data engineer" not in page
    assert 'id="contact"' not in page  # no title over nothing
    cast.ben.visibility["phone"] = visibility.ALUMNI
    cast.ben.save()
    assert 'id="contact"' in client.get(cast.ben.get_absolute_url()).content.decode()
    assert client.get(cast.maya.get_absolute_url()).status_code == 404


def test_seeing_my_page_as_a_colleague_hides_what_a_colleague_may_not_read(cast, client_of):
    cast.ben.phone, cast.ben.visibility = "02 40 00 44 71", {"phone": visibility.ME}
    cast.ben.save()
    client = client_of("ben")
    assert "02 40 00 44 71" in client.get(cast.ben.get_absolute_url()).content.decode()
    assert "02 40 00 44 71" not in client.get(cast.ben.get_absolute_url(), {"as": "colleague"}).content.decode()
    assert "Data engineer" not in client.get(cast.ben.get_absolute_url(), {"as": "alumni"}).content.decode()


def test_see_as_does_nothing_on_the_page_of_another(cast, client_of):
    cast.ben.phone = "02 40 00 44 71"
    cast.ben.save()
    assert "02 40 00 44 71" in client_of("maya").get(cast.ben.get_absolute_url(), {"as": "alumni"}).content.decode()


def test_a_vcard_reads_back_what_was_written(cast):
    import vobject

    cast.ben.family_name = "O’Kafor; the, \\ second"
    cast.ben.ask_me_about = "Kafka\nBikes, and é" * 20
    card = vcard.written(profile.of(cast.ben, reader(cast, "maya")))
    read = vobject.readOne(card)
    assert read.fn.value == "Ben O’Kafor; the, \\ second"
    assert read.n.value.family == "O’Kafor; the, \\ second"
    assert read.note.value.count("Bikes, and é") == 20
    assert all(len(line.encode()) <= 75 for line in card.split("\r\n"))


def test_leavers_are_found_for_ninety_days_with_who_to_ask_instead(cast, client_of):
    from datetime import timedelta

    from portal import clock

    for days, status in ((89, 200), (91, 404)):
        day = clock.today() - timedelta(days=days)
        cast.omar.employee.assignments.update(ended_on=day, manager=cast.maya)
        response = client_of("cleo").get(cast.omar.get_absolute_url())
        assert response.status_code == status
        if status == 200:
            assert "Ask instead:" in response.content.decode()
            assert "Maya Lefèvre" in response.content.decode()
    assert path.of(fresh(cast.omar)).phase == path.LEFT
