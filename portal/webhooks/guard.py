"""Keeps webhooks out of our own network: only public addresses, looked at when saved and again when sent."""

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _

TRANSLATED = ip_network("64:ff9b::/96")  # NAT64 carries an IPv4 address in its last four bytes
LEAST_FREE_PORT = 1024


class Refused(Exception):
    """An address we do not talk to; the message is for people."""


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether `address` belongs to the public internet, whatever IPv4 address it may carry inside."""
    if isinstance(address, IPv6Address):
        if address in TRANSLATED:
            return is_public(IPv4Address(address.packed[-4:]))
        inside = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inside is not None and not is_public(inside):
            return False
        if address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified or address.is_link_local)


def may_talk_to(address: IPv4Address | IPv6Address) -> bool:
    return is_public(address) or (settings.WEBHOOKS_LOOPBACK and address.is_loopback)


def split(url: str) -> tuple[str, str, int, str]:
    """(scheme, host, port, path with query) of an address of the right form; Refused otherwise."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Refused(_("This is not an address.")) from None
    if parts.scheme != "https" and not (parts.scheme == "http" and settings.WEBHOOKS_LOOPBACK):
        raise Refused(_("The address must begin with https://."))
    if not parts.hostname or parts.username or parts.password or parts.fragment or any(ord(letter) <= 32 or ord(letter) > 126 for letter in url):
        raise Refused(_("Give a plain address: no user name, no “#”, no spaces."))
    port = port or (443 if parts.scheme == "https" else 80)
    if port < LEAST_FREE_PORT and port not in (80, 443):
        raise Refused(_("This port belongs to another service: use 443, or one from 1024 on."))
    return parts.scheme, parts.hostname, port, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def addresses_of(host: str, port: int) -> list[str]:
    """The addresses `host` has now. Refused when there is none, or when one of them is not public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Refused(_("Nobody knows this host name.")) from None
    addresses = list(dict.fromkeys(place[0] for *_rest, place in found))
    if not all("%" not in address and may_talk_to(ip_address(address)) for address in addresses):
        raise Refused(_("This address lies inside a private network."))
    return addresses


def demand(url: str) -> list[str]:
    """The public addresses behind `url`; Refused with a sentence otherwise."""
    _scheme, host, port, _path = split(url)
    return addresses_of(host, port)
