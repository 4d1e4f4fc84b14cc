"""The pages of trust: public ones in both languages, the watchers' ones for HR administrators alone, my data for each."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse

from portal import audit, clock, privacy, switches
from portal.models import AuditEntry, Notice, RetentionRun, Switch

pytestmark = pytest.mark.django_db
PUBLIC = ["help", "accessibility", "privacy", "legal", "map"]


@pytest.mark.parametrize("page", PUBLIC)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_visitor_reads_the_public_pages_in_both_languages(client_of, page, language):
    answer = client_of("visitor").get(f"/{language}/{page}/")
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.content.decode()


def test_the_statement_says_the_true_level(client_of):
    assert "not compliant" in client_of("visitor").get("/en/accessibility/").content.decode()
    assert "non conforme" in client_of("visitor").get("/fr/accessibility/").content.decode()


def test_the_privacy_notice_lists_each_rule_that_runs(client_of):
    page = client_of("visitor").get("/en/privacy/").content.decode()
    assert page.count('<th scope="row">') == len(privacy.policies())


def test_the_site_map_lists_only_what_its_reader_may_open(client_of):
    visitor, ben = (client_of(name).get(reverse("sitemap_page")).content.decode() for name in ("visitor", "ben"))
    assert reverse("account_login") in visitor
    assert reverse("notices") not in visitor
    assert reverse("notices") in ben
    assert reverse("my_data") in ben
    assert reverse("trust:audit_list") not in ben


@pytest.mark.parametrize("name", ["audit_list", "register", "retention", "switch_list", "information_pack"])
def test_the_watchers_pages_are_for_hr_administrators(client_of, name):
    assert client_of("hugo").get(reverse(f"trust:{name}")).status_code == 200
    for other in ("maya", "ben", "ilan", "nia", "omar"):
        assert client_of(other).get(reverse(f"trust:{name}")).status_code == 404


def test_the_log_is_narrowed_and_paged_at_a_constant_cost(client_of, cast, django_assert_max_num_queries):
    for number in range(120):
        audit.record("person.exported" if number % 2 else "code.read", by=cast.hugo.user, on=f"thing:{number}")
    browser = client_of("hugo")
    with django_assert_max_num_queries(25):
        page = browser.get(reverse("trust:audit_list"), {"action": "person."})
    shown = page.context["page_obj"]
    assert {entry.action for entry in shown} == {"person.exported"}
    assert (shown.paginator.count, len(shown)) == (60, 50)


def test_looking_at_the_log_is_logged(client_of, cast):
    client_of("hugo").get(reverse("trust:audit_list"))
    assert AuditEntry.objects.filter(action="audit.read", actor=f"user:{cast.hugo.user.pk}").exists()


def test_a_date_that_is_none_is_said(client_of):
    assert "One of the dates is not readable" in client_of("hugo").get(reverse("trust:audit_list"), {"since": "soon"}).content.decode()


def test_retention_shows_next_week_and_what_was_done(client_of, cast):
    notice = Notice.objects.create(user=cast.ben.user, kind="test", text_en="Hello")
    Notice.objects.filter(pk=notice.pk).update(at=clock.now() - timedelta(days=360))
    RetentionRun.objects.create(policy="mails", rows=41)
    page = client_of("hugo").get(reverse("trust:retention"))
    assert {policy.name: rows for policy, rows in page.context["foreseen"]}["notices"] == 1
    assert ">41<" in page.content.decode()


# --- switches -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", switches.NAMES)
def test_each_part_is_off_until_somebody_recorded_why(name):
    assert not switches.is_on(name)
    with pytest.raises(ValueError, match="consulted"):
        switches.turn(name, True, by=None)


def test_turning_on_takes_a_date_that_has_passed(client_of, cast):
    browser, address = client_of("hugo"), reverse("trust:switch_on", args=[switches.VOTES])
    assert browser.post(address, {}).status_code == 422
    assert browser.post(address, {"consulted_on": clock.today() + timedelta(days=2)}).status_code == 422
    assert not switches.is_on(switches.VOTES)
    browser.post(address, {"consulted_on": clock.today() - timedelta(days=2)})
    assert switches.is_on(switches.VOTES)
    assert Switch.objects.get(name=switches.VOTES).by == cast.hugo.user
    assert AuditEntry.objects.filter(action="switch.on", target="switch:votes", actor=f"user:{cast.hugo.user.pk}").exists()


def test_turning_off_is_at_once_and_keeps_the_record(client_of, cast):
    switches.turn(switches.VOTES, True, by=cast.hugo.user, informed_on=clock.today())
    client_of("hugo").post(reverse("trust:switch_off", args=[switches.VOTES]))
    assert not switches.is_on(switches.VOTES)
    assert Switch.objects.get(name=switches.VOTES).informed_on == clock.today()


def test_nobody_else_turns_anything(client_of, cast):
    for name in ("maya", "ben", "ilan"):
        browser = client_of(name)
        assert browser.post(reverse("trust:switch_on", args=[switches.VOTES]), {"consulted_on": clock.today()}).status_code == 404
        assert browser.post(reverse("trust:switch_off", args=[switches.VOTES])).status_code == 404
    assert not Switch.objects.exists()


# --- my data ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["ben", "hugo", "nia", "omar"])
def test_each_reads_and_takes_their_own_data(client_of, cast, name):
    browser, person = client_of(name), getattr(cast, name)
    assert person.family_name in browser.get(reverse("my_data")).content.decode()
    answer = browser.post(reverse("my_data_download"))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    packed = zipfile.ZipFile(io.BytesIO(answer.content))
    held = json.loads(packed.read("data.json"))["data"]
    assert held["person"][0]["family_name"] == person.family_name
    assert held["account"][0]["email"] == person.user.email
    assert AuditEntry.objects.filter(action="data.exported", actor=f"user:{person.user.pk}").exists()


def test_the_archive_holds_my_files(client_of, cast):
    from django.core.files.base import ContentFile

    cast.ben.photo.save("ben.png", ContentFile(b"not really a picture"))
    packed = zipfile.ZipFile(io.BytesIO(client_of("ben").post(reverse("my_data_download")).content))
    assert [packed.read(name) for name in packed.namelist() if name.startswith("files/")] == [b"not really a picture"]


def test_taking_my_data_takes_a_post(client_of):
    assert client_of("ben").get(reverse("my_data_download")).status_code == 405
