"""Who may know that Ben looks elsewhere: a table of people against every place where it could show."""

from datetime import timedelta

import pytest
from django.db.models import Q
from django.test import Client
from django.urls import reverse

from mobility import conflicts, figures, line, transitions
from mobility.models import Application, Conversation, Interest, Reading, Refusal, Wish
from portal import audit, clock, privacy, rules, search
from portal.models import AuditEntry, Mail, Notice
from portal.panels.models import Panel
from portal.people.models import Person
from tests import factories as make

# before it is lifted, after; `handle` is what who hires may do
MAY = {
    #          view    handle  view lifted  handle lifted
    "ben":    (True,  False,  True,        False),
    "cleo":   (True,  True,   True,        True),  # hires
    "hugo":   (True,  True,   True,        True),  # People team of all sites
    "inga":   (True,  True,   True,        True),  # People team of the seat's site
    "maya":   (False, False,  True,        False),  # manages Ben
    "rita":   (False, False,  True,        False),  # heads a team above his
    "nora":   (False, False,  True,        False),  # People team of his site
    "ilan":   (False, False,  False,       False),
    "nia":    (False, False,  False,       False),
    "omar":   (False, False,  False,       False),
}  # fmt: skip


@pytest.mark.parametrize("name", MAY)
def test_who_reads_and_who_handles_an_application(name, inside, application):
    user = getattr(inside, name).user
    before, after = MAY[name][:2], MAY[name][2:]
    assert (Application.objects.visible_to(user).exists(), Application.objects.allowing(user, "mobility.handle_application").exists()) == before
    transitions.lift(application.pk, by=inside.ben.user)
    user = type(user).objects.get(pk=user.pk)
    assert (Application.objects.visible_to(user).exists(), Application.objects.allowing(user, "mobility.handle_application").exists()) == after


@pytest.mark.parametrize("name", ["maya", "rita", "nora", "ilan"])
def test_the_present_line_finds_nothing_anywhere(name, inside, application, client_of):
    """Lists, pages, the home desk, search, notices, mails, the panel, my data, URL guessing: no name and no count."""
    transitions.log_conversation(application.pk, by=inside.cleo.user, on=clock.today(), said="A good hour.", language="en")
    panel = transitions.convene(application.pk, by=inside.hugo.user, hr=inside.hugo, rule="consent", deadline=clock.today() + timedelta(days=5))
    person = getattr(inside, name)
    browser = Client()
    browser.force_login(person.user, backend="django.contrib.auth.backends.ModelBackend")
    for verb in (
        "application_detail",
        "application_lift",
        "application_withdraw",
        "conversation_create",
        "panel_convene",
        "application_refuse",
        "dates_edit",
        "move_in",
    ):
        assert browser.get(reverse(f"mobility:{verb}", args=[application.pk])).status_code == 404, verb
    for verb in (
        "application_lift",
        "application_withdraw",
        "conversation_create",
        "panel_convene",
        "application_refuse",
        "application_accept",
        "dates_edit",
        "move_in",
    ):
        assert browser.post(reverse(f"mobility:{verb}", args=[application.pk])).status_code == 404, verb
    assert browser.get(panel.get_absolute_url()).status_code == 404
    listed = browser.get(reverse("mobility:file_list"))
    assert listed.status_code == 404 or "Ben Okafor" not in listed.content.decode()
    assert "from inside wait" not in browser.get(reverse("own_home")).content.decode()
    for address in ("mobility:opening_list", "mobility:figures", "mobility:application_list", "panels:panel_list"):
        assert "Ben Okafor" not in browser.get(reverse(address)).content.decode()
    assert "Ben Okafor" not in browser.get(inside.opening.get_absolute_url()).content.decode()
    assert not Notice.objects.filter(user=person.user).exists()
    assert not Mail.objects.filter(to=person.user.email).exists()
    assert not Conversation.objects.visible_to(person.user).exists()
    search.reindex()
    assert [hit for hit in search.find(person.user, "hydrographs night").hits if "ben" in hit.url] == []
    assert "hydrographs" not in str(privacy.handed_over(person.user))
    assert not panel.members.filter(person=person).exists()


def test_no_notice_no_mail_and_no_audit_line_carries_the_name(inside, application):
    assert not Notice.objects.exclude(user=inside.ben.user).filter(Q(text_en__contains="Ben") | Q(text_fr__contains="Ben")).exists()
    assert not Mail.objects.exclude(to=inside.ben.user.email).filter(body__contains="Okafor").exists()
    assert not AuditEntry.objects.filter(target__startswith="mobility.").exists()
    assert audit.verify() is None


def test_a_people_partner_of_both_sites_stays_out_until_it_is_lifted(inside, application):
    """Whoever is on the People team of Ben's site reads nothing, even when they also serve the seat's site."""
    make.duty(inside.nora, "hr", inside.bristol)
    assert not Application.objects.visible_to(inside.nora.user).exists()


def test_a_hiring_manager_of_the_present_line_reads_nothing_and_the_page_says_so(inside, client_of):
    near = make.OpeningFactory(job=inside.job, team=inside.data, site=inside.nantes, hiring_manager=inside.maya)
    page = client_of("ben").get(reverse("mobility:application_create", args=[near.slug])).content.decode()
    assert "Maya Lefèvre hires for this seat and belongs to your present line." in page
    application = transitions.apply(near.pk, by=inside.ben.user, motivation="Closer to the field.", language="en")
    assert not Application.objects.visible_to(inside.maya.user).exists()
    assert not Notice.objects.filter(user=inside.maya.user).exists()
    assert Notice.objects.filter(user=inside.hugo.user).exists()
    transitions.log_conversation(application.pk, by=inside.hugo.user, on=clock.today(), said="He explained.", language="en")
    with pytest.raises(transitions.MoveRefused, match="present line"):
        transitions.convene(application.pk, by=inside.hugo.user, hr=inside.hugo, rule="consent", deadline=clock.today() + timedelta(days=5))
    transitions.lift(application.pk, by=inside.ben.user)
    assert Application.objects.allowing(inside.maya.user, "mobility.handle_application").exists()


