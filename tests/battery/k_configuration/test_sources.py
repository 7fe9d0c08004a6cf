"""K. A source that is renamed, moved or removed: what it brought stays, and does not come again."""

from __future__ import annotations

import json
from pathlib import Path

from tests.bench.answers import item, page, rss, status, tie_page
from tests.bench.crawling import Bench
from tests.bench.web import Web

COUNT = 3


def test_095_removing_renaming_or_moving_a_source(tmp_path: Path) -> None:
    with Web() as web:
        site = web.site({"*": lambda asked: tie_page(asked.path, title=f"Baku and Astana sign paper {asked.path}")})
        links = [f"{site.url}/news/{number}" for number in range(COUNT)]
        site.routes |= {path: rss("".join(item(link, guid=link) for link in links)) for path in ("/rss", "/new.xml")}
        site.routes["/robots.txt"] = status("404 No")
        other = web.site({"/rss": rss(item("/news/other", guid="o")), "/news/other": page("other")})
        first = Bench(tmp_path)
        first.source("herald", site, "/rss")
        first.source("other", other, "/rss")
        first.crawl()
        before = {one.url: one.id for one in first.articles()["herald"]}
        assert len(before) == COUNT
        shown = _digest(first)
        renamed = Bench(tmp_path)
        renamed.source("tribune", site, "/new.xml")
        crawl = renamed.crawl()
        assert crawl.code == 0, crawl.log
        report = renamed.reports()["tribune"]
        assert (report.listed, report.new, report.stored) == (COUNT, 0, 0)
        stored = renamed.articles()
        assert {one.url: one.id for one in stored["herald"]} == before
        assert len(stored["other"]) == 1
        again = _digest(renamed)
    assert [story["headline"] for story in again["stories"]] == [story["headline"] for story in shown["stories"]]


def _digest(bench: Bench) -> dict[str, list[dict[str, str]]]:
    done = bench.khabar("digest", "--format", "json", "--out", "digests")
    assert done.returncode == 0, done.stderr
    file = next((bench.folder / "digests").glob("*.json"))
    found: dict[str, list[dict[str, str]]] = json.loads(file.read_text(encoding="utf-8"))
    return found
