"""Teams and sites as the People team keeps them: the tree stays true, heads lead, wrong words come back."""

import pytest
from django.urls import reverse

from portal import rules
from portal.models import AuditEntry
from portal.people.models import Site, Team

SITE = {"name": "Lyon", "code": "lyon", "timezone": "Europe/Paris", "city": "Lyon", "country": "fr"}


def edit(client_of, team, **more):
    body = {"name_en": team.name_en, "parent": team.parent_id or "", "site": team.site_id or "", **more}
    response = client_of("hugo").post(reverse("people:team_edit", args=[team.slug]), body)
    team.refresh_from_db()
    return response


def test_a_new_team_stands_under_its_parent_with_its_head(cast, client_of):
    body = {"name_en": "Rain gauges", "name_fr": "Pluviomètres", "parent": cast.data.pk, "head": "ben@rivage.example", "site": cast.nantes.pk}
    response = client_of("hugo").post(reverse("people:team_create"), body)
    team = Team.objects.get(slug="rain-gauges")
    assert response["Location"] == team.get_absolute_url()
    assert team.path == f"{cast.data.path}{team.pk}/"
    assert team.head == cast.ben
    assert rules.may(cast.ben.user, "people.lead_team", team)
    assert AuditEntry.objects.filter(action="team.written").exists()


def test_a_branch_moves_with_its_team_and_never_under_itself(cast, client_of):
    child = Team.objects.create(slug="gauges", name_en="Gauges", parent=cast.data)
    assert edit(client_of, cast.data, parent=cast.far.pk).status_code == 302
    child.refresh_from_db()
    assert child.path == f"{cast.far.path}{cast.data.pk}/{child.pk}/"
    assert edit(client_of, cast.data, parent=child.pk).status_code == 422
    assert edit(client_of, cast.data, parent=cast.data.pk).status_code == 422


def test_two_teams_of_one_name_have_two_addresses_and_none_hides_a_page(cast, client_of):
    for _each in range(2):
        client_of("hugo").post(reverse("people:team_create"), {"name_en": "Sites"})
    assert set(Team.objects.filter(name_en="Sites").values_list("slug", flat=True)) == {"sites-2", "sites-3"}


def test_the_chart_opens_on_the_branch_of_its_reader_and_on_the_top_for_an_unknown_team(cast, client_of):
    ben, address = client_of("ben"), reverse("people:team_list")
    own = f'<h2 id="in" lang="en">{cast.data.name}</h2>'
    assert own in ben.get(address).content.decode()
    assert f"?team={cast.data.slug}" in ben.get(address).content.decode()
    for slug in ("nowhere", cast.far.slug):
        assert own not in ben.get(f"{address}?team={slug}").content.decode()


def test_a_head_nobody_knows_comes_back_in_words(cast, client_of):
    response = edit(client_of, cast.data, head="nobody@rivage.example")
    assert response.status_code == 422
    assert "Nobody here has the address" in response.content.decode()
    assert cast.data.head == cast.maya


def test_a_site_is_opened_and_its_code_stays(cast, client_of):
    client_of("hugo").post(reverse("people:site_create"), SITE)
    site = Site.objects.get(code="lyon")
    assert site.country == "FR"
    client_of("hugo").post(reverse("people:site_edit", args=["lyon"]), {**SITE, "code": "other", "name": "Lyon Confluence"})
    site.refresh_from_db()
    assert (site.code, site.name) == ("lyon", "Lyon Confluence")
    assert "Lyon Confluence" in client_of("hugo").get(reverse("people:site_list")).content.decode()


@pytest.mark.parametrize("wrong", [{"timezone": "Europe/Atlantis"}, {"country": "F1"}, {"code": "nantes"}, {"city": ""}])
def test_a_site_that_cannot_be_is_refused(cast, client_of, wrong):
    assert client_of("hugo").post(reverse("people:site_create"), {**SITE, **wrong}).status_code == 422
    assert not Site.objects.filter(name="Lyon").exists()
