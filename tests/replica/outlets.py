"""The outlets of the replica web, as data: ``outlets.toml`` says how each site behaves."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

FILE = Path(__file__).parent / "outlets.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed, with its faults."""

    path: str
    format: str
    """``rss``, ``rss091``, ``rdf``, ``atom``, ``json``; ``html``: a page that only pretends to be a feed."""
    lang: str | None = None
    """Edition; None: all languages of the outlet."""
    depth: int = 30
    guid: str = "link"
    """``link``, ``same`` (one for all items), ``none``, ``changing`` (another at each request)."""
    tracking: str = ""
    """Query added to each link."""
    twins: bool = False
    """Some items come twice, the second time as AMP, print or raw address."""
    bad_first: bool = False
    """The first entry has a link that is none."""
    dates: str = "rfc822"
    """``rfc822``, ``russian``, ``none``."""
    full_text: bool = False
    charset: str = "utf-8"
    html_for: str = ""
    """``browser``: whoever looks like one gets the application shell instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """A sitemap: ``index`` (names the dated gzip children), ``news`` (Google News), ``plain``."""

    path: str
    format: str
    child: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """How a site is built. Addresses are ``127.0.1.<number>``."""

    id: str
    number: int
    name: str
    lang: str
    country: str
    zone: ZoneInfo
    path: str
    """Of an article: ``{section}``, ``{slug}``, ``{id}``, ``{lang}``, ``{Y}``, ``{m}``, ``{d}``."""
    sections: Mapping[str, str] = field(default_factory=dict)
    section_path: str = "/{section}/"
    all_path: str = ""
    """A list of all sections together."""
    first_id: int = 1000
    date: str = ""
    """Pattern of the date on the page; empty: none is printed."""
    edition_dates: Mapping[str, str] = field(default_factory=dict)
    date_known: str = "minute"
    """The most that a crawler can know of the date: ``minute``, ``day``, ``none``."""
    print_path: str = ""
    amp_path: str = ""
    old_path: str = ""
    """Where moved articles used to be."""
    paragraph: str = "p"
    """``p``, ``div`` or ``br``."""
    charset: str = "utf-8"
    header_charset: str = ""
    """The one in the Content-Type of pages, where it differs from the true one; ``none``: no word of it."""
    robots: str = ""
    """``{origin}`` is filled in; empty: 404."""
    feeds: tuple[Feed, ...] = ()
    sitemaps: tuple[Sitemap, ...] = ()
    autodiscovery: tuple[str, ...] = ()
    """Paths of the feeds that the home page names."""
    subhosts: Mapping[str, int] = field(default_factory=dict)
    """Sections that live on an address of their own."""
    needs_browser: bool = False
    """Answers 400 to whoever does not look like a browser."""
    soft_404: bool = False
    """Says 200 for pages that it does not have."""
    slow_seconds: float = 0.0
    feed_slow_seconds: float = 0.0
    throttle_once: str = ""
    """Slug of the article whose first request is answered 429."""
    status: int = 200
    """Of everything, where it is not 200."""
    listening: bool = True


@cache
def load_outlets() -> Mapping[str, Outlet]:
    """All outlets by id, in the order of their addresses."""
    tables: dict[str, dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {name: _outlet(name, values) for name, values in tables.items()}


def _outlet(name: str, values: dict[str, Any]) -> Outlet:
    values = dict(values)
    zone = ZoneInfo(values.pop("zone"))
    feeds = tuple(Feed(**feed) for feed in values.pop("feeds", ()))
    sitemaps = tuple(Sitemap(**sitemap) for sitemap in values.pop("sitemaps", ()))
    autodiscovery = tuple(values.pop("autodiscovery", ()))
    return Outlet(id=name, zone=zone, feeds=feeds, sitemaps=sitemaps, autodiscovery=autodiscovery, **values)
