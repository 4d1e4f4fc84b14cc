"""The demo company: who is there, that its numbers hold, that it comes back to today, and that it stays out of others' data."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Sum

from portal import roles
from portal.demo import redate, rivage
from portal.models import AuditEntry
from portal.people import path, standing
from portal.people.models import Assignment, JobDescription, Opening, Person, PersonSkill, Team

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker):
    """The people's room alone, made once for all tests here: the other rooms have tests of their own."""
    with django_db_blocker.unblock(), transaction.atomic():
        rivage.live("portal.people")
        yield
        transaction.set_rollback(True)


@pytest.fixture
def company(filled, db):
    return rivage.Rivage(rivage.real_today())


def test_the_company_is_as_large_and_deep_as_it_says(company):
    assert 1150 <= len(company.people) <= 1250
    assert {site.timezone for site in company.sites.values()} == {"Europe/Paris", "Europe/London"}
    assert max(team.depth for team in company.teams.values()) == 4, "five levels"
    assert len(company.coming) == 9
    assert company.coming[0] == company.cast["nia"]
    assert company.seat(company.cast["nia"]).started_on == company.monday
    assert not Team.objects.filter(head=None).exists()
    assert 20 <= Opening.objects.count() <= 30
    assert set(Opening.objects.values_list("status", flat=True)) == {"open", "draft", "closed"}


def test_every_job_has_both_languages_and_its_time_sums_to_one_hundred(company):
    for job in JobDescription.objects.annotate(whole=Sum("activities__share")):
        assert job.whole == 100, job
        assert all((job.mission_en, job.mission_fr, job.demanding_en, job.demanding_fr, job.title_fr_f)), job
    assert not Team.objects.filter(name_fr="").exists()


def test_the_cast_has_its_rights_and_its_addresses(company):
    duties = {name: {duty for duty, _site in roles.grants(company.cast[name].user)} for name in ("maya", "hugo", "ben", "cleo", "ilan", "claire")}
    assert duties == {"maya": set(), "hugo": {"hr", "hr_admin"}, "ben": set(), "cleo": set(), "ilan": {"it"}, "claire": {"recruiter"}}
    assert company.teams["river-data"].head == company.cast["maya"]
    assert standing.of(company.cast["nia"].user).is_newcomer
    assert company.cast["zoe"].user is None
    assert path.of(company.cast["omar"]).phase == path.LEFT
    assert EmailAddress.objects.get(email="maya@rivage.example").verified


def test_managers_follow_the_tree(company):
    seats = Assignment.objects.filter(main=True, ended_on=None).select_related("team__parent__head", "team__head", "employee__person", "manager")
    for seat in seats:
        head = seat.team.head
        expected = head if seat.employee.person != head else seat.team.parent and seat.team.parent.head
        assert seat.manager == expected, seat


def test_nobody_has_two_seats_at_once_or_a_gap_between_them(company):
    for seat in Assignment.objects.filter(main=True, ended_on__isnull=False).select_related("employee"):
        following = Assignment.objects.filter(employee=seat.employee, main=True, started_on__gt=seat.started_on).order_by("started_on").first()
        if following:
            assert following.started_on == seat.ended_on + timedelta(days=1)


def test_the_same_seed_makes_the_same_people(company):
    names = list(Person.objects.order_by("pk").values_list("slug", "headline")[:200])
    other = rivage.Rivage(company.today, room="portal.people")
    again = rivage.Rivage(company.today, room="portal.people")
    assert [other.rng.random() for _each in range(5)] == [again.rng.random() for _each in range(5)]
    assert names[0][0] == "mathilde-roy"


def test_the_company_moves_on_by_whole_weeks(company):
    first_day = company.seat(company.cast["nia"]).started_on
    fresh = PersonSkill.objects.exclude(confirmed_on=None).first()
    make_entry = AuditEntry.objects.create(action="x", previous="0" * 64, digest="1" * 64)
    assert redate.move_on(3) > 2000
    assert Assignment.objects.get(pk=company.seat(company.cast["nia"]).pk).started_on == first_day + timedelta(weeks=3)
    assert PersonSkill.objects.get(pk=fresh.pk).confirmed_on == fresh.confirmed_on + timedelta(weeks=3)
    assert AuditEntry.objects.get(pk=make_entry.pk).at == make_entry.at, "the audit chain stays as it was signed"
