"""Refuses addresses that are not public, at the only place that nothing goes around: where a name becomes an address.

A check of the URL's text is bypassed by ``localhost``, ``127.1``, ``0x7f000001`` and redirects; the address that this
resolver returns is the one that Scrapy connects to, for literal addresses too.
"""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import ip_network
from typing import TYPE_CHECKING, Self, cast

from scrapy.exceptions import IgnoreRequest
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.error import DNSLookupError

from crawler.net.public import Network, is_allowed

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.internet.base import ReactorBase
    from twisted.internet.defer import Deferred

_refused: dict[str, str] = {}
"""Name to the forbidden address that it led to. Twisted tells its caller only that a name could not be resolved."""


class NonPublicAddress(IgnoreRequest):
    """`name` leads to an address inside a private network. Not retried: nothing was connected to."""

    def __init__(self, name: str, address: str) -> None:
        super().__init__(f"blocked: {name} leads to the non-public address {address}")
        self.name = name


def refused_address(name: str) -> str | None:
    """The forbidden address that `name` led to in this process; None when it never did."""
    return _refused.get(name)


class PublicOnlyResolver(CachingThreadedResolver):
    """Scrapy's caching resolver, for which a name that leads to a forbidden address leads nowhere."""

    networks: tuple[Network, ...] = ()

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        """The networks allowed besides public addresses come from the setting ALLOW_ADDRESSES."""
        resolver = super().from_crawler(crawler, reactor)
        resolver.networks = tuple(ip_network(text) for text in crawler.settings.getlist("ALLOW_ADDRESSES"))
        return resolver

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:
        """The address of `name`, checked."""
        return cast("Deferred[str]", super().getHostByName(name, timeout).addCallback(self._checked, name))

    def _checked(self, address: str, name: str) -> str:
        if not is_allowed(address, self.networks):
            _refused[name] = address
            raise DNSLookupError(f"{name} leads to the non-public address {address}")
        return address
