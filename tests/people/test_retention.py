"""How long the directory keeps reports, files and words that found nothing."""

from datetime import timedelta

from django.core.files.base import ContentFile

from portal import clock, privacy
from portal.people.models import Correction, PeopleImport, SkillConfirmation
from portal.search.models import Miss
from tests import factories as make


def test_a_file_of_people_goes_after_90_days_with_its_rows_but_never_while_it_is_written(cast):
    old = clock.now() - timedelta(days=91)
    done = PeopleImport.objects.create(name="people.csv", at=old, status="done", file=ContentFile(b"Name\nAda", "people.csv"))
    done.rows.create(line=1, name="Ada", kind="create")
    writing = PeopleImport.objects.create(name="more.csv", at=old, status="writing")
    fresh = PeopleImport.objects.create(name="new.csv", at=clock.now() - timedelta(days=80), status="done")
    storage, name = done.file.storage, done.file.name
    assert storage.exists(name)
    privacy.keep_promises()
    assert set(PeopleImport.objects.all()) == {writing, fresh}
    assert not storage.exists(name)


def test_reports_and_words_that_found_nothing_go_after_a_year(cast):
    year = timedelta(days=366)
    Correction.objects.create(person=cast.ben, by=cast.cleo, kind="wrong", field="title", at=clock.now() - year)
    kept = Correction.objects.create(person=cast.ben, by=cast.cleo, kind="wrong", field="title")
    Miss.objects.create(words="kubernetes", last_on=clock.today() - year)
    Miss.objects.create(words="helm", last_on=clock.today())
    privacy.keep_promises()
    assert list(Correction.objects.all()) == [kept]
    assert [miss.words for miss in Miss.objects.all()] == ["helm"]


def test_each_gets_what_they_said_of_others_and_not_what_others_said(cast):
    Correction.objects.create(person=cast.ben, by=cast.cleo, kind="wrong", field="title", proposed="Delta hydrologist")
    SkillConfirmation.objects.create(holding=make.PersonSkillFactory(content_object=cast.ben), by=cast.cleo, seen="Ran the training")
    mine, theirs = str(privacy.handed_over(cast.cleo.user)), str(privacy.handed_over(cast.ben.user))
    assert "Delta hydrologist" in mine
    assert "Ran the training" in mine
    assert "Delta hydrologist" not in theirs
