"""The directory: what it finds, what it never counts, and what it costs."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal import search
from tests import factories as make

URL = "/people/"


def crowd(cast, size):
    skill = make.SkillFactory(name="Crowd science")
    for number in range(size):
        someone = make.colleague(f"Given{number}", f"Crowd{number}", team=cast.data, site=cast.nantes, manager=cast.maya)
        make.PersonSkillFactory(tag=skill, content_object=someone)
        make.PersonSkillFactory(content_object=someone)


@pytest.fixture(params=["index", "database"])
def by(request, cast):
    """Answered by the index, or by the database while the index is away."""
    if request.param == "index":
        return search.reindex
    return lambda: None


@pytest.mark.parametrize("words", ["Crowd", "crowd sciense", "engineer zzqqxx", ""])
def test_ten_queries_at_most_however_many_people(cast, client_of, by, words, request):
    counts = []
    for size in (3, 40):
        crowd(cast, size) if size == 3 else [make.colleague(f"More{n}", f"Crowd{n}", team=cast.data, site=cast.nantes) for n in range(size)]
        by()
        client = client_of("cleo")
        client.get(URL)
        with CaptureQueriesContext(connection) as asked:
            response = client.get(URL, {"q": words, "site": "nantes"})
        if "index" in request.node.callspec.id:
            assert response.context["people"]
        # A savepoint is there only because a test is one transaction.
        counts.append(len([query for query in asked.captured_queries if "SAVEPOINT" not in query["sql"]]))
    assert counts[0] == counts[1] <= 10, counts


def test_a_usual_question_costs_ten_queries_even_within_a_transaction(cast, client_of):
    crowd(cast, 30)
    search.reindex()
    client = client_of("cleo")
    pages = [(URL, {"q": "crowd"}), (URL, {}), ("/search/", {"q": "crowd"}), ("/search/suggest/", {"q": "cro"})]
    for url, few in (*pages, ("/people/suggest/", {"of": "manager", "manager": "cro"})):
        client.get(url, few)
        with CaptureQueriesContext(connection) as asked:
            client.get(url, few)
        assert len(asked) <= 10, (url, [query["sql"][:60] for query in asked.captured_queries])


def test_a_site_narrows_and_its_chip_takes_it_away(cast, client_of, by):
    by()
    page = client_of("cleo").get(URL, {"site": "bristol"}).content.decode()
    assert "Cleo Hart" in page
    assert "Ben Okafor" not in page
    assert "Remove the filter:" in page


def test_what_is_ticked_though_nobody_has_it_is_said_by_its_name(cast, client_of, by):
    skill = make.SkillFactory(name="Falconry", label_fr="Fauconnerie")
    by()
    page = client_of("cleo").get(URL, {"site": ["nantes", "bristol"], "skill": skill.slug, "team": [cast.data.slug, "no-such-team"]}).content.decode()
    for words in ("Nantes", "Bristol", "Falconry", "no-such-team", str(cast.data.name)):
        assert re.search(rf">\s*{words}\s*<", page), words
    assert ">nantes<" not in page
    assert ">falconry<" not in page


def test_nobody_found_says_so_and_offers_a_way_on(cast, client_of, by):
    by()
    page = client_of("cleo").get(URL, {"q": "zzqqxx"}).content.decode()
    assert "Nobody here matches “zzqqxx”" in page
    assert "Show everybody" in page


def test_absurd_addresses_answer(cast, client_of, by):
    by()
    for query in (
        {"page": "-3"},
        {"page": "9999"},
        {"page": "x"},
        {"sort": "rank"},
        {"q": "'\"<script>"},
        {"phase": "king"},
        {"tongue": "%"},
        {"q": "é" * 300},
    ):
        response = client_of("cleo").get(URL, query)
        assert response.status_code == 200, query
        assert "<script>" not in response.content.decode().split("<main", 1)[1].split("</main")[0]


def test_a_hidden_skill_is_neither_found_nor_offered_nor_counted(cast, client_of, by):
    skill = make.SkillFactory(name="Kriging", slug="kriging", label_fr="Krigeage")
    make.PersonSkillFactory(tag=skill, content_object=cast.ben, visibility="me")
    by()
    page = client_of("cleo").get(URL, {"skill": "kriging"}).content.decode()
    assert "Ben Okafor" not in page
    assert "Kriging" not in client_of("cleo").get(URL).content.decode()
    assert "Ben Okafor" in client_of("ben").get(URL, {"skill": "kriging"}).content.decode()


def test_the_database_answers_by_name_and_says_so(cast, client_of):
    page = client_of("cleo").get(URL, {"q": "okaf"}).content.decode()
    assert "Ben Okafor" in page
    assert "Search is away for a moment" in page


# --- photos ------------------------------------------------------------------------------------------------
def picture(kind="JPEG", **options):
    import io

    from PIL import Image

    drawn = io.BytesIO()
    Image.new("RGB", (640, 480), "teal").save(drawn, kind, **options)
    return drawn.getvalue()


def test_a_photo_is_drawn_again_without_its_hidden_words_and_served_to_whom_may_see_it(cast, client_of):
    from PIL import Image

    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    ben = client_of("ben")
    url = reverse("people:photo_edit", args=[cast.ben.slug])
    response = ben.post(url, {"photo": SimpleUploadedFile("me.exe", picture(exif=exif.tobytes()), "application/octet-stream")})
    assert response.status_code == 302
    shown = reverse("people:person_photo", args=[cast.ben.slug])
    served = client_of("cleo").get(shown)
    body = b"".join(served.streaming_content)
    assert served["Content-Type"] == "image/webp"
    assert b"taken at home" not in body
    cast.ben.refresh_from_db()
    cast.ben.visibility = {"photo": "team"}
    cast.ben.save()
    assert client_of("cleo").get(shown).status_code == 404
    assert client_of("maya").get(shown).status_code == 200


@pytest.mark.parametrize("content", [b"MZ not a picture", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"", picture()[:200]])
def test_what_is_no_picture_is_refused_in_words(cast, client_of, content):
    url = reverse("people:photo_edit", args=[cast.ben.slug])
    response = client_of("ben").post(url, {"photo": SimpleUploadedFile("me.jpg", content, "image/jpeg")})
    assert response.status_code == 422


def test_a_removed_photo_is_gone_from_page_and_disk(cast, client_of, django_capture_on_commit_callbacks):
    ben = client_of("ben")
    ben.post(reverse("people:photo_edit", args=[cast.ben.slug]), {"photo": SimpleUploadedFile("me.png", picture("PNG"))})
    cast.ben.refresh_from_db()
    storage, name = cast.ben.photo.storage, cast.ben.photo.name
    assert storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        ben.post(reverse("people:photo_delete", args=[cast.ben.slug]))
    assert not storage.exists(name)
    assert ben.get(reverse("people:person_photo", args=[cast.ben.slug])).status_code == 404
