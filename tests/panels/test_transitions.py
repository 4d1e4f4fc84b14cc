"""Panels in the database: sealed until the opening, one person one college one ballot, never HR by title."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from portal import clock, switches
from portal.models import Mail
from portal.moves import MoveRefused
from portal.panels import kinds, tasks, transitions
from portal.panels.models import Ballot, BallotLine, College, Member, Panel
from portal.panels.transitions import Line
from tests import factories as make

CRITERIA = [("Reads a hydrograph", "Lit un hydrogramme"), ("Writes for mayors", "Écrit pour des maires")]
KIND = "tests.opening"
try:
    kinds.get(KIND)
except KeyError:
    kinds.kind(
        KIND,
        "A test",
        template="components/reasons.html",
        title=lambda opening: str(opening.job.title),
        gather=lambda opening: {},
        conflict=lambda opening, person: "They referred them." if person.family_name == "Referrer" else None,
        url=lambda opening: "/",
        site=lambda opening: opening.site,
        related=("job", "site"),
    )


@pytest.fixture
def team(cast):
    """Maya's team with four more colleagues, one of whom referred."""
    switches.turn(switches.VOTES, True, by=cast.hugo.user, informed_on=clock.today())
    return [make.colleague(f"Member{n}", "Referrer" if n == 3 else "Team", team=cast.data, site=cast.nantes) for n in range(4)]


@pytest.fixture
def panel(cast, team):
    return convened(cast)


def convened(cast, rule=Panel.Rule.CONSENT):
    return transitions.open(
        KIND,
        make.OpeningFactory(team=cast.data, site=cast.nantes, hiring_manager=cast.maya),
        about=cast.cleo,
        hr=cast.hugo,
        manager=cast.maya,
        team=cast.data,
        criteria=CRITERIA,
        rule=rule,
        deadline=clock.now() + timedelta(days=5),
        by=cast.hugo.user,
    )


def lines(panel):
    return [Line(criterion.pk, BallotLine.Verdict.MEETS, "Seen at work.") for criterion in panel.criteria.all()]


def seal_all(panel, choice=Ballot.Choice.YES, but=()):
    for member in panel.members.filter(stepped_aside_at=None).exclude(pk__in=[member.pk for member in but]):
        transitions.seal(panel.pk, by=member.person.user, choice=choice, lines=lines(panel))
    panel.refresh_from_db()


def test_the_team_is_drawn_without_who_referred_or_who_is_named_already(panel, cast, team):
    seats = {member.person_id: member.college for member in panel.members.all()}
    assert seats[cast.hugo.pk] == College.HR
    assert seats[cast.maya.pk] == College.MANAGER
    drawn = {key for key, college in seats.items() if college == College.TEAM}
    assert len(drawn) >= 2
    assert team[3].pk not in drawn
    assert cast.maya.pk not in drawn


def test_nobody_reads_a_ballot_before_the_opening_but_its_author(panel, cast):
    members = list(panel.members.all())
    for member in members[:-1]:
        transitions.seal(panel.pk, by=member.person.user, choice=Ballot.Choice.YES, lines=lines(panel))
    for member in members:
        seen = Ballot.objects.visible_to(member.person.user).filter(member__panel=panel)
        assert {ballot.member_id for ballot in seen} <= {member.pk}
        assert {line.ballot.member_id for line in BallotLine.objects.visible_to(member.person.user)} <= {member.pk}
    for name in ("cleo", "ilan"):
        assert not Ballot.objects.visible_to(getattr(cast, name).user).exists()


def test_hr_and_superusers_off_the_panel_find_nothing(panel, cast, client_of):
    other = make.colleague("Zora", "Partner", team=cast.people_team, site=cast.nantes)
    make.duty(other, "hr")
    other.user.is_superuser = other.user.is_staff = True
    other.user.save()
    seal_all(panel)
    assert not Panel.objects.visible_to(other.user).exists()
    assert not Ballot.objects.visible_to(other.user).exists()
    assert client_of("cleo").get(panel.get_absolute_url()).status_code == 404


def test_the_last_ballot_opens_the_panel_for_all_at_once(panel, cast):
    seal_all(panel)
    assert (panel.status, panel.decision) == (Panel.Status.OPENED, Panel.Decision.GO)
    assert Ballot.objects.visible_to(cast.hugo.user).count() == panel.members.count()


