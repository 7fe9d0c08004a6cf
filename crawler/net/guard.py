"""A downloader middleware that every request passes, redirected ones too: scheme, port, and the source's own hosts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy.exceptions import CannotResolveHostError, IgnoreRequest

from crawler.net.resolver import NonPublicAddress, refused_address

if TYPE_CHECKING:
    from scrapy import Request

WEB_PORTS = frozenset({80, 443})
OWNS = "owns"
"""Key of `Request.meta`: a function that says whether a URL belongs to the source; absent: any host may answer."""
PORTS = "ports"
"""Key of `Request.meta`: ports allowed besides the web's own, those that the source's declaration names."""


class Refused(IgnoreRequest):
    """A request that must not be sent; the message is the cause."""


class RequestGuard:
    """Refuses what a hostile page, feed or redirect may ask for."""

    def process_request(self, request: Request) -> None:
        """Raises Refused for another scheme, a login in the URL, a strange port, or a redirect out of the source."""
        parts = urlsplit(request.url)
        if parts.scheme not in {"http", "https"}:
            raise Refused(f"blocked: scheme {parts.scheme or 'missing'}")
        if parts.username is not None or parts.password is not None:
            raise Refused("blocked: login in the URL")
        owns: Callable[[str], bool] | None = request.meta.get(OWNS)
        if owns is not None and "redirect_urls" in request.meta and not owns(request.url):
            raise Refused(f"moved to another site: {parts.hostname}")
        port = parts.port or (443 if parts.scheme == "https" else 80)
        if port not in WEB_PORTS and port not in request.meta.get(PORTS, ()):
            raise Refused(f"blocked: port {port} is not one that the source declares")
        self._forget_validators(request)

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Raises NonPublicAddress for a name that could be resolved, but must not be."""
        name = urlsplit(request.url).hostname or ""
        if isinstance(exception, CannotResolveHostError) and (address := refused_address(name)):
            raise NonPublicAddress(name, address) from exception

    def _forget_validators(self, request: Request) -> None:
        """An ETag means something to the host that gave it, and to no other (Scrapy carries it along)."""
        before = request.meta.get("redirect_urls")
        if before and urlsplit(before[-1]).netloc != urlsplit(request.url).netloc:
            for header in (b"If-None-Match", b"If-Modified-Since"):
                request.headers.pop(header, None)
