"""Receivers of webhooks on loopback."""

import pytest

from tests.webhooks import receiver


@pytest.fixture
def ears(settings):
    """Opens receivers on loopback, which the tests allow."""
    settings.WEBHOOKS_LOOPBACK = True
    opened = []

    def open_one(**options):
        opened.append(receiver.open_ear(**options))
        return opened[-1]

    yield open_one
    for server in opened:
        receiver.close_ear(server)