def test_a_ballot_can_change_until_the_opening_and_stays_one(panel, cast):
    for choice in (Ballot.Choice.YES, Ballot.Choice.YES):
        transitions.seal(panel.pk, by=cast.maya.user, choice=choice, lines=lines(panel))
    assert Ballot.objects.filter(member__person=cast.maya).count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.create(panel=panel, person=cast.maya, college=College.TEAM)


def test_no_ballot_after_the_opening_or_the_deadline(panel, cast):
    with time_machine.travel(panel.deadline + timedelta(seconds=1)), pytest.raises(MoveRefused):
        transitions.seal(panel.pk, by=cast.maya.user, choice=Ballot.Choice.YES, lines=lines(panel))
    seal_all(panel)
    with pytest.raises(Http404):
        transitions.seal(panel.pk, by=cast.maya.user, choice=Ballot.Choice.NO, lines=lines(panel))


def test_the_deadline_opens_what_is_in_and_a_missing_quorum_asks_for_a_meeting(panel, cast):
    transitions.seal(panel.pk, by=cast.maya.user, choice=Ballot.Choice.YES, lines=lines(panel))
    with time_machine.travel(panel.deadline + timedelta(minutes=1)):
        assert tasks.unseal_due() == 1
        assert tasks.unseal_due() == 0
    panel.refresh_from_db()
    assert (panel.status, panel.decision) == (Panel.Status.MEETING, "")


def test_an_objection_names_a_criterion_and_opens_a_meeting(panel, cast):
    with pytest.raises(MoveRefused):
        transitions.seal(panel.pk, by=cast.maya.user, choice=Ballot.Choice.NO, lines=lines(panel))
    criterion = panel.criteria.first()
    transitions.seal(panel.pk, by=cast.maya.user, choice=Ballot.Choice.NO, lines=lines(panel), objection=criterion.pk, objection_reason="Not seen.")
    seal_all(panel, but=[panel.members.get(person=cast.maya)])
    assert panel.status == Panel.Status.MEETING
    transitions.write_meeting(panel.pk, by=cast.hugo.user, note="A field week first.", decision=Panel.Decision.GO)
    panel.refresh_from_db()
    assert (panel.status, panel.decision) == (Panel.Status.OPENED, Panel.Decision.GO)


def test_a_meeting_says_who_writes_it_down_and_what_is_missing(panel, cast, client_of):
    criterion = panel.criteria.first()
    transitions.seal(panel.pk, by=cast.maya.user, choice=Ballot.Choice.NO, lines=lines(panel), objection=criterion.pk, objection_reason="Not seen.")
    seal_all(panel, but=[panel.members.get(person=cast.maya)])
    page = client_of("hugo").get(panel.get_absolute_url()).content.decode()
    assert "then writes down what was found, and the answer." in page
    page = client_of("maya").post(f"/panels/{panel.pk}/meeting/", {}).content.decode()
    assert "Say what the meeting found" in page
    assert "Choose the answer" in page


def test_stepping_aside_erases_the_ballot_and_seats_the_next_of_the_draw(panel):
    member = panel.members.filter(college=College.TEAM).first()
    transitions.seal(panel.pk, by=member.person.user, choice=Ballot.Choice.YES, lines=lines(panel))
    reserves = len(panel.reserves)
    transitions.step_aside(panel.pk, by=member.person.user)
    panel.refresh_from_db()
    assert not Ballot.objects.filter(member=member).exists()
    assert not Panel.objects.visible_to(member.person.user).exists()
    seated = panel.members.filter(college=College.TEAM, stepped_aside_at=None)
    assert seated.filter(person=member.person).count() == 0
    assert len(panel.reserves) == max(0, reserves - 1)


def test_the_page_says_how_much_an_overrule_takes_before_and_after(panel, client_of):
    seal_all(panel)
    page = client_of("maya").get(f"/panels/{panel.pk}/overrule/").content.decode()
    assert "80 characters at least" in page
    answer = client_of("maya").post(f"/panels/{panel.pk}/overrule/", {"reason": "Because."})
    assert answer.status_code == 422
    assert "It takes 80 characters at least, you wrote 8." in answer.content.decode()


def test_only_the_manager_overrules_and_only_in_writing(panel, cast):
    seal_all(panel)
    with pytest.raises(Http404):
        transitions.overrule(panel.pk, by=cast.hugo.user, reason="x" * 200)
    with pytest.raises(MoveRefused):
        transitions.overrule(panel.pk, by=cast.maya.user, reason="Because.")
    transitions.overrule(
        panel.pk, by=cast.maya.user, reason="The night desk needs a second reader of hydrographs before the spring floods, and nobody else can."
    )
    panel.refresh_from_db()
    assert panel.decision == Panel.Decision.NO_GO
    assert panel.overruled_by == cast.maya


