"""F. Content and redirects that point inside, in one round that is watched from outside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

import pytest

from tests.battery.f_ssrf.targets import ALLOWED, INNER, files, inside
from tests.bench import answers, tracing
from tests.bench.answers import article, feed, page, redirect, reply, status, xml
from tests.bench.crawling import Bench
from tests.bench.rounds import Builder, Round
from tests.bench.web import Site, Web

SECRET = "never to be read"
PLAIN = {"host", "user-agent", "accept", "accept-language", "accept-encoding", "connection", "referer"}
"""Headers of a request that tells nothing."""


@dataclass(frozen=True)
class Watched:
    """The round, the sites that nobody may reach, and what the system was asked for."""

    round: Round
    inner: list[Site]
    forbidden: Site
    trace: Path | None
    marker: Path


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    folder = tmp_path_factory.mktemp("inside")
    marker = folder / "marker.txt"
    marker.write_text(SECRET, encoding="utf-8")
    trace = None if tracing.why_not() else folder / "trace"
    with Web() as web:
        made = Builder(Bench(folder, timeout_seconds=30, pages_per_source=300), web)
        inner = [_add_contents(made, marker)]
        _add_lists(made, inner[0], marker)
        inner += [_add_homes(made, inner[0]), _add_robots(made)]
        forbidden = _add_ports(made)
        _add_wanderers(made)
        within = tracing.tracing(trace) if trace else ()
        yield Watched(made.hold(within=within, without=["away"]), inner, forbidden, trace, marker)


def _add_contents(made: Builder, marker: Path) -> Site:
    """A feed of bad links, redirects to each of them, and a page that names them all."""
    site = made.add("contents")
    inner = made.web.site({"*": page("the inside")}, address=INNER, port=site.port)
    targets = [*inside(site.port, site.address), *files(marker, SECRET)]
    site.routes |= {f"/r{number}": redirect(target) for number, target in enumerate(targets)}
    site.routes |= {f"/p{number}": reply(_naming(target)) for number, target in enumerate(targets)}
    links = [f"{site.url}/{kind}{number}" for kind in "rp" for number in range(len(targets))]
    items = "".join(answers.item(target, guid=target) for target in targets)
    site.routes["/rss"] = feed(*links, raw=items)
    site.routes["/robots.txt"] = reply(
        f"User-agent: *\nSitemap: file://{marker}\nSitemap: {inner.url}/\n", "text/plain"
    )
    return inner


def _naming(target: str) -> str:
    """An article whose head names another address as its own, its picture's and its next page's."""
    url = escape(target, quote=True)
    head = (
        f'<link rel=canonical href="{url}"><meta property="og:url" content="{url}"><link rel=next href="{url}">'
        f'<meta property="og:image" content="{url}"><meta http-equiv=refresh content="0;url={url}"><base href="{url}">'
    )
    return article(f"names {target}").replace("<meta charset", f"{head}<meta charset", 1)


def _add_lists(made: Builder, inner: Site, marker: Path) -> None:
    """Sitemaps and feeds that name others, and a home page whose feeds are elsewhere."""
    bad = (f"{inner.url}/map.xml", f"file://{marker}")
    site = made.add_sitemap("lists", "/index.xml")
    locs = "".join(f"<sitemap><loc>{target}</loc></sitemap>" for target in (*bad, f"{site.url}/map.xml"))
    site.routes |= {
        "/index.xml": xml(f"<sitemapindex>{locs}</sitemapindex>"),
        "/map.xml": xml(answers.sitemap([*bad, f"{site.url}/news/1"])),
        "/news/1": page("the only honest one"),
    }
    made.sites["home"] = home = made.web.site({"/robots.txt": status("404 No")})
    made.bench.source("home", home)
    links = "".join(f'<link rel=alternate type="application/rss+xml" href="{target}">' for target in bad)
    home.routes["/"] = reply(f'<!doctype html><html><head>{links}</head><body><a href="{bad[1]}">x</a></body></html>')


def _add_homes(made: Builder, inner: Site) -> Site:
    """Sources that are themselves inside, or whose feed leads there."""
    for name, home in {"direct": inner.url, "named": f"http://localhost:{inner.port}"}.items():
        made.bench.source(name, Site(home[7:].rpartition(":")[0], inner.port), "/rss")
    leading = made.add("leading")
    second = made.web.site({"*": feed("http://x/")}, address=INNER, port=leading.port)
    leading.routes |= {"/rss": redirect(f"{second.url}/rss"), "*": redirect(f"{second.url}/")}
    return second


def _add_robots(made: Builder) -> Site:
    site = made.add_pages("robots", page("robots that lead inside"))
    inner = made.web.site({"*": reply("inside")}, address=INNER, port=site.port)
    site.routes["/robots.txt"] = redirect(f"{inner.url}/robots.txt")
    return inner


def _add_ports(made: Builder) -> Site:
    """A port of an allowed address that the source does not declare, and those of other services."""
    site = made.add("ports")
    forbidden = made.web.site({"*": page("a forbidden port")}, address=site.address)
    ports = [forbidden.port, 22, 25, 5432, 6379]
    links = [f"http://{site.address}:{port}/x" for port in ports]
    site.routes |= {"/rss": feed(*links, *(f"{site.url}/r{port}" for port in ports))}
    site.routes |= {f"/r{port}": redirect(link) for port, link in zip(ports, links, strict=True)}
    return forbidden


def _add_wanderers(made: Builder) -> None:
    """A page that leads through foreign hosts and back."""
    made.sites["away"] = away = made.web.site()
    site = made.add_pages("wandering", b"", page("stays"))
    site.routes["/news/0"] = redirect(f"{away.url}/1")
    away.routes |= {"/1": redirect(f"{site.url}/news/2"), "*": page("away")}
    site.routes["/news/2"] = page("back home")


def test_050_direct_and_redirected_targets(watched: Watched) -> None:
    assert [site.connections for site in watched.inner] == [0] * len(watched.inner)
    for name in ("direct", "named"):
        report = watched.round.reports[name]
        assert "leads to the non-public address 127.0.0." in report.detail
        assert report.requests == 0
    assert not watched.round.reports["leading"].outcome.reached
    assert watched.round.stored("robots") == 1


@pytest.mark.skipif(tracing.why_not() is not None, reason=tracing.why_not() or "")
def test_050_no_connection_outside_is_even_attempted(watched: Watched) -> None:
    assert watched.trace
    assert tracing.strangers(watched.trace, [ALLOWED]) == set()
    assert {address for address, _ in tracing.connections(watched.trace)} & {
        site.address for site in watched.round.sites.values()
    }, "nothing was traced"


def test_051_schemes_from_content(watched: Watched) -> None:
    stored = [f"{one.title} {one.text} {one.url}" for found in watched.round.articles.values() for one in found]
    assert not any(SECRET in text or "the inside" in text for text in stored)
    urls = [one.url for found in watched.round.articles.values() for one in found]
    assert all(url.startswith("http://127.0.1.") for url in urls)
    assert watched.round.reports["contents"].refused["blocked"] >= 1
    assert watched.round.stored("lists") == 1


@pytest.mark.skipif(tracing.why_not() is not None, reason=tracing.why_not() or "")
def test_051_no_marker_file_is_opened(watched: Watched) -> None:
    assert watched.trace
    assert not tracing.was_opened(watched.trace, watched.marker)
    assert tracing.was_opened(watched.trace, watched.marker.parent / "khabar.toml"), "nothing was traced"


def test_054_ports_that_the_source_does_not_declare(watched: Watched) -> None:
    assert watched.forbidden.connections == 0
    assert sum(watched.round.reports["ports"].refused.values()) == 5
    assert watched.round.stored("ports") == 0


def test_055_nothing_but_the_request_itself_is_told(watched: Watched) -> None:
    asked = [(site, one) for site in watched.round.sites.values() for one in site.asked]
    assert {name for _, one in asked for name in one.headers} <= PLAIN
    assert all(one.headers.get("referer", site.url).startswith(site.url) for site, one in asked)


def test_056_a_page_that_leads_through_foreign_hosts(watched: Watched) -> None:
    assert watched.round.reports["wandering"].refused == {"moved to another site": 1}
    assert watched.round.sites["away"].connections == 0
    assert watched.round.stored("wandering") == 1
