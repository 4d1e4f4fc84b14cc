"""A permission is said once: lists, objects, buttons and marks all get the same answer."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.template import Context, Template

from portal import roles, rules
from portal.people.models import Opening, Person, Team
from portal.rules import ALL, NONE
from tests import factories as make
from tests.cast import NAMES, user_of

FOUND = Q(pk=1)


@pytest.mark.parametrize(
    ("got", "wanted"),
    [(ALL & FOUND, FOUND), (ALL | FOUND, ALL), (NONE & FOUND, NONE), (NONE | FOUND, FOUND), (ALL & NONE, NONE), (ALL | NONE, ALL), (~ALL, NONE), (~NONE, ALL)],
)
def test_all_and_none_keep_their_sense_when_joined(got, wanted):
    assert got is wanted


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("mine", "theirs"), [(lambda: FOUND & ALL, FOUND), (lambda: FOUND & NONE, None), (lambda: FOUND | NONE, FOUND), (lambda: FOUND | ALL, "all")]
)
def test_joined_from_the_other_side_they_still_mean_the_same_rows(cast, mine, theirs):
    everyone = Person.objects.all()
    wanted = everyone if theirs == "all" else everyone.none() if theirs is None else everyone.filter(theirs)
    assert set(everyone.filter(mine())) == set(wanted)


@pytest.mark.django_db
def test_all_leaves_the_list_untouched_and_none_asks_nothing(cast, django_assert_num_queries):
    hugo, zoe = cast.hugo.user, AnonymousUser()
    everyone = Person.objects.all()
    assert everyone.allowing(hugo, "people.view_person") is everyone
    with django_assert_num_queries(0):
        assert list(Person.objects.allowing(zoe, "people.view_person")) == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_list_object_button_and_mark_agree(cast, name):
    user = user_of(cast, name)
    make.OpeningFactory(hiring_manager=cast.maya, team=cast.data, site=cast.nantes, status=Opening.Status.DRAFT)
    make.OpeningFactory(hiring_manager=cast.cleo, team=cast.far, site=cast.bristol)
    rule = "people.change_opening"
    allowed = set(Opening.objects.allowing(user, rule))
    for row in Opening.objects.marking(user, mine=rule):
        assert row.mine == (row in allowed) == rules.may(user, rule, row)


@pytest.mark.django_db
def test_marks_cost_no_query_a_row(cast, django_assert_num_queries):
    for _ in range(5):
        make.OpeningFactory(hiring_manager=cast.maya, team=cast.data, site=cast.nantes)
    cast.maya.user.refresh_from_db()
    rules.get("people.change_opening").q(cast.maya.user)
    with django_assert_num_queries(1):
        assert all(row.mine for row in Opening.objects.filter(hiring_manager=cast.maya).marking(cast.maya.user, mine="people.change_opening"))


@pytest.mark.django_db
def test_the_tag_asks_the_rule(cast, rf):
    request = rf.get("/")
    page = Template('{% may "people.lead_team" team as yes %}{{ yes }}')
    for name, answer in (("maya", "True"), ("ben", "False")):
        request.user = user_of(cast, name)
        assert page.render(Context({"request": request, "team": cast.data})) == answer


def test_a_rule_is_said_once():
    with pytest.raises(ValueError, match="said twice"):
        rules.rule("people.view_person")(lambda user: ALL)


def test_a_rule_nobody_said_is_no_permission():
    with pytest.raises(KeyError):
        rules.get("people.fly_person")


@pytest.mark.django_db
def test_a_superuser_opens_no_rule(cast):
    user = make.UserFactory(is_superuser=True, is_staff=True)
    assert list(Person.objects.visible_to(user)) == []
    assert not rules.may(user, "people.change_skill")


@pytest.mark.django_db
def test_a_closed_account_opens_no_rule(cast):
    cast.hugo.user.is_active = False
    assert list(Person.objects.visible_to(cast.hugo.user)) == []


@pytest.mark.django_db
def test_a_head_leads_the_whole_branch_and_no_other(cast):
    below = make.TeamFactory(slug="below", parent=cast.data)
    assert set(Team.objects.allowing(cast.maya.user, "people.lead_team")) == {cast.data, below}
    assert list(Team.objects.allowing(cast.cleo.user, "people.lead_team")) == []


@pytest.mark.django_db
def test_a_duty_for_one_site_ends_at_its_door(cast):
    local = make.colleague("Rosa", "Vidal", team=cast.people_team, site=cast.nantes)
    make.duty(local, roles.HR, site=cast.nantes)
    correctable = set(Person.objects.allowing(local.user, "people.correct_person"))
    assert cast.ben in correctable
    assert cast.cleo not in correctable
    assert roles.has(local.user, roles.HR)
    assert roles.scope(local.user, roles.HR) is not ALL
    assert roles.scope(cast.hugo.user, roles.HR) is ALL
    assert roles.scope(cast.ben.user, roles.HR) is NONE


@pytest.mark.django_db
def test_a_duty_ends_with_the_last_day(cast):
    make.duty(cast.omar, roles.HR)
    assert not roles.has(cast.omar.user, roles.HR)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "audiences"),
    [
        ("maya", {"everyone", "signed in", "colleagues"}),
        ("nia", {"everyone", "signed in", "newcomers"}),
        ("omar", {"everyone", "signed in"}),
        ("visitor", {"everyone"}),
    ],
)
def test_who_is_in_which_audience(cast, name, audiences):
    assert {audience for audience in roles.AUDIENCES if roles.belongs(user_of(cast, name), audience)} == audiences


def test_an_audience_nobody_decides_stops_the_start(monkeypatch):
    monkeypatch.delitem(roles._deciders, roles.ALUMNI)
    with pytest.raises(Exception, match="Nobody decides who belongs to: alumni"):
        roles.demand_deciders()


def test_everything_and_nothing_are_known_from_either_side():
    some = Q(pk=1)
    assert (some | ALL) is ALL
    assert (some & ALL) is some
    assert (some | NONE) is some
    assert (some & NONE) is NONE
    assert (ALL | some) is ALL
    assert (NONE | ALL) is ALL
