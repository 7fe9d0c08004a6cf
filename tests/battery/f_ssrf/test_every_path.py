"""F. Every way on which Khabar fetches something: no connection inside, no file opened."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

import pytest

from tests.battery.f_ssrf.targets import ALLOWED, INNER
from tests.bench import tracing
from tests.bench.answers import feed, page, redirect, reply, status
from tests.bench.crawling import Bench
from tests.bench.web import Site, Web

SECRET = "never to be read"

pytestmark = pytest.mark.skipif(tracing.why_not() is not None, reason=tracing.why_not() or "")


@dataclass(frozen=True)
class Place:
    """An installation, a hostile site, the internal server that it points to, and a file that nobody may open."""

    bench: Bench
    site: Site
    inner: Site
    marker: Path

    def run(self, *arguments: str) -> str:
        """What a command says, once it is sure that it touched nothing inside."""
        trace = self.bench.folder / "trace"
        done = self.bench.khabar(*arguments, within=tracing.tracing(trace))
        assert "Traceback" not in done.stderr
        assert tracing.strangers(trace, [ALLOWED]) == set()
        assert not tracing.was_opened(trace, self.marker)
        assert tracing.was_opened(trace, self.bench.folder / "khabar.toml"), "nothing was traced"
        assert self.inner.connections == 0
        assert SECRET not in done.stdout + done.stderr
        return done.stdout + done.stderr


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    marker = tmp_path / "marker.txt"
    marker.write_text(SECRET, encoding="utf-8")
    with Web() as web:
        site = web.site()
        inner = web.site({"*": page("the inside")}, address=INNER, port=site.port)
        bad = [f"{inner.url}/x", f"http://localhost:{site.port}/x", f"file://{marker}"]
        links = [f"{site.url}/r{number}" for number in range(len(bad))]
        site.routes |= {f"/r{number}": redirect(target) for number, target in enumerate(bad)}
        site.routes |= {"/rss": feed(*bad, *links), "/robots.txt": status("404 No")}
        bench = Bench(tmp_path, timeout_seconds=30)
        bench.source("hostile", site, "/rss")
        yield Place(bench, site, inner, marker)


@pytest.mark.parametrize("target", ["inner", "localhost", "file", "redirect", "robots"])
def test_050_extract_an_address(place: Place, target: str) -> None:
    address = {
        "inner": f"{place.inner.url}/x",
        "localhost": f"http://localhost:{place.site.port}/x",
        "file": f"http://{place.site.address}:{place.site.port}/r2",
        "redirect": f"{place.site.url}/r0",
        "robots": f"{place.site.url}/news",
    }[target]
    if target == "robots":
        place.site.routes |= {"/robots.txt": redirect(f"{place.inner.url}/robots.txt"), "/news": page("news")}
    said = place.run("extract", address)
    assert ("khabar: " in said) == (target != "robots")


def test_050_try_a_source(place: Place) -> None:
    assert "none could be read" in place.run("sources", "try", "hostile")


def test_050_explain_an_address(place: Place) -> None:
    assert "khabar: " in place.run("explain", f"{place.site.url}/r0")


def test_050_import_a_list_and_crawl_it(place: Place) -> None:
    addresses = [f"{place.inner.url}/rss", f"file://{place.marker}", f"http://localhost:{place.site.port}/rss"]
    outlines = "".join(f'<outline type="rss" text="n{n}" xmlUrl="{escape(a)}"/>' for n, a in enumerate(addresses))
    doctype = (
        f'<!DOCTYPE opml [<!ENTITY file SYSTEM "file://{place.marker}"><!ENTITY web SYSTEM "{place.inner.url}/e">]>'
    )
    opml = f'{doctype}<opml version="2.0"><head><title>&file;&web;</title></head><body>{outlines}</body></opml>'
    (place.bench.folder / "list.opml").write_text(opml, encoding="utf-8")
    said = place.run("sources", "import", "list.opml")
    toml = "\n".join(line for line in said.splitlines() if not line.startswith(("khabar", "list.opml")))
    (place.bench.folder / "imported.toml").write_text(toml, encoding="utf-8")
    (place.bench.folder / "used").mkdir()
    shutil.move(place.bench.folder / "imported.toml", place.bench.folder / "used" / "imported.toml")
    trace = place.bench.folder / "trace"
    sources = f'["{place.bench.folder}/used"]'
    done = place.bench.khabar("crawl", within=tracing.tracing(trace), environment={"KHABAR_CRAWL__SOURCES": sources})
    assert tracing.strangers(trace, [ALLOWED]) == set()
    assert not tracing.was_opened(trace, place.marker)
    assert place.inner.connections == 0
    assert done.returncode in {1, 3}


def test_051_a_page_whose_feed_is_a_file(place: Place) -> None:
    place.site.routes["/rss"] = reply(
        f'<!doctype html><html><head><link rel=alternate type="application/rss+xml" href="file://{place.marker}"></head>'
        "<body>no feed</body></html>"
    )
    assert "HTML served as a feed" in place.run("crawl")
