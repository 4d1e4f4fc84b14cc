"""Bringing people in: what a file may say, what is refused in words, and that a second time changes nothing."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from portal.models import AuditEntry
from portal.people.importing import exporting, mapping, planning, sheets, writing
from portal.people.importing.fields import never_taken
from portal.people.models import Assignment, Employee, Person, PersonSkill, Skill, Team
from tests import factories as make

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
DOCS = Path(__file__).resolve().parents[2] / "docs" / "import"
IBM = DATA / "ibm_hr_attrition.csv"

HEAD = "number,given_name,family_name,work_email,team,title_en,manager,joined_on,skills\n"
TWO = HEAD + "1,Ada,Lo,ada@x.example,Rivage / Data,Analyst,2,2020-01-06,Python;Rivers\n2,Bo,Mi,,Rivage,Head,,06/01/2015,\n"


def sheet(text):
    return sheets.read("people.csv", text.encode())


def bring(text, chosen=None):
    found = sheet(text)
    plan = planning.make(found, chosen or mapping.proposed(found.headings))
    writing.carry_out(plan)
    return plan


def looked(text):
    found = sheet(text)
    return planning.make(found, mapping.proposed(found.headings))


@pytest.fixture
def nantes(db):
    return make.SiteFactory(code="nantes")


def test_people_teams_managers_and_skills_come_in_as_the_file_says(nantes):
    bring(TWO)
    ada = Person.objects.get(family_name="Lo")
    seat = ada.employee.assignments.get()
    assert (seat.team.name_en, seat.team.parent.name_en, seat.title_en, str(seat.manager)) == ("Data", "Rivage", "Analyst", "Bo Mi")
    assert ada.employee.joined_on == date(2020, 1, 6)
    assert Employee.objects.get(number="2").joined_on == date(2015, 1, 6)
    assert {holding.tag.name for holding in ada.holdings.all()} == {"Python", "Rivers"}
    assert AuditEntry.objects.filter(action="people.imported").get().detail["create"] == 2


def test_looking_writes_nothing(nantes):
    counts = looked(TWO).counts()
    assert counts == {"create": 2, "change": 0, "same": 0, "refused": 0}
    assert not Person.objects.exists()
    assert not Team.objects.exists()
    assert not Skill.objects.exists()


def test_a_second_time_leaves_everybody_alone(nantes):
    bring(TWO)
    assert bring(TWO).counts() == {"create": 0, "change": 0, "same": 2, "refused": 0}


def test_what_differs_is_shown_from_what_to_what_then_changed(nantes):
    bring(TWO)
    changed = TWO.replace("Analyst", "Lead analyst").replace("Python;Rivers", "Python;Maps")
    plan = bring(changed)
    row = next(row for row in plan.rows if row.kind == planning.CHANGE)
    assert ("title_en", "Analyst", "Lead analyst") in row.changes
    assert Assignment.objects.get(employee__number="1").title_en == "Lead analyst"
    assert PersonSkill.objects.filter(content_object__employee__number="1").count() == 3, "skills are added, never taken away"


def test_an_empty_cell_changes_nothing(nantes):
    bring(TWO)
    assert bring("number,work_email\n1,\n").counts()["same"] == 1
    assert Person.objects.get(family_name="Lo").work_email == "ada@x.example"


def test_nobodys_name_is_invented(nantes):
    bring("number,team\n4711,Data\n")
    person = Person.objects.get()
    assert (person.given_name, person.family_name, person.display_name) == ("", "4711", "4711")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",Ada,Lo,,,,,,", "number is missing"),
        ("1,Ada,Lo,nowhere,,,,,", "nowhere"),
        ("1,Ada,Lo,,,,,31/31/2020,", "31/31/2020"),
        ("1,Ada,Lo,,,,99,,", "99"),
        ("1,Ada,Lo,,,,1,,", "own manager"),
        ("1," + "A" * 81 + ",Lo,,,,,,", "80"),
    ],
)
def test_a_wrong_row_is_left_out_with_its_number_and_the_reason(nantes, row, said):
    plan = bring(HEAD + "7,Good,One,,,,,,\n" + row + "\n")
    assert plan.counts()["refused"] == 1
    refused = plan.rows[1]
    assert refused.line == 3
    assert said in " ".join(refused.problems)
    assert Person.objects.count() == 1


def test_a_number_that_stands_twice_is_taken_once(nantes):
    plan = bring("number,family_name\n1,Lo\n1,La\n")
    assert [row.kind for row in plan.rows] == ["create", "refused"]
    assert "row 2" in plan.rows[1].problems[0]


def test_a_site_nobody_knows_is_refused_not_made(nantes):
    plan = looked("number,site\n1,Atlantis\n2,NANTES\n")
    assert [row.kind for row in plan.rows] == ["refused", "create"]


def test_nothing_is_half_written(nantes, monkeypatch):
    plan = looked(TWO)
    plan.rows[1].values["team"] = "a team that was never planned"
    with pytest.raises(KeyError):
        writing.carry_out(plan)
    assert not Person.objects.exists()
    assert not Team.objects.exists()


@pytest.mark.parametrize(
    "heading",
    [
        "Age",
        "Sexe",
        "MaritalStatus",
        "MonthlyIncome",
        "DailyRate",
        "PerformanceRating",
        "Over18",
        "Attrition",
        "date_de_naissance",
        "Salaire brut",
        "Situation de famille",
    ],
)
def test_what_we_never_take_is_known_by_its_heading(heading):
    assert never_taken(heading)


@pytest.mark.parametrize("heading", ["Language", "Manager", "Stage", "Nom de famille", "Village", "Sexton", "JobRole"])
def test_innocent_headings_are_taken(heading):
    assert not never_taken(heading)


def test_a_mapping_cannot_take_what_we_never_take(nantes, tmp_path):
    with pytest.raises(mapping.Unusable, match="Age"):
        planning.make(sheet("number,Age\n1,40\n"), mapping.Mapping({"number": mapping.Column("number"), "title_en": mapping.Column("Age")}))


def test_a_mapping_that_names_a_missing_column_says_which(nantes):
    with pytest.raises(mapping.Unusable, match="Matricule"):
        planning.make(sheet("number\n1\n"), mapping.Mapping({"number": mapping.Column("Matricule")}))


def test_french_headings_are_understood():
    headings = ["Matricule", "Nom", "Prénom", "Équipe", "Date d'entrée", "Compétences", "Salaire"]
    found = mapping.proposed(headings).columns
    assert {name: column.column for name, column in found.items()} == {
        "number": "Matricule", "family_name": "Nom", "given_name": "Prénom", "team": "Équipe", "joined_on": "Date d'entrée", "skills": "Compétences",
    }  # fmt: skip


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_was_written_comes_back_the_same(nantes, tmp_path, ending):
    bring(TWO)
    Person.objects.filter(family_name="Lo").update(phone="+33 1 99 00 00 01", usual_name="=1+1")
    first, second = tmp_path / f"first.{ending}", tmp_path / "second.csv"
    call_command("export_people", first, verbosity=0)
    rows = list(exporting.rows())
    Person.objects.filter(pk__in=[]).delete()
    for model in (Assignment, Employee, PersonSkill, Person):
        model.objects.all().delete()
    call_command("import_people", first, "--yes", verbosity=0)
    call_command("export_people", second, verbosity=0)
    assert list(exporting.rows()) == rows
    if ending == "csv":
        assert first.read_bytes() == second.read_bytes()
        assert "'=1+1" in first.read_text()
        assert "'+33" in first.read_text()


def test_the_command_writes_only_when_told(nantes, tmp_path, capsys):
    file = tmp_path / "people.csv"
    file.write_text(TWO)
    call_command("import_people", file)
    assert "Nothing was written" in capsys.readouterr().out
    assert not Person.objects.exists()
    call_command("import_people", file, "--yes")
    assert Person.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.csv", b""), ("a.csv", b"number\n"), ("a.xlsx", b"number\n1\n"), ("a.pdf", b"%PDF"), ("a.csv", b"number,number\n1,2\n"), ("a.csv", b"a\x00b\n1\n")],
)
def test_what_is_no_table_is_refused_in_words(tmp_path, name, content, db):
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(CommandError) as refusal:
        call_command("import_people", file)
    assert len(str(refusal.value)) > 15


@pytest.mark.skipif(not IBM.exists(), reason=f"{IBM} is not on this machine")
def test_the_real_hr_file_comes_in_and_a_second_time_changes_nothing(db, capsys):
    call_command("import_people", IBM, "--mapping", DOCS / "ibm_hr.toml", "--yes")
    said = capsys.readouterr().out
    assert "1470 to create" in said
    for column in ("Age", "Gender", "MaritalStatus", "MonthlyIncome", "PerformanceRating", "Attrition"):
        assert column in said.partition("Not mapped")[0]
    assert Employee.objects.count() == 1470
    assert not Person.objects.exclude(given_name="").exists()
    call_command("import_people", IBM, "--mapping", DOCS / "ibm_hr.toml", "--yes")
    assert "0 to create, 0 to change, 1470 unchanged" in capsys.readouterr().out


def test_the_mapping_we_ship_names_only_fields_there_are():
    assert set(mapping.from_toml(DOCS / "people.toml").columns) <= set(exporting.headings())
