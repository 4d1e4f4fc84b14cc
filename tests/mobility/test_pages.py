"""The pages of mobility: constant queries, both languages, empty states, errors in words."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mobility import transitions, words
from mobility.models import Application, Interest, Wish
from portal import clock, switches
from portal.people.models import Opening, PersonSkill
from tests import factories as make

DAYS = timedelta(days=10)


def many(inside, number):
    """As many open seats, each with an application and an interest of Ilan, and an application of Ben."""
    made = Opening.objects.bulk_create(
        make.OpeningFactory.build(job=inside.job, team=inside.far, site=inside.bristol, hiring_manager=inside.cleo) for _each in range(number)
    )
    values = {"motivation": "Yes."}
    Application.objects.bulk_create(Application(person=inside.ilan, opening=opening, due_on=clock.today() - DAYS, **values) for opening in made)
    Application.objects.bulk_create(Application(person=inside.ben, opening=opening, due_on=clock.today() + DAYS, **values) for opening in made)
    Interest.objects.bulk_create(Interest(person=inside.ilan, opening=opening, shared=True) for opening in made)


PAGES = [("ben", "mobility:opening_list"), ("ben", "mobility:application_list"), ("hugo", "mobility:file_list"), ("cleo", "own_home")]


def asked(client_of) -> list[int]:
    """How many queries each page asks."""
    counts = []
    for name, address in PAGES:
        client = client_of(name)
        client.get(reverse(address))
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse(address)).status_code == 200
        counts.append(len(seen))
    return counts


def test_a_page_asks_as_much_for_two_hundred_rows_as_for_five(inside, client_of):
    switches.turn(switches.MATCHING, True, by=inside.hugo.user, informed_on=clock.today())
    many(inside, 5)
    few = asked(client_of)
    many(inside, 195)
    assert asked(client_of) == few


def test_the_market_is_narrowed_and_says_when_nothing_is_left(inside, client_of):
    page = client_of("ben").get(reverse("mobility:opening_list"), {"site": "bristol"}).content.decode()
    assert inside.opening.get_absolute_url() in page
    assert "Cleo Hart decides with the People team and the team, within ten working days." in page
    page = client_of("ben").get(reverse("mobility:opening_list"), {"site": "nantes"}).content.decode()
    assert "No open seat matches these filters." in page


def test_an_empty_market_offers_to_write_a_wish(inside, client_of):
    Opening.objects.all().delete()
    assert "No seat is open today." in client_of("ben").get(reverse("mobility:opening_list")).content.decode()


def test_matching_is_words_and_stays_off_until_it_is_switched_on(inside, client_of):
    PersonSkill.objects.create(content_object=inside.ben, tag=inside.skill, level=3, confirmed_on=clock.today())
    client, page = client_of("ben"), reverse("mobility:opening_list")
    assert "You have:" not in client.get(page).content.decode()
    switches.turn(switches.MATCHING, True, by=inside.hugo.user, informed_on=clock.today())
    found = client.get(page).content.decode()
    assert "<b>You have:</b> Hydrology." in found
    assert "%" not in found.partition('id="res"')[2]
    assert "Works with it alone" in client.get(inside.opening.get_absolute_url()).content.decode()


def test_the_market_speaks_french(inside, client_of):
    inside.ben.user.language = "fr"
    inside.ben.user.save()
    page = client_of("ben").get(reverse("mobility:opening_list")).content.decode()
    assert "Mobilité" in page
    assert "Chaque poste à pourvoir" in page
    assert "Opportunities" not in page
    Opening.objects.filter(pk=inside.opening.pk).update(work_language="en")
    assert ", en anglais</span>" in client_of("ben").get(reverse("mobility:opening_list")).content.decode()


def test_an_interest_is_kept_shared_and_forgotten(inside, client_of):
    client, address = client_of("ben"), reverse("mobility:interest_edit", args=[inside.opening.slug])
    assert client.post(address, {}).status_code == 302
    assert Interest.objects.get().shared is False
    client.post(address, {"shared": "on"})
    assert Interest.objects.get().shared is True
    client.post(reverse("mobility:interest_withdraw", args=[inside.opening.slug]))
    assert not Interest.objects.exists()


def test_an_empty_application_is_answered_in_words(inside, client_of):
    answer = client_of("ben").post(reverse("mobility:application_create", args=[inside.opening.slug]), {"motivation": ""})
    assert answer.status_code == 422
    assert "Say in a few lines why this seat" in answer.content.decode()


def test_two_who_hold_the_job_and_accept_questions_are_named(inside, client_of):
    for person in inside.mates:
        person.employee.assignments.update(job=inside.job)
    for person in inside.mates[:2]:
        person.can_help = True
        person.save()
    page = client_of("ben").get(inside.opening.get_absolute_url()).content.decode()
    assert [mate.display_name in page for mate in inside.mates] == [True, True, False]


def test_a_wish_is_written_and_forgotten(inside, client_of):
    client = client_of("ben")
    client.post(reverse("mobility:wish_edit"), {"text": "To teach hydrology.", "seen_by": "everyone"})
    assert "To teach hydrology." in client_of("cleo").get(inside.ben.get_absolute_url()).content.decode()
    client.post(reverse("mobility:wish_delete"))
    assert not Wish.objects.exists()


def test_the_refusal_page_sends_to_the_conversation_first(inside, application, client_of):
    page = client_of("cleo").get(reverse("mobility:application_refuse", args=[application.pk])).content.decode()
    assert "Talk first" in page
    assert "They are told only when you say so." in client_of("ben").get(application.get_absolute_url()).content.decode()
    transitions.log_conversation(application.pk, by=inside.cleo.user, on=clock.today(), said="A good hour.", language="en")
    answer = client_of("cleo").post(
        reverse("mobility:application_refuse", args=[application.pk]), {"criterion": "0", "because": "Not yet.", "next_step": "A month."}
    )
    assert answer.status_code == 302
    page = client_of("ben").get(application.get_absolute_url()).content.decode()
    assert "A month." in page
    assert "They are told only when you say so." not in page  # nothing is left to say, and no button says it


def test_the_applicant_reads_the_days_of_each_step_and_keeps_them_after_a_no(inside, application):
    talked, until = clock.today() - timedelta(days=3), clock.today() + timedelta(days=5)
    transitions.log_conversation(application.pk, by=inside.cleo.user, on=talked, said="A good hour.", language="en")
    panel = transitions.convene(application.pk, by=inside.cleo.user, hr=inside.hugo, rule="consent", deadline=until)
    application.refresh_from_db()
    steps = {step["title"]: step["when"] for step in words.steps(application, panel)}
    assert steps["A conversation"] == words.day(talked)
    assert steps["A panel of three colleges"] == f"until {words.day(until)}"
    panel.status, panel.decided_at, application.status = "decided", clock.now(), Application.Status.REFUSED
    titles = [step["title"] for step in words.steps(application, panel)]
    assert titles == ["Application received", "A conversation", "A panel of three colleges", "Answered no"]


def test_late_answers_are_on_the_page_of_the_people_team(inside, application, client_of):
    Application.objects.update(due_on=clock.today() - timedelta(days=3))
    page = client_of("hugo").get(reverse("mobility:file_list")).content.decode()
    assert "1 answer is late." in page
