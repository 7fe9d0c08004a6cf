"""Where everything is: the address of an outlet, and all addresses under which one article is served."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

from tests.replica.articles import Article
from tests.replica.outlets import Outlet

NETWORK = "127.0.1.0/24"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """An article at its place on the web. Addresses are percent-encoded."""

    article: Article
    at: datetime
    """Instant of publication, UTC."""
    modified_at: datetime | None
    url: str
    """The address that the site itself calls the right one."""
    print_url: str
    """Twins; empty where the site has none."""
    amp_url: str
    old_url: str
    """Where it used to be: leads to `url`, or to another host."""

    @property
    def listed_url(self) -> str:
        """What feeds and lists link to."""
        return self.old_url or self.url

    @property
    def raw_url(self) -> str:
        """The address with its letters unencoded, as careless engines print it."""
        return unquote(self.url)

    @property
    def twins(self) -> tuple[str, ...]:
        return tuple(url for url in (self.print_url, self.amp_url, self.old_url) if url)


def host_of(number: int) -> str:
    return f"127.0.1.{number}"


def origin(number: int, port: int) -> str:
    return f"http://{host_of(number)}:{port}"


def place(
    outlet: Outlet, article: Article, *, number: int, at: datetime, modified_at: datetime | None, port: int
) -> Published:
    """`article` at its addresses. `number` is its place in the outlet's row of articles, from the oldest."""
    day = at.astimezone(outlet.zone)
    values = {
        "section": article.section,
        "slug": article.address or article.slug,
        "id": str(outlet.first_id + number * 3),
        "lang": article.lang,
        "Y": f"{day:%Y}",
        "m": f"{day:%m}",
        "d": f"{day:%d}",
    }
    base = origin(outlet.subhosts.get(article.section, outlet.number), port)

    def address(pattern: str) -> str:
        return base + quote(pattern.format(**values), safe="/?=&:") if pattern else ""

    return Published(
        article=article,
        at=at,
        modified_at=modified_at,
        url=address(outlet.path),
        print_url=address(outlet.print_path),
        amp_url=address(outlet.amp_path),
        old_url=address(outlet.old_path if article.kind in {"moved", "away"} else ""),
    )


@lru_cache(maxsize=4096)
def route_of(url: str) -> str:
    """Path and query as a site looks them up: decoded, without a final slash and unknown parameters."""
    parts = urlsplit(url)
    wanted = [pair for pair in parts.query.split("&") if pair.startswith(("id=", "name="))]
    path = unquote(parts.path).rstrip("/") or "/"
    return path + ("?" + "&".join(wanted) if wanted else "")
