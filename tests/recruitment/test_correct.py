"""Correcting one's own details: by the private link only, told at the address before, and closed once it is a contract."""

import pytest

from portal.models import Mail
from recruitment import erasing
from recruitment.models import Application
from tests.recruitment.conftest import fresh

pytestmark = pytest.mark.django_db
RIGHT = {"given_name": "Léna", "family_name": "Morel-Roy", "email": "lena@mail.example", "phone": "06 00 00 00 00"}


def test_a_candidate_corrects_a_name_and_a_number(client, apply):
    application, token = apply()
    assert f"/en/follow/{token}/correct/" in client.get(f"/en/follow/{token}/").content.decode()
    client.post(f"/en/follow/{token}/correct/", RIGHT)
    application = fresh(application)
    assert application.person.display_name == "Léna Morel-Roy"
    assert application.phone == "06 00 00 00 00"
    assert not Mail.objects.filter(kind__in=["recruitment.link", "recruitment.moved"]).exists()


def test_a_new_address_gets_the_link_and_the_one_before_is_told_without_it(client, apply):
    application, token = apply()
    client.post(f"/en/follow/{token}/correct/", RIGHT | {"email": "elsewhere@mail.example"})
    link, told = Mail.objects.get(kind="recruitment.link"), Mail.objects.get(kind="recruitment.moved")
    assert link.to == fresh(application).email == "elsewhere@mail.example"
    assert told.to == "lena@mail.example"
    assert "/follow/" in link.body
    assert "/follow/" not in told.body
    assert "elsewhere" not in told.body
    erasing.erase(fresh(application))
    assert not Mail.objects.filter(kind__startswith="recruitment.").exclude(kind="recruitment.received").exists()


@pytest.mark.parametrize("wrong", [{"email": "no address"}, {"family_name": ""}])
def test_what_is_wrong_changes_nothing(client, apply, wrong):
    application, token = apply()
    assert client.post(f"/en/follow/{token}/correct/", RIGHT | wrong).status_code == 422
    assert fresh(application).phone == ""


def test_a_contract_is_corrected_by_the_people_team(client, apply):
    application, token = apply()
    Application.objects.filter(pk=application.pk).update(status=Application.Status.ACCEPTED)
    assert client.get(f"/en/follow/{token}/correct/").status_code == 404
    assert client.post(f"/en/follow/{token}/correct/", RIGHT).status_code == 404
    assert fresh(application).person.given_name == "Lena"
