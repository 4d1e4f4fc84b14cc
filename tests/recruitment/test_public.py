"""Public pages: what visitors and machines read, in both languages, and what is no longer shown."""

import json
import re
import xml.etree.ElementTree as tree
from datetime import date, timedelta

import feedparser
import pytest
import vobject
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal import clock
from portal.languages import both_titles
from portal.people.models import Opening
from recruitment import listing, transitions, wording
from recruitment.models import Application
from tests import factories as make

pytestmark = pytest.mark.django_db


def json_ld(page) -> dict:
    return json.loads(re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', page, re.S)[1])


def test_the_front_door_answers_visitors_with_the_jobs_and_colleagues_with_their_home(client, client_of, opening):
    answer = client.get("/")
    assert answer.status_code == 200
    assert "Flood data engineer" in answer.content.decode()
    assert "/jobs/flood" not in client_of("cleo").get("/").content.decode()


@pytest.mark.parametrize(("language", "title"), [("en", "Flood data engineer"), ("fr", "Ingénieure ou ingénieur données de crue")])
def test_a_job_speaks_both_languages_and_names_everybody(client, opening, language, title):
    page = client.get(f"/{language}/jobs/{opening.slug}/").content.decode()
    assert f"<h1>{title}</h1>" in page
    assert f'<html lang="{language}"' in page
    for other in ("en", "fr", "x-default"):
        assert f'hreflang="{other}"' in page
    assert f'<link rel="canonical" href="http://localhost:8000/{language}/jobs/{opening.slug}/">' in page


def test_why_a_seat_is_open_is_said_in_the_readers_language_or_marked_with_its_own(client, opening, cast):
    def sections():
        return [client.get(f"/{language}/jobs/{opening.slug}/").content.decode() for language in ("en", "fr")]

    opening.reason_fr = "Une personne change de métier."
    opening.save()
    transitions.publish(opening.pk, by=cast.hugo.user)
    assert ['<p lang="fr">Une personne change de métier.</p>' in page for page in sections()] == [True, True]
    opening.reason_en = "Someone changes trades."
    opening.save()
    transitions.publish(opening.pk, by=cast.hugo.user)
    english, french = sections()
    assert '<p lang="en">Someone changes trades.</p>' in english
    assert '<p lang="fr">Une personne change de métier.</p>' in french


@pytest.mark.parametrize("path", ["/jobs/{}/", "/how-we-hire/", "/"])
@pytest.mark.parametrize(("language", "words"), [("en", "you hear on the next working day."), ("fr", "le jour ouvré suivant.")])
def test_days_promised_say_what_happens_on_a_day_off(client, opening, path, language, words):
    """A stage's day is kept, or the next on which people work there: where the days are said, this is too."""
    assert words in client.get(f"/{language}{path.format(opening.slug)}").content.decode()


def test_pay_is_said_in_words_that_do_not_break(client, opening):
    low, high = opening.job.pay_min // 1000, opening.job.pay_max // 1000
    assert f"{low}\u00a0to\u00a0{high}\u00a0k€" in client.get("/en/").content.decode()
    assert f"{low}\u00a0à\u00a0{high}\u00a0k€" in client.get("/fr/").content.decode()


def test_the_posting_is_complete_for_search_engines(client, opening):
    posting = json_ld(client.get(f"/fr/jobs/{opening.slug}/").content.decode())
    assert posting["@type"] == "JobPosting"
    assert posting["title"] == "Ingénieure ou ingénieur données de crue (F/H)"
    assert posting["datePosted"] == clock.day(opening.opened_at).isoformat()
    assert posting["validThrough"].startswith(opening.closes_on.isoformat())
    assert re.search(r"[+-]\d\d:\d\d$", posting["validThrough"])
    assert posting["employmentType"] == ["FULL_TIME"]
    assert posting["baseSalary"]["value"] == {"@type": "QuantitativeValue", "minValue": 40000, "maxValue": 50000, "unitText": "YEAR"}
    assert posting["jobLocation"]["address"]["addressCountry"] == "FR"
    assert posting["hiringOrganization"]["name"] == "Rivage"
    assert posting["identifier"]["value"] == opening.reference
    assert posting["directApply"] is True
    assert "relevés" in posting["description"]
    assert "jobLocationType" not in posting


def test_a_fully_remote_job_says_so_to_search_engines(client, opening, cast):
    opening.fully_remote = True
    opening.save()
    transitions.publish(opening.pk, by=cast.hugo.user)
    posting = json_ld(client.get(f"/en/jobs/{opening.slug}/").content.decode())
    assert posting["jobLocationType"] == "TELECOMMUTE"
    assert posting["applicantLocationRequirements"]


def test_words_of_an_advert_cannot_end_the_script(client, opening, cast):
    opening.job.mission_en = "</script><script>alert(1)</script> & more"
    opening.job.save()
    transitions.publish(opening.pk, by=cast.hugo.user)
    page = client.get(f"/en/jobs/{opening.slug}/").content.decode()
    assert "<script>alert(1)" not in page
    assert "alert(1)" in json_ld(page)["description"]


def test_the_picture_and_the_code_of_a_job_are_drawn_here(client, opening):
    picture = client.get(f"/fr/jobs/{opening.slug}/card.png")
    assert picture["Content-Type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")
    assert len(picture.content) < 60_000
    code = client.get(f"/en/jobs/{opening.slug}/code.svg").content.decode()
    assert code.startswith("<svg")
    assert 'fill="#fff"' in code  # read by a telephone on a dark page too
    assert f"/en/jobs/{opening.slug}/?utm_source=print</title>" in code


def test_a_printed_job_page_says_whose_it_is_and_where_to_answer(client, opening):
    page = client.get(f"/en/jobs/{opening.slug}/").content.decode()
    on_paper = " ".join(words for _tag, words in re.findall(r'<(\w+) class="[^"]*print-only[^"]*">(.*?)</\1>', page))
    assert settings.ORGANISATION in on_paper
    assert f"/en/jobs/{opening.slug}/" in on_paper
    assert "loading=" not in page  # a picture not yet scrolled to would be missing on paper


def test_a_closed_job_is_gone_with_others_like_it_and_no_markup(client, opening, cast):
    other = make.OpeningFactory(job=opening.job, team=cast.data, site=cast.nantes, hiring_manager=cast.maya, status=Opening.Status.DRAFT)
    transitions.publish(other.pk, by=cast.hugo.user)
    Opening.objects.filter(pk=opening.pk).update(closes_on=clock.today() - timedelta(days=1))
    answer = client.get(f"/en/jobs/{opening.slug}/")
    page = answer.content.decode()
    assert answer.status_code == 410
    assert "noindex" in page
    assert "ld+json" not in page
    assert other.slug in page
    assert opening.slug not in client.get("/sitemap.xml").content.decode()
    assert opening.slug not in client.get("/en/").content.decode()
    assert client.get(f"/en/jobs/{opening.slug}/apply/").url == f"/en/jobs/{opening.slug}/"


def test_past_its_date_a_job_says_how_many_still_wait(client, apply, opening):
    apply()
    Opening.objects.filter(pk=opening.pk).update(closes_on=clock.today() - timedelta(days=1))
    assert "1 person who applied still waits for our answer" in client.get(f"/en/jobs/{opening.slug}/").content.decode()


@pytest.mark.parametrize("changes", [{"status": "draft"}, {"audience": "inside"}, {"audience": "inside_first", "inside_first_days": 14}])
def test_what_is_not_shown_outside_does_not_exist_outside(client, opening, changes):
    Opening.objects.filter(pk=opening.pk).update(**changes)
    for address in (f"/en/jobs/{opening.slug}/", f"/en/jobs/{opening.slug}/apply/"):
        assert client.get(address, follow=True).status_code == 404
    for address in ("/en/", "/sitemap.xml", "/jobs.xml", "/en/jobs.atom"):
        assert opening.slug not in client.get(address).content.decode()


def test_feeds_and_map_are_well_formed_and_hold_every_open_job(client, opening):
    for language in ("en", "fr"):
        feed = feedparser.parse(client.get(f"/{language}/jobs.atom").content)
        assert feed.bozo == 0
        assert len(feed.entries) == 1
        assert feed.entries[0].id.startswith("tag:")
    job = tree.fromstring(client.get("/jobs.xml").content).find("job")
    for name in ("title", "date", "referencenumber", "requisitionid", "url", "company", "city", "country", "description", "salary"):
        assert job.findtext(name), name
    addresses = [node.text for node in tree.fromstring(client.get("/sitemap.xml").content).iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert f"http://localhost:8000/fr/jobs/{opening.slug}/" in addresses
    assert len(addresses) == 6
    assert "Sitemap: http://localhost:8000/sitemap.xml" in client.get("/robots.txt").content.decode()


@pytest.mark.parametrize(("query", "held"), [("", 1), ("?q=INGENIEUR&site=nantes", 1), ("?site=bristol", 0), ("?q=nurse", 0)])
def test_a_search_has_its_own_feed(client, opening, query, held):
    page = client.get(f"/fr/{query}").content.decode()
    assert f'href="/fr/jobs.atom{query}"'.replace("&", "&amp;") in page
    feed = feedparser.parse(client.get(f"/fr/jobs.atom{query}").content)
    assert len(feed.entries) == held
    assert feed.feed.id.endswith(f"/fr/jobs.atom{query}")


def test_a_calendar_can_remind_of_the_last_day(client, opening):
    address = f"/fr/jobs/{opening.slug}/reminder.ics"
    assert address in client.get(f"/fr/jobs/{opening.slug}/").content.decode()
    answer = client.get(address)
    entry = vobject.readOne(answer.content.decode()).vevent
    assert answer["Content-Type"].startswith("text/calendar")
    assert entry.dtstart.value == opening.closes_on
    assert entry.valarm.trigger.value == timedelta(days=-3)
    assert "données de crue" in entry.summary.value
    Opening.objects.filter(pk=opening.pk).update(closes_on=clock.today() - timedelta(days=1))
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", True),
        ("?q=INGENIEUR", True),
        ("?q=nantes", True),
        ("?q=nurse", False),
        ("?site=nantes", True),
        ("?site=bristol", False),
        ("?contract=permanent&remote=none", True),
        ("?language=en", False),
        ("?page=99", True),
        ("?trade=x", False),
    ],
)
def test_the_list_is_searched_without_accents_and_filtered(client, opening, query, found):
    assert (f"/en/jobs/{opening.slug}/" in client.get(f"/en/{query}").content.decode()) is found


