"""The results page, the palette and the pages of the People team."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal import search
from portal.search.models import Miss, UsualName
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_the_results_page_says_what_and_why(indexed, client_of):
    page = client_of("cleo").get("/search/?q=lefevre").content.decode()
    assert "Maya <mark>Lefèvre</mark>" in page
    assert "Found by: name Lefèvre" in page


def test_what_people_write_is_escaped(cast, client_of):
    cast.ben.headline = "<script>alert(1)</script> gauges"
    cast.ben.save()
    search.reindex()
    page = client_of("cleo").get("/search/?q=gauges").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    "query", ["", "?q=", "?q=???", "?q=xyzzy", "?q=%00", "?page=0", "?page=999999&q=data", "?sort=nonsense&q=a", "?kind=nonsense", "?site=%27&team=&q=%22"]
)
def test_empty_and_absurd_questions_get_a_page(indexed, client_of, query):
    assert client_of("cleo").get(f"/search/{query}").status_code == 200
    assert client_of("cleo").get(f"/search/suggest/{query}").status_code == 200


def test_a_visitor_finds_nothing(indexed, client_of):
    assert client_of("visitor").get("/search/?q=maya").status_code == 302
    assert client_of("visitor").get("/search/suggest/?q=maya").status_code == 302


def _asked(client):
    """The statements of one page; savepoints are there only because a test is one transaction."""
    with CaptureQueriesContext(connection) as queries:
        client.get("/search/?q=engineer")
    return [query["sql"][:150] for query in queries.captured_queries if "SAVEPOINT" not in query["sql"]]


def test_the_number_of_queries_does_not_grow(indexed, client_of):
    client = client_of("cleo")
    client.get("/search/?q=engineer")
    few = _asked(client)
    for at in range(30):
        make.colleague(f"Given{at}", f"Engineer{at}", team=indexed.data, site=indexed.nantes)
    search.drain()
    many = _asked(client)
    assert len(many) == len(few) <= 10, many


def test_the_palette_proposes_and_leads_to_all_results(indexed, client_of):
    page = client_of("cleo").get("/search/suggest/?q=oka").content.decode()
    assert "Ben Okafor" in page
    assert "/search/?q=oka" in page


def test_words_that_found_nothing_are_counted_without_the_person(indexed, client_of):
    for name in ("cleo", "ben"):
        client_of(name).get("/search/?q=Kubernetes Helm")
    assert [(miss.words, miss.times) for miss in Miss.objects.all()] == [("kubernetes helm", 2)]
    assert {field.name for field in Miss._meta.get_fields()} == {"id", "words", "times", "last_on", "settled"}
    client_of("cleo").get("/search/?q=0612345678")
    client_of("cleo").get("/search/?q=someone@rivage.example")
    assert Miss.objects.count() == 1


def test_only_the_people_team_sees_them(indexed, client_of):
    assert client_of("cleo").get("/search/misses/").status_code == 404
    assert client_of("cleo").get("/search/usual-names/").status_code == 404
    assert client_of("hugo").get("/search/misses/").status_code == 200
    assert client_of("hugo").get("/search/usual-names/").status_code == 200


def test_one_click_gives_words_a_meaning(indexed, client_of, found):
    skill = make.SkillFactory(name="Container orchestration")
    search.drain()
    client_of("cleo").get("/search/?q=kubernetes")
    miss = Miss.objects.get()
    hugo = client_of("hugo")
    assert hugo.get(f"/search/misses/{miss.pk}/").status_code == 200
    hugo.post(f"/search/misses/{miss.pk}/", {"remedy": "alias", "choice": skill.pk})
    search.drain()
    assert found("cleo", "kubernetes") == ["Container orchestration"]
    miss.refresh_from_db()
    assert "Container orchestration" in miss.settled


def test_a_word_becomes_a_skill(indexed, client_of, found):
    client_of("cleo").get("/search/?q=kubernetes")
    client_of("hugo").post(f"/search/misses/{Miss.objects.get().pk}/", {"remedy": "skill"})
    search.drain()
    assert found("cleo", "kubernetes") == ["Kubernetes"]


def test_a_usual_name_added_by_the_people_team_finds(indexed, client_of, found):
    hugo = client_of("hugo")
    assert hugo.post("/search/usual-names/", {"short": "Kiki", "full": "Maya"}).status_code == 302
    search.drain()
    assert "Maya Lefèvre" in found("cleo", "kiki")
    pair = UsualName.objects.get(short="Kiki", full="Maya")
    hugo.post(f"/search/usual-names/{pair.pk}/remove/")
    search.drain()
    assert "Maya Lefèvre" not in found("cleo", "kiki")


def test_an_empty_line_is_refused_in_words(indexed, client_of):
    assert client_of("hugo").post("/search/usual-names/", {"short": "", "full": "!"}).status_code == 422
