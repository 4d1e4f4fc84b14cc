"""Retention, claims, erasing, and what each person gets of their own data; the clock is moved, not waited for."""

from datetime import timedelta

import pytest
import time_machine

from portal import clock, identity, post, privacy
from portal.models import AuditEntry, Mail, Notice, RetentionRun
from portal.people.models import Assignment, Employee, Person, PersonSkill
from tests import factories as make

pytestmark = pytest.mark.django_db


def later(**ago):
    return time_machine.travel(clock.now() + timedelta(**ago), tick=True)


def due(name, moment=None):
    return {policy.name: policy for policy in privacy.policies()}[name].due(moment or clock.now())


def test_every_rule_says_why_and_how_long():
    for policy in privacy.policies():
        assert all(str(value).strip() for value in (policy.event, policy.period, policy.basis, policy.purpose, policy.recipients)), policy.name
        assert policy.action in (privacy.ERASE, privacy.ANONYMISE, privacy.RESTRICT, privacy.ASK)


def test_a_notice_lives_a_year_and_a_day_less(cast):
    Notice.objects.create(user=cast.ben.user, kind="test", text_en="Hello")
    with later(days=364):
        privacy.keep_promises()
        assert Notice.objects.filter(kind="test").exists()
    with later(days=366):
        privacy.keep_promises()
        assert not Notice.objects.filter(kind="test").exists()


@pytest.mark.parametrize(("state", "kept"), [("sent", False), ("cancelled", False), ("failed", False), ("waiting", True), ("sending", True)])
def test_a_mail_lives_90_days_after_it_is_settled(state, kept):
    mail = Mail.objects.create(to="a@b.example", subject="s", body="b", kind="test")
    Mail.objects.filter(pk=mail.pk).update(state=state)
    with later(days=91):
        privacy.keep_promises()
    assert Mail.objects.filter(pk=mail.pk).exists() is kept


def test_a_dry_run_foresees_what_the_nightly_run_then_does(cast):
    for _ in range(3):
        Notice.objects.create(user=cast.ben.user, kind="test", text_en="Hello")
    with later(days=360):
        foreseen = {policy.name: count for policy, count in privacy.foresee()}
    assert foreseen["notices"] == 3
    with later(days=367):
        privacy.keep_promises()
        assert RetentionRun.objects.get(policy="notices").rows == 3
        assert {policy.name: count for policy, count in privacy.foresee(timedelta())}["notices"] == 0


def test_the_nightly_run_twice_does_nothing_more(cast):
    Notice.objects.create(user=cast.ben.user, kind="test", text_en="Hello")
    with later(days=400):
        privacy.keep_promises()
        assert privacy.keep_promises() == 0


def test_more_rows_than_a_batch_all_go(cast, monkeypatch):
    monkeypatch.setattr(privacy, "BATCH", 3)
    for number in range(8):
        Notice.objects.create(user=cast.ben.user, kind="test", text_en=str(number))
    with later(days=366):
        privacy.keep_promises()
    assert not Notice.objects.filter(kind="test").exists()


def leaver(days_ago, **person):
    someone = make.colleague(
        "Paul",
        "Parti",
        team=make.TeamFactory(),
        site=make.SiteFactory(),
        started=clock.today() - timedelta(days=4000),
        ended=clock.today() - timedelta(days=days_ago),
        phone="+33 2 40 00 00 00",
        **person,
    )
    make.PersonSkillFactory(content_object=someone)
    return someone


@pytest.mark.parametrize(("days_ago", "phone"), [(89, "+33 2 40 00 00 00"), (92, "")])
def test_a_leavers_directory_data_live_90_days(days_ago, phone):
    someone = leaver(days_ago)
    privacy.keep_promises()
    someone.refresh_from_db()
    assert someone.phone == phone
    assert PersonSkill.objects.filter(content_object=someone).exists() is bool(phone)
    assert someone.family_name == "Parti"


def test_who_came_back_is_no_leaver():
    someone = leaver(200)
    make.AssignmentFactory(employee=someone.employee, team=make.TeamFactory(), site=make.SiteFactory(), started_on=clock.today() - timedelta(days=3))
    privacy.keep_promises()
    someone.refresh_from_db()
    assert someone.phone


def test_colleagues_newcomers_and_candidates_are_not_leavers(cast):
    assert not due("leavers in the directory").filter(pk__in=[cast.maya.pk, cast.nia.pk, cast.zoe.pk]).exists()


def test_the_staff_register_lives_five_years():
    someone = leaver(4 * 365)
    privacy.keep_promises()
    assert Employee.objects.filter(person=someone).exists()
    with later(days=370):
        privacy.keep_promises()
    someone.refresh_from_db()
    assert not Employee.objects.filter(person=someone).exists()
    assert "Parti" not in f"{someone} {someone.slug} {someone.user.email}"


def test_nobody_is_erased_while_somebody_claims_them(cast):
    with pytest.raises(privacy.StillClaimed):
        privacy.erase(cast.ben, by=cast.hugo.user)
    cast.ben.refresh_from_db()
    assert cast.ben.family_name == "Okafor"


def test_an_erased_person_leaves_counts_only(cast):
    someone = leaver(6 * 365)
    user, before = someone.user, Person.objects.count()
    post.write(to=user.email, subject="Soon", body="b", kind="test", send_after=clock.now() + timedelta(days=1))
    privacy.erase(someone, by=cast.hugo.user)
    someone.refresh_from_db()
    user.refresh_from_db()
    assert Person.objects.count() == before
    assert (someone.given_name, someone.phone, someone.holdings.count()) == ("", "", 0)
    assert not user.is_active
    assert "Paul" not in user.email
    assert Mail.objects.get(subject="Soon").state == Mail.State.CANCELLED
    assert not Assignment.objects.filter(employee__person=someone).exists()
    assert AuditEntry.objects.filter(action="person.erased", target=f"people.person:{someone.pk}").exists()


def test_my_data_hold_what_is_mine(cast):
    make.PersonSkillFactory(content_object=cast.ben, tag=make.SkillFactory(name="Hydrology"))
    parts = {part.name: records for part, records in privacy.handed_over(cast.ben.user)}
    shown = " ".join(fact.shown for records in parts.values() for record in records for fact in record)
    assert "Okafor" in shown
    assert "Hydrology" in shown
    assert "Data engineer" in shown
    assert "Works with it alone" in shown


def test_my_data_hold_nothing_of_others(cast):
    Notice.objects.create(user=cast.cleo.user, kind="test", text_en="for Cleo only")
    shown = " ".join(fact.shown for _, records in privacy.handed_over(cast.ben.user) for record in records for fact in record)
    assert "Cleo" not in shown
    assert "Hart" not in shown


def test_a_candidate_without_a_seat_gets_their_data_too(cast):
    cast.zoe.user = make.UserFactory(email="zoe@elsewhere.example")
    cast.zoe.save()
    parts = {part.name for part, _ in privacy.handed_over(cast.zoe.user)}
    assert {"account", "person"} <= parts
    assert "employment" not in parts


def test_an_emptied_account_opens_nothing(cast, client_of):
    browser = client_of("ben")
    identity.empty(cast.ben.user)
    assert browser.get("/notices/").status_code == 302
    cast.ben.user.refresh_from_db()
    assert not cast.ben.user.emailaddress_set.exists()