def test_the_person_reads_one_line_a_criterion_and_the_stage_asks_the_outcome(panel, cast):
    seal_all(panel)
    subject = panel.subject
    assert transitions.outcome(subject) is None
    with pytest.raises(MoveRefused):
        transitions.decide(panel.pk, by=cast.hugo.user, summaries={}, language="en")
    transitions.decide(panel.pk, by=cast.hugo.user, summaries={c.pk: f"Line {c.order}" for c in panel.criteria.all()}, language="en")
    assert transitions.outcome(subject).decision == Panel.Decision.GO


def test_with_votes_off_hr_and_manager_sign_and_nobody_is_drawn(cast, team):
    switches.turn(switches.VOTES, False, by=cast.hugo.user)
    panel = convened(cast)
    assert panel.mode == Panel.Mode.SIGNED
    assert set(panel.members.values_list("college", flat=True)) == {College.HR, College.MANAGER}
    seal_all(panel)
    assert panel.decision == Panel.Decision.GO


def test_with_votes_off_no_page_and_no_mail_speaks_of_a_ballot(cast, team, client_of):
    switches.turn(switches.VOTES, False, by=cast.hugo.user)
    panel, maya = convened(cast), client_of("maya")
    reasons = {f"{word}_{each.pk}": value for each in panel.criteria.all() for word, value in (("verdict", "meets"), ("because", "Seen at work."))}
    mail = Mail.objects.get(kind="panels.seated", to=cast.maya.user.email)
    told = [f"{mail.subject} {mail.body}", *(maya.get(page).content.decode() for page in ("/home/", "/panels/", f"/panels/{panel.pk}/"))]
    told.append(maya.post(f"/panels/{panel.pk}/seal/", {**reasons, "choice": "yes"}, follow=True).content.decode())
    told.append(maya.get("/panels/").content.decode())
    words = [re.sub(r"No ballots are held|blind ballots", "", re.sub(r"<[^>]+>", "", each)) for each in told]
    assert [each for each in words if re.search("ballot", each, re.I)] == []
    assert "You can change them until both are in." in words[4]
    last = client_of("hugo").post(f"/panels/{panel.pk}/seal/", {**reasons, "choice": "yes"}, follow=True).content.decode()
    assert "Both are in, and open." in last


def test_one_panel_at_a_time_on_a_matter(panel, cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        transitions.open(
            KIND, panel.subject, about=cast.cleo, hr=cast.hugo, manager=cast.maya, team=cast.data, criteria=CRITERIA, rule=Panel.Rule.CONSENT,
            deadline=clock.now(), by=cast.hugo.user,
        )  # fmt: skip


def test_a_list_of_panels_costs_the_same_queries_few_or_many(cast, team, client_of):
    browser, counts = client_of("maya"), []
    for many in (1, 4):
        for _ in range(many):
            convened(cast)
        browser.get("/panels/")
        for url in ("/panels/", "/home/"):
            with CaptureQueriesContext(connection) as asked:
                assert browser.get(url).status_code == 200
            counts.append(len(asked))
    assert counts[:2] == counts[2:], counts


def test_the_page_of_a_blind_panel_holds_no_choice_of_anybody_else(panel, cast, client_of):
    for member in panel.members.exclude(person=cast.maya):
        transitions.seal(
            panel.pk, by=member.person.user, choice=Ballot.Choice.YES, lines=[Line(c.pk, BallotLine.Verdict.NOT, "SECRETREASON") for c in panel.criteria.all()]
        )
    page = client_of("maya").get(panel.get_absolute_url())
    assert page.status_code == 200
    assert b"SECRETREASON" not in page.content


def test_a_member_seals_by_the_form_and_errors_keep_the_words(panel, cast, client_of):
    browser = client_of("maya")
    criteria = list(panel.criteria.all())
    data = {f"verdict_{c.pk}": "meets" for c in criteria} | {f"because_{criteria[0].pk}": "Kept words."}
    answer = browser.post(f"/panels/{panel.pk}/seal/", data)
    assert answer.status_code == 422
    assert "Kept words." in answer.content.decode()
    data |= {f"because_{c.pk}": "Seen." for c in criteria} | {"choice": "yes"}
    assert browser.post(f"/panels/{panel.pk}/seal/", data).status_code == 302
    assert Ballot.objects.filter(member__person=cast.maya).count() == 1