def test_the_list_asks_six_questions_at_most_for_two_jobs_or_sixty(client, opening, cast):
    def asked():
        with CaptureQueriesContext(connection) as made:
            assert client.get("/en/").status_code == 200
        return len(made)

    few = asked()
    for _n in range(60):
        made = make.OpeningFactory(job=opening.job, team=cast.data, site=cast.nantes, hiring_manager=cast.maya)
        made.adverts.create(number=1, body=opening.adverts.get().body, digest="x", closes_on=made.closes_on)
    assert asked() == few
    assert few <= 6


def test_the_time_to_an_answer_is_measured_with_those_who_wait_or_not_said(apply, cast):
    assert listing.days_to_answer() is None
    people = [apply(f"P{n}")[0] for n in range(6)]
    assert listing.days_to_answer() is None
    for days, application in enumerate(people[:4], start=1):
        Application.objects.filter(pk=application.pk).update(first_answered_at=application.submitted_at + timedelta(days=days))
    assert listing.days_to_answer() == 4


@pytest.mark.parametrize(
    ("masculine", "feminine", "both"),
    [
        ("Ingénieur données", "Ingénieure données", "Ingénieure ou ingénieur données"),
        ("Hydrologue", "Hydrologue", "Hydrologue"),
        ("Comptable", "", "Comptable"),
        ("Directeur", "Directrice", "Directrice ou directeur"),
    ],
)
def test_a_title_names_everybody(masculine, feminine, both):
    assert both_titles(masculine, feminine) == both


