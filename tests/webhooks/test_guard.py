"""Webhooks never reach into our own network."""

import socket
from ipaddress import ip_address

import pytest

from portal.models import Attempt
from portal.tasks import send_webhooks
from portal.webhooks import guard
from tests.webhooks.telling import subscribed, told

pytestmark = pytest.mark.django_db


PRIVATE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "255.255.255.255", "224.0.0.1", "240.0.0.1",
    "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "fec0::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "2002:7f00:1::1", "64:ff9b::a00:1", "64:ff9b::7f00:1", "2001:db8::1",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_that_are_not_public_are_refused(address):
    assert not guard.may_talk_to(ip_address(address))
    host = f"[{address}]" if ":" in address else address
    with pytest.raises(guard.Refused):
        guard.demand(f"https://{host}/hooks")


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822"])
def test_public_addresses_are_let_through(address):
    assert guard.may_talk_to(ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        "http://93.184.216.34/", "ftp://93.184.216.34/", "https://user:word@93.184.216.34/", "https://93.184.216.34/#x", "https://93.184.216.34:22/",
        "https://93.184.216.34:99999/", "https:///x", "file:///etc/passwd", "https://localhost/", "https://2130706433/", "https://0x7f.1/", "https://no-such-host.invalid/",
        "https://93.184.216.34/a b", "https://93.184.216.34/\r\nHost: x",
    ],
)  # fmt: skip
def test_addresses_of_another_form_are_refused(url):
    with pytest.raises(guard.Refused):
        guard.demand(url)


def test_loopback_is_allowed_by_the_setting_alone_and_nothing_else_with_it(settings):
    settings.WEBHOOKS_LOOPBACK = True
    assert guard.demand("http://127.0.0.1:9999/") == ["127.0.0.1"]
    for address in ("10.0.0.1", "169.254.169.254", "192.168.0.1"):
        with pytest.raises(guard.Refused):
            guard.demand(f"http://{address}:9999/")


def test_a_name_that_points_elsewhere_when_it_is_sent_is_refused_then(ears, monkeypatch):
    """The name was public when saved and is private when sent (DNS rebinding): nothing leaves."""
    ear = ears()
    port = ear.server_address[1]
    subscription, _ = subscribed(f"http://rebinding.example:{port}/hooks")
    told()
    asked = []

    def resolver(host, number, **options):
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.7", number))]

    monkeypatch.setattr(guard.socket, "getaddrinfo", resolver)
    assert send_webhooks(subscription.pk) == 0
    assert (Attempt.objects.get().fault, asked, ear.heard) == ("address refused", ["rebinding.example"], [])


def test_the_connection_goes_to_the_very_address_that_was_checked(ears, monkeypatch):
    """The name is looked up once; the socket opens to that answer, and a second look-up is never made."""
    ear = ears()
    port = ear.server_address[1]
    subscription, _ = subscribed(f"http://once.example:{port}/hooks")
    told()
    real, asked = socket.getaddrinfo, []

    def resolver(host, number, *rest, **options):
        asked.append(host)
        return real("127.0.0.1" if host == "once.example" else host, number, *rest, **options)

    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    assert send_webhooks(subscription.pk) == 1
    assert asked.count("once.example") == 1
    assert ear.heard[0][0]["Host"] == f"once.example:{port}"


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch):
    found = [(socket.AF_INET, 1, 6, "", (address, 443)) for address in ("93.184.216.34", "10.0.0.7")]
    monkeypatch.setattr(guard.socket, "getaddrinfo", lambda *words, **options: found)
    with pytest.raises(guard.Refused):
        guard.demand("https://mixed.example/")


def test_a_redirect_is_not_followed(ears):
    inner = ears()
    subscription, _ = subscribed(ears(status=307, location=inner.url).url)
    told()
    assert send_webhooks(subscription.pk) == 0
    assert (inner.heard, Attempt.objects.get().status) == ([], 307)