def test_nobody_of_the_people_team_handles_their_own_application(inside):
    mine = transitions.apply(inside.opening.pk, by=inside.hugo.user, motivation="A change.", language="en")
    assert Application.objects.visible_to(inside.hugo.user).get() == mine
    assert not Application.objects.allowing(inside.hugo.user, "mobility.handle_application").exists()


@pytest.mark.parametrize(("shared", "readers"), [(False, {"ben"}), (True, {"ben", "cleo", "hugo", "inga"})])
def test_an_interest_is_read_by_those_the_person_named(shared, readers, inside):
    transitions.express_interest(inside.opening.pk, by=inside.ben.user, shared=shared)
    assert {name for name in MAY if Interest.objects.visible_to(getattr(inside, name).user).exists()} == readers


def test_superusers_read_nothing(inside, application):
    inside.ilan.user.is_superuser = inside.ilan.user.is_staff = True
    inside.ilan.user.save()
    transitions.express_interest(inside.opening.pk, by=inside.maya.user, shared=True)
    assert not Application.objects.visible_to(inside.ilan.user).exists()
    assert not Interest.objects.visible_to(inside.ilan.user).exists()


def test_every_reader_is_in_the_log_that_only_the_applicant_reads(inside, application, client_of):
    client_of("cleo").get(application.get_absolute_url())
    client_of("cleo").get(application.get_absolute_url())
    client_of("hugo").get(reverse("mobility:file_list"))
    transitions.log_conversation(application.pk, by=inside.cleo.user, on=clock.today(), said="A good hour.", language="en")
    panel = transitions.convene(application.pk, by=inside.hugo.user, hr=inside.hugo, rule="consent", deadline=clock.today() + timedelta(days=5))
    juror = panel.members.filter(college="team").first().person
    browser = Client()
    browser.force_login(juror.user, backend="django.contrib.auth.backends.ModelBackend")
    assert browser.get(panel.get_absolute_url()).status_code == 200
    assert {reading.reader for reading in Reading.objects.visible_to(inside.ben.user)} == {inside.cleo, inside.hugo, juror}
    assert Reading.objects.count() == 3
    assert not Reading.objects.visible_to(inside.hugo.user).exists()
    page = client_of("ben").get(application.get_absolute_url()).content.decode()
    assert juror.display_name in page


def test_nobody_near_the_applicant_and_nobody_who_applied_is_drawn(inside, application):
    transitions.apply(inside.opening.pk, by=inside.mates[0].user, motivation="Me too.", language="en")
    assert conflicts.of(application, inside.maya)
    assert "applied" not in conflicts.of(application, inside.mates[0])
    transitions.log_conversation(application.pk, by=inside.cleo.user, on=clock.today(), said="A good hour.", language="en")
    panel = transitions.convene(application.pk, by=inside.hugo.user, hr=inside.hugo, rule="consent", deadline=clock.today() + timedelta(days=5))
    assert {member.person for member in panel.members.filter(college="team")} == {inside.mates[1], inside.mates[2]}
    assert panel.reserves == []


def test_the_line_said_in_sql_is_the_line_said_in_python(inside, application):
    """`near` (rules) and `of`, `partners_of` (conflicts, notices) must never differ."""
    make.duty(inside.inga, "hr", inside.nantes)
    for person in Person.objects.exclude(user=None).filter(employee__assignments__isnull=False).distinct():
        if not rules.roles.belongs(person.user, "colleagues"):
            continue
        by_rule = set(Person.objects.filter(line.near(person.user, "pk")).exclude(pk=person.pk).values_list("pk", flat=True))
        by_hand = {other.pk for other in Person.objects.exclude(pk=person.pk) if person.pk in line.of(other) | line.partners_of(other)}
        assert by_rule == by_hand, person


def test_the_present_line_reads_dates_alone_once_lifted(inside, application, client_of):
    transitions.log_conversation(application.pk, by=inside.cleo.user, on=clock.today(), said="Between us.", language="en")
    transitions.lift(application.pk, by=inside.ben.user)
    page = client_of("maya").get(application.get_absolute_url()).content.decode()
    assert "Between us." not in page
    assert "hydrographs" not in page
    assert not Conversation.objects.visible_to(inside.maya.user).exists()
    assert not Refusal.objects.visible_to(inside.maya.user).exists()
    assert not Panel.objects.visible_to(inside.maya.user).exists()


@pytest.mark.parametrize(
    ("seen_by", "readers"), [("me", {"ben"}), ("hr", {"ben", "hugo", "nora"}), ("everyone", {"ben", "hugo", "nora", "maya", "cleo", "ilan"})]
)
def test_a_wish_is_seen_by_whom_its_author_chose(seen_by, readers, inside):
    Wish.objects.create(person=inside.ben, text="To teach.", seen_by=seen_by)
    people = ("ben", "hugo", "nora", "maya", "cleo", "ilan", "omar")
    assert {name for name in people if Wish.objects.visible_to(getattr(inside, name).user).exists()} == readers


def test_no_figure_counts_what_still_waits(inside, application):
    found = figures.of_the_year()
    assert (found.answers, found.moves, found.late) == (0, 0, None)