@pytest.mark.parametrize(
    ("language", "text", "stops"),
    [
        ("fr", "Jeune diplômé de 25 à 35 ans", True),
        ("fr", "Une équipe dynamique", False),
        ("en", "A rock star with competitive salary", False),
        ("en", "Tell us your current salary", True),
        ("en", "Native speaker", True),
    ],
)
def test_words_that_keep_people_out_stop_a_publication_and_vague_ones_are_remarked(language, text, stops):
    said = wording.remarks(title_en="Engineer", title_fr="Ingénieur", title_fr_f="Ingénieure", texts={language: text})
    assert said
    assert any(remark.stops for remark in said) is stops


def test_clean_words_get_no_remark():
    texts = {"en": "Four hundred gauges report every five minutes.", "fr": "Quatre cents stations parlent toutes les cinq minutes."}
    assert not wording.remarks(title_en="Human factors engineer", title_fr="Hydrologue", title_fr_f="Hydrologue", texts=texts)


def test_an_unlawful_advert_is_not_published(client_of, opening):
    opening.job.brings_fr = "Moins de 30 ans"
    opening.job.save()
    client_of("hugo").post(f"/hiring/{opening.slug}/publish/")
    assert opening.adverts.count() == 1
    page = client_of("hugo").get(f"/hiring/{opening.slug}/advert/").content.decode()
    assert "keeps people out unlawfully" in page


def test_dates_are_days_of_the_site(opening):
    assert isinstance(opening.adverts.get().closes_on, date)
