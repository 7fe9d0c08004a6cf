"""Which addresses the crawler may connect to. Nothing is connected to here; the battery does that on loopback."""

from __future__ import annotations

from ipaddress import ip_network

import pytest

from crawler.net.public import is_allowed

REPLICA = (ip_network("127.0.1.0/24"),)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111"])
def test_public_addresses_are_allowed(address: str) -> None:
    assert is_allowed(address, ())


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.0.1.1",
        "0.0.0.0",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::ffff:127.0.0.1",
        "fe80::1",
        "fd00::1",
        "ff02::1",
    ],
)
def test_private_addresses_are_refused(address: str) -> None:
    assert not is_allowed(address, ())


def test_a_listed_network_is_allowed_and_its_neighbour_is_not() -> None:
    assert is_allowed("127.0.1.7", REPLICA)
    assert not is_allowed("127.0.0.1", REPLICA)
    assert is_allowed("::ffff:127.0.1.7", REPLICA)
