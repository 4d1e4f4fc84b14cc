"""The page that brings people in: who may, what is shown before anything is written, and what a worker does."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal.people import tasks
from portal.people.importing import transitions
from portal.people.models import ImportRow, PeopleImport, Person

CSV = b"Employee number,First name,Last name,Site,Department,Age\n900,Ada,Lo,nantes,Data,40\n901,Bo,,nantes,Data,41\n902,Cy,Ra,atlantis,Data,42\n"


def upload(browser, content=CSV, name="people.csv"):
    return browser.post(reverse("people:import_list"), {"file": SimpleUploadedFile(name, content)}, follow=True)


def columns(**more):
    return {"number": "Employee number", "given_name": "First name", "family_name": "Last name", "site": "Site", "team": "Department", "split": ";", **more}


@pytest.mark.parametrize(("name", "answer"), [("hugo", 200), ("maya", 404), ("cleo", 404), ("ilan", 404), ("omar", 404), ("nia", 404), ("visitor", 302)])
def test_only_the_people_team_of_all_sites_brings_people_in(client_of, name, answer):
    assert client_of(name).get(reverse("people:import_list")).status_code == answer


def test_the_file_is_shown_then_written_when_confirmed(client_of):
    hugo = client_of("hugo")
    page = upload(hugo)
    assert "Never taken" in page.content.decode()
    assert "Age" in page.content.decode()
    bringing = PeopleImport.objects.get()
    before = Person.objects.count()
    page = hugo.post(reverse("people:import_columns", args=[bringing.pk]), columns(), follow=True).content.decode()
    assert "atlantis" in page
    assert Person.objects.count() == before
    page = hugo.post(reverse("people:import_confirm", args=[bringing.pk]), follow=True).content.decode()
    bringing.refresh_from_db()
    assert bringing.status == "done"
    assert not bringing.file
    assert Person.objects.count() == before + 2
    assert list(bringing.rows.values_list("kind", flat=True)) == ["refused"], "what was left out stays readable"
    assert "atlantis" in page


def test_nobody_else_confirms_the_file_of_hugo(client_of):
    upload(client_of("hugo"))
    bringing = PeopleImport.objects.get()
    for name in ("maya", "cleo", "ilan"):
        for verb in ("confirm", "cancel", "choose", "columns"):
            assert client_of(name).post(reverse(f"people:import_{verb}", args=[bringing.pk])).status_code == 404


def test_a_file_nobody_can_read_says_why(client_of):
    page = upload(client_of("hugo"), b"\x00\x01", "people.xlsx")
    assert page.status_code == 422
    assert "XLSX" in page.content.decode()
    assert not PeopleImport.objects.exists()


def test_the_number_has_to_be_chosen(client_of):
    hugo = client_of("hugo")
    upload(hugo)
    answer = hugo.post(reverse("people:import_columns", args=[PeopleImport.objects.get().pk]), columns(number=""))
    assert answer.status_code == 422


def test_a_column_that_is_never_taken_cannot_be_chosen_by_hand(client_of):
    hugo = client_of("hugo")
    upload(hugo)
    assert hugo.post(reverse("people:import_columns", args=[PeopleImport.objects.get().pk]), columns(title_en="Age")).status_code == 422


def test_a_large_file_is_left_to_the_worker_and_done_once(client_of, monkeypatch, cast):
    monkeypatch.setattr(transitions, "AT_ONCE", 1)
    hugo = client_of("hugo")
    upload(hugo)
    bringing = PeopleImport.objects.get()
    before = Person.objects.count()
    page = hugo.post(reverse("people:import_columns", args=[bringing.pk]), columns(), follow=True).content.decode()
    assert "rows looked at" in page
    assert tasks.carry_imports() == 1
    hugo.post(reverse("people:import_confirm", args=[bringing.pk]))
    assert Person.objects.count() == before
    assert tasks.carry_imports() == 1
    assert tasks.carry_imports() == 0
    transitions.carry(bringing.pk)  # a second worker comes late
    assert Person.objects.count() == before + 2
    assert cast.hugo.user.notices.filter(kind="people.imported").count() == 1


def test_people_who_changed_meanwhile_are_shown_again_before_anything_is_written(client_of, cast):
    hugo = client_of("hugo")
    upload(hugo)
    bringing = PeopleImport.objects.get()
    hugo.post(reverse("people:import_columns", args=[bringing.pk]), columns())
    from tests import factories as make

    make.EmployeeFactory(number="900")
    before = Person.objects.count()
    page = hugo.post(reverse("people:import_confirm", args=[bringing.pk]), follow=True).content.decode()
    bringing.refresh_from_db()
    assert bringing.status == "ready"
    assert "Something changed" in page
    assert Person.objects.count() == before


def test_giving_up_forgets_the_file_and_its_rows(client_of):
    hugo = client_of("hugo")
    upload(hugo)
    bringing = PeopleImport.objects.get()
    hugo.post(reverse("people:import_columns", args=[bringing.pk]), columns())
    assert ImportRow.objects.exists()
    hugo.post(reverse("people:import_cancel", args=[bringing.pk]))
    bringing.refresh_from_db()
    assert not bringing.file
    assert not ImportRow.objects.exists()


def test_the_preview_asks_the_same_number_of_queries_for_few_and_many_rows(client_of, django_assert_max_num_queries):
    hugo = client_of("hugo")
    counts = []
    for rows in (3, 60):
        content = b"number,family_name,site,team\n" + b"".join(b"%d,Lo,nantes,Data\n" % (1000 + row) for row in range(rows))
        upload(hugo, content)
        bringing = PeopleImport.objects.first()
        hugo.post(
            reverse("people:import_columns", args=[bringing.pk]),
            {"number": "number", "family_name": "family_name", "site": "site", "team": "team", "split": ";"},
        )
        with django_assert_max_num_queries(14) as asked:
            assert hugo.get(reverse("people:import_detail", args=[bringing.pk])).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
