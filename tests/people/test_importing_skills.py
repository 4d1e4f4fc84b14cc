"""Skills from a file: our own list and ESCO's, as often as one likes."""

from pathlib import Path

import pytest

from portal.people import skills as directory
from portal.people.importing import skills
from portal.people.models import Skill, SkillAlias

ESCO = Path(__file__).resolve().parents[3] / "shared" / "data" / "esco_skills_compact_en_fr.csv"


@pytest.mark.django_db
def test_our_own_list_has_both_languages_and_no_word_twice():
    outcome = skills.import_file(skills.OWN_LIST, write=True)
    assert outcome.created >= 150
    assert not outcome.problems
    assert not Skill.objects.filter(label_fr="").exists()
    assert directory.named("permis bateau").name == "Boat handling"


@pytest.mark.django_db
def test_looking_writes_nothing_and_twice_is_once():
    assert skills.import_file(skills.OWN_LIST, write=False).created
    assert not Skill.objects.exists()
    skills.import_file(skills.OWN_LIST, write=True)
    again = skills.import_file(skills.OWN_LIST, write=True)
    assert (again.created, again.changed) == (0, 0)


@pytest.mark.django_db
def test_what_people_edited_is_kept(tmp_path):
    skills.import_file(skills.OWN_LIST, write=True)
    Skill.objects.filter(name="Python").update(label_fr="Le langage Python")
    skills.import_file(skills.OWN_LIST, write=True)
    assert Skill.objects.get(name="Python").label_fr == "Le langage Python"


@pytest.mark.django_db
def test_a_label_that_stands_twice_is_left_out_with_its_row(tmp_path):
    file = tmp_path / "skills.csv"
    file.write_text("uuid,label_en,label_fr\na,Water,Eau\nb,water,\nc,,Vide\n", encoding="utf-8")
    outcome = skills.import_file(file, write=True)
    assert [line for line, _problem in outcome.problems] == [3, 4]
    assert Skill.objects.get().esco_uri.endswith("/a")


@pytest.mark.django_db
def test_a_file_of_something_else_is_refused_in_words(tmp_path):
    file = tmp_path / "other.csv"
    file.write_text("a,b\n1,2\n")
    with pytest.raises(skills.Unreadable, match="label_en"):
        skills.import_file(file, write=True)


@pytest.mark.skipif(not ESCO.exists(), reason=f"{ESCO} is not on this machine")
@pytest.mark.django_db
def test_the_esco_file_comes_in_beside_our_list_and_a_second_time_changes_nothing():
    skills.import_file(skills.OWN_LIST, write=True)
    first = skills.import_file(ESCO, write=True)
    assert first.created + first.changed == 13_896
    assert first.without_french == 512
    second = skills.import_file(ESCO, write=True)
    assert (second.created, second.changed, second.unchanged) == (0, 0, 13_896)
    assert SkillAlias.objects.exists()
