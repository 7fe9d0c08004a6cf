"""Which addresses are public."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Network = IPv4Network | IPv6Network


def is_allowed(address: str, networks: Sequence[Network]) -> bool:
    """Whether we may connect to `address`: a public unicast one, or one inside `networks`."""
    ip: IPv4Address | IPv6Address = ip_address(address)
    mapped = getattr(ip, "ipv4_mapped", None)
    ip = mapped or ip
    return (ip.is_global and not ip.is_multicast) or any(ip in network for network in networks)
