"""The demo: one click to step in, a mailbox, another day; and none of it outside."""

import os
import subprocess
import sys
from datetime import date, timedelta

import pytest
from django.test import Client

from portal import clock, post
from portal.demo import cast as demo_cast
from portal.demo import day, mailbox

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings, tmp_path):
    settings.DEMO = True
    settings.DATA_DIR = tmp_path
    clock.shift_by(day.shift)
    yield
    clock.shift_by(None)


def test_one_click_signs_in(demo, cast):
    browser = Client()
    answer = browser.post("/demo/step-in/maya/")
    assert answer.status_code == 302
    assert browser.session["_auth_user_id"] == str(cast.maya.user.pk)


def test_the_cast_of_the_demo_is_the_cast_of_the_tests(cast):
    assert [member.person for member in demo_cast.gather()] == [cast.maya, cast.hugo, cast.nia, cast.ben, cast.cleo, cast.ilan, cast.omar, cast.zoe]


def test_the_candidate_opens_her_latest_private_link(demo, cast, settings):
    for token in ("older", "newer"):
        post.write(to="zoe.garnier@example.org", subject="Your application", body=f"Follow it at {settings.SITE_URL}/en/follow/{token}/.", kind="recruitment")
    assert Client().post("/demo/step-in/zoe/").url == "/en/follow/newer/"


def test_a_link_written_when_the_demo_ran_on_another_port_still_opens(demo, cast):
    post.write(to="zoe.garnier@example.org", subject="Your application", body="Follow it at http://localhost:8123/en/follow/older/.", kind="recruitment")
    assert Client().post("/demo/step-in/zoe/").url == "/en/follow/older/"


def test_the_candidate_without_a_link_finds_her_mailbox(demo, cast):
    assert Client().post("/demo/step-in/zoe/").url == "/demo/mailbox/?who=zoe"


@pytest.mark.parametrize("path", ["/demo/", "/demo/mailbox/"])
@pytest.mark.parametrize("origin", [{"REMOTE_ADDR": "192.0.2.7"}, {"HTTP_X_FORWARDED_FOR": "192.0.2.7"}, {"REMOTE_ADDR": ""}])
def test_the_demo_opens_to_this_machine_alone(demo, path, origin):
    assert Client().get(path).status_code == 200
    assert Client().get(path, **origin).status_code == 404


def test_nobody_steps_in_from_elsewhere(demo, cast):
    browser = Client(REMOTE_ADDR="192.0.2.7")
    assert browser.post("/demo/step-in/maya/").status_code == 404
    assert "_auth_user_id" not in browser.session


def test_nobody_steps_in_by_a_link(demo, cast):
    assert Client().get("/demo/step-in/maya/").status_code == 405


def test_without_demo_nothing_answers(cast):
    assert Client().post("/demo/step-in/maya/").status_code == 404
    assert Client().get("/demo/mailbox/").status_code == 404


def test_production_has_no_demo_at_all(tmp_path):
    program = (
        "import django; django.setup(); from django.apps import apps; from django.urls import reverse; "
        "print(apps.is_installed('portal.demo')); reverse('mailbox')"
    )
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "DATA_DIR": str(tmp_path),
        "SITE_URL": "https://people.example.org",
        "SECRET_KEY": "x" * 60,
        "REDIS_URL": "redis://127.0.0.1:9/0",
        "DEFAULT_FROM_EMAIL": "people@example.org",
    }
    run = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)
    assert run.stdout.strip() == "False"
    assert "NoReverseMatch" in run.stderr


def test_the_mailbox_shows_links_that_work(settings):
    text = mailbox.linked(f"See {settings.SITE_URL}/people/maya/?a=1&b=2, or <b>not</b> https://elsewhere.example/x.")
    assert '<a href="/people/maya/?a=1&amp;b=2">' in text
    assert "&lt;b&gt;" in text
    assert 'href="https://elsewhere' not in text


def test_a_mail_cannot_carry_a_script(demo, settings):
    mail = post.write(to="a@b.example", subject="<script>x</script>", body=f'{settings.SITE_URL}/"><script>alert(1)</script>', kind="test")
    page = Client().get(f"/demo/mailbox/{mail.pk}/").content.decode()
    assert "<script>" not in page.replace("<script nonce", "").replace("<script src", "")
    assert "alert(1)&lt;/script&gt;" in page


def test_the_mailbox_is_paged_and_asks_the_same_few_questions(demo, django_assert_max_num_queries):
    for number in range(60):
        post.write(to=f"person{number}@b.example", subject=f"Letter {number}", body="x", kind="test")
    with django_assert_max_num_queries(6):
        page = Client().get("/demo/mailbox/").content.decode()
    assert page.count("Letter ") == 25


def test_the_mailbox_filters_by_address(demo):
    post.write(to="one@b.example", subject="To one", body="x", kind="test")
    post.write(to="two@b.example", subject="To two", body="x", kind="test")
    for question in ("to=one@b.example", "who=one"):
        page = Client().get(f"/demo/mailbox/?{question}").content.decode()
        assert "To one" in page
        assert "To two" not in page


def test_an_attachment_comes_as_a_calendar(demo):
    mail = post.write(to="a@b.example", subject="Interview", body="x", kind="test", attachment=("interview.ics", "BEGIN:VCALENDAR"))
    answer = Client().get(f"/demo/mailbox/{mail.pk}/attachment/")
    assert answer["Content-Type"].startswith("text/calendar")
    assert answer.content == b"BEGIN:VCALENDAR"


def test_the_demo_lives_another_day_and_comes_back(demo):
    real = clock.today()
    chosen = real + timedelta(days=9)
    assert Client().post("/demo/day/", {"day": chosen.isoformat()}).status_code == 302
    assert clock.today() == chosen
    Client().post("/demo/today/")
    assert clock.today() == real


def test_the_day_is_shared_by_all_processes(demo, settings):
    day.live_on(clock.today() + timedelta(days=30))
    assert (settings.DATA_DIR / "demo-day").read_text() == "30"


def test_another_day_is_said_on_every_page(demo, client_of):
    day.live_on(date(clock.today().year + 1, 3, 15))
    from portal import health

    health.starting()
    assert "The demo lives on" in client_of("cleo").get("/more/").content.decode()


@pytest.mark.parametrize("chosen", ["", "soon", "1789-07-14"])
def test_a_day_that_cannot_be_is_refused_in_words(demo, chosen):
    real = clock.today()
    answer = Client().post("/demo/day/", {"day": chosen})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()
    assert clock.today() == real


def test_heartbeats_are_of_the_machine_not_of_the_demo(demo):
    from portal import health

    health.starting()
    day.live_on(clock.today() + timedelta(days=30))
    assert health.away() is None
