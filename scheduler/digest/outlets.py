"""The outlets that a digest names."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from crawler.sources import Source
from crawler.urls.address import host_of
from crawler.urls.site import site_of
from scheduler.digest.untrusted import one_line, printable, web_link

MAX_NAME = 60


@dataclass(frozen=True, slots=True)
class Outlet:
    """A source of the registry, as its readers know it."""

    id: str
    name: str
    country: str = ""
    """ISO 3166 code of the side it belongs to; empty when unknown."""
    kind: str = ""
    """``state``, ``private``, ``government``, ``think-tank``; empty when unknown."""
    url: str | None = None
    """Its home page."""
    family: str = ""
    """Name of its publisher, equal for all outlets of one; empty when unknown: then it stands alone."""


def outlets_of(sources: Mapping[str, Source]) -> dict[str, Outlet]:
    """The sources in use as the digest names them."""
    return {
        key: Outlet(
            id=key,
            name=source.name,
            country=source.country or "",
            kind=source.kind,
            url=source.home,
            family=family_of(source.home),
        )
        for key, source in sources.items()
        if not source.off
    }


def outlet_of(source: str, outlets: Mapping[str, Outlet]) -> Outlet:
    """The outlet with the id `source`, safe to print; one named by its id when the registry has it no more."""
    outlet = outlets.get(source) or Outlet(source, source)
    return replace(
        outlet,
        id=printable(source),
        name=one_line(outlet.name, MAX_NAME) or one_line(source, MAX_NAME) or "?",
        country=printable(outlet.country),
        kind=printable(outlet.kind),
        url=web_link(outlet.url or ""),
    )


def family_of(home: str) -> str:
    """The publisher behind a home page: its owner where we know of one with several sites, else its domain."""
    site = site_of(host_of(home))
    return _owners().get(site, site)


@cache
def _owners() -> dict[str, str]:
    """Domain to owner."""
    data = tomllib.loads((files("scheduler.digest") / "publishers.toml").read_text(encoding="utf-8"))
    return {site: owner for owner, sites in data.items() for site in sites}
