"""A round: one crawl of many sites at once, each of which does something wrong in its own way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from storage.records import Article, SourceReport
from tests.bench.answers import feed
from tests.bench.crawling import Bench, Crawl
from tests.bench.web import Answer, Site, Web


@dataclass(frozen=True)
class Round:
    """What the crawl left behind."""

    crawl: Crawl
    sites: dict[str, Site]
    reports: dict[str, SourceReport]
    articles: dict[str, list[Article]]
    pauses: dict[str, float]
    """Seconds until each source is asked again."""

    def stored(self, name: str) -> int:
        return len(self.articles.get(name, []))

    def causes(self, name: str) -> str:
        """Everything that the report of a source says about failures."""
        report = self.reports[name]
        return " ".join([report.detail, *report.refused, *report.failed])


class Builder:
    """Declares the sources of a round, each with a site of its own."""

    def __init__(self, bench: Bench, web: Web) -> None:
        self.bench = bench
        self.web = web
        self.sites: dict[str, Site] = {}

    def add(self, name: str, routes: Mapping[str, Answer] | None = None, **keys: object) -> Site:
        """A source whose only declared entry point is /rss."""
        self.sites[name] = site = self.web.site(routes)
        self.bench.source(name, site, "/rss", **keys)
        return site

    def add_pages(self, name: str, *pages: Answer) -> Site:
        """A source whose feed lists `pages`."""
        site = self.add(name)
        paths = [f"/news/{number}" for number in range(len(pages))]
        site.routes["/rss"] = feed(*(site.url + path for path in paths))
        site.routes |= dict(zip(paths, pages, strict=True))
        return site

    def add_sitemap(self, name: str, path: str = "/sitemap.xml", routes: Mapping[str, Answer] | None = None) -> Site:
        """A source whose only declared entry point is a sitemap."""
        self.sites[name] = site = self.web.site(routes)
        self.bench.source(name, site, sitemaps=[f"{site.url}{path}"])
        return site

    def hold(
        self, *, environment: Mapping[str, str] | None = None, within: Iterable[str] = (), without: Iterable[str] = ()
    ) -> Round:
        """Crawl, and look at what no site may spoil. `without` are sites that are no sources."""
        crawl = self.bench.crawl(environment=environment, within=list(within))
        run = self.bench.run()
        assert run.finished_at, crawl.log
        reports = {report.source: report for report in run.reports}
        declared = set(self.sites) - set(without)
        check_reports(crawl, reports, {name: self.sites[name] for name in declared})
        states = {name: self.bench.state(name).next_check_at for name in declared}
        pauses = {name: (at - run.finished_at).total_seconds() for name, at in states.items() if at}
        return Round(crawl, self.sites, reports, self.bench.articles(), pauses)


def check_reports(crawl: Crawl, reports: Mapping[str, SourceReport], sites: Mapping[str, Site]) -> None:
    """Every source is reported, every failure has a cause, every request is counted, and no cause is a traceback."""
    assert set(sites) <= set(reports)
    assert [name for name, report in reports.items() if not report.outcome.reached and not report.detail] == []
    counted = {name: reports[name].requests for name in sites}
    assert counted == {name: len(site.asked) for name, site in sites.items()}
    assert "Traceback" not in crawl.log
    assert " ERROR: " not in crawl.log
