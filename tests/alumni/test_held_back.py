"""Who waits for an answer, or has a mentor, reads so where they would ask somebody else."""

import pytest
from django.urls import reverse

from tests.alumni.making import asks, meets, offers

pytestmark = pytest.mark.parametrize("address", ["alumni:request_create", "alumni:mentor_detail"])


def shown(client_of, cast, address) -> str:
    return client_of("nia").get(reverse(address, args=[cast.ilan.slug])).content.decode()


def test_a_request_that_waits_is_said_and_linked_instead_of_a_form(cast, client_of, address):
    offers(cast.cleo)
    offers(cast.ilan)
    asked = asks(cast.nia, cast.cleo)
    page = shown(client_of, cast, address)
    assert "Your request to Cleo Hart waits for an answer until" in page
    assert reverse("alumni:request_detail", args=[asked.pk]) in page
    assert 'name="words"' not in page
    assert "Ask Ilan</a>" not in page


def test_the_mentor_one_has_is_said_and_linked_instead_of_a_form(cast, client_of, address):
    offers(cast.ilan)
    pair = meets(cast.nia, cast.cleo)
    page = shown(client_of, cast, address)
    assert "Cleo Hart is your mentor already." in page
    assert pair.get_absolute_url() in page
    assert 'name="words"' not in page


def test_whoever_waits_for_nobody_may_ask(cast, client_of, address):
    offers(cast.ilan)
    page = shown(client_of, cast, address)
    assert ('name="words"' in page) or ("Ask Ilan</a>" in page)
    assert "waits for an answer until" not in page
