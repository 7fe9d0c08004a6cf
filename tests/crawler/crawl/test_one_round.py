"""One crawl of many misbehaving sites at once: each costs itself, and the well-behaved ones lose nothing."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from storage.records import Article, Outcome, SourceReport
from tests.crawler.crawl.answers import reply
from tests.crawler.crawl.bench import Bench, Crawl
from tests.crawler.crawl.misbehaving import (
    HONEST,
    MANY_LOCS,
    PAGES,
    SECRET,
    SILENT,
    Builder,
    add_bombs,
    add_feeds,
    add_floods,
    add_headers,
    add_hostile,
    add_networks,
    add_redirects,
    add_robots,
)
from tests.crawler.crawl.web import Site, Web

TIMEOUT = 4
"""Seconds that one request may take."""
PAGE_SECONDS = 6
SOURCE_SECONDS = 14
MOST_PAGES = 25
"""Pages of one source in one run."""
STARTING = 12
"""Seconds for a child process to start and end on a busy machine."""


@dataclass(frozen=True)
class Round:
    """What the crawl left behind."""

    crawl: Crawl
    sites: dict[str, Site]
    reports: dict[str, SourceReport]
    articles: dict[str, list[Article]]
    states: dict[str, float]
    """Seconds until each source is asked again."""
    inner: Site
    proxy: Site
    forbidden: Site
    was_pipe_opened: bool

    def stored(self, name: str) -> int:
        return len(self.articles.get(name, []))

    def causes(self, name: str) -> str:
        """Everything that the report of a source says about failures."""
        report = self.reports[name]
        return " ".join([report.detail, *report.refused, *report.failed])


@pytest.fixture(scope="module")
def round_(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Round]:
    folder = tmp_path_factory.mktemp("round")
    bench = Bench(
        folder,
        timeout_seconds=TIMEOUT,
        page_seconds=PAGE_SECONDS,
        source_seconds=SOURCE_SECONDS,
        pages_per_source=MOST_PAGES,
    )
    pipe = folder / "marker"
    os.mkfifo(pipe)
    reader_came = threading.Event()
    writer = threading.Thread(target=_wait_for_reader, args=(pipe, reader_came), daemon=True)
    writer.start()
    with Web() as web:
        made = Builder(bench, web)
        for build in (add_networks, add_headers, add_redirects, add_robots, add_feeds, add_bombs, add_floods):
            build(made)
        inner, forbidden = add_hostile(made, pipe)
        proxy = web.site({"*": reply("a proxy")})
        crawl = bench.crawl(environment={"http_proxy": proxy.url, "https_proxy": proxy.url, "all_proxy": proxy.url})
        opened = reader_came.is_set()
        os.close(os.open(pipe, os.O_RDONLY | os.O_NONBLOCK))
        writer.join()
        run = bench.run()
        assert run.finished_at, crawl.log
        states = {name: bench.state(name).next_check_at for name in made.sites}
        yield Round(
            crawl,
            made.sites,
            {report.source: report for report in run.reports},
            bench.articles(),
            {name: (at - run.finished_at).total_seconds() for name, at in states.items() if at},
            inner,
            proxy,
            forbidden,
            opened,
        )


def _wait_for_reader(pipe: Path, reader_came: threading.Event) -> None:
    """Opening a pipe to write waits until somebody opens it to read."""
    with pipe.open("w"):
        reader_came.set()


def test_well_behaved_sources_lose_nothing(round_: Round) -> None:
    assert {name: round_.stored(name) for name in HONEST} == dict.fromkeys(HONEST, PAGES)
    assert round_.crawl.code == 0


def test_every_source_has_a_report_and_every_failure_a_cause(round_: Round) -> None:
    declared = set(round_.sites) - {"elsewhere", "innerrobots"} | {"ssrfdirect", "ssrfname"}
    assert set(round_.reports) == declared
    assert [name for name, report in round_.reports.items() if not report.outcome.reached and not report.detail] == []


def test_no_error_is_a_traceback_in_the_log(round_: Round) -> None:
    assert "Traceback" not in round_.crawl.log
    assert " ERROR: " not in round_.crawl.log


@pytest.mark.parametrize("name", SILENT)
def test_1_server_accepts_and_never_answers(round_: Round, name: str) -> None:
    assert "no answer in time" in round_.reports[name].detail
    assert round_.reports[name].outcome is Outcome.TEMPORARY
    assert len(round_.sites[name].asked) == 1


def test_1_the_round_takes_no_longer_than_its_slowest_source_may(round_: Round) -> None:
    assert round_.crawl.seconds < SOURCE_SECONDS + STARTING


@pytest.mark.parametrize("name", ["drip", "dripheaders"])
def test_2_slow_drip_of_body_and_of_headers(round_: Round, name: str) -> None:
    assert f"{round_.sites[name].url}/rss: no answer in time" in round_.reports[name].detail


def test_4_short_content_length_and_eof_mid_chunk(round_: Round) -> None:
    assert round_.reports["cut"].failed == {"the answer was cut off": 2}
    assert round_.stored("cut") == 0
    assert max(asked.count for asked in round_.sites["cut"].asked) <= 2


def test_8_half_the_requests_flap(round_: Round) -> None:
    assert round_.stored("flapping") == PAGES
    assert len(round_.sites["flapping"].asked) <= 3 * PAGES


def test_10_proxy_variables_in_the_environment_are_ignored(round_: Round) -> None:
    assert round_.proxy.connections == 0


def test_11_a_short_retry_after_is_waited_for(round_: Round) -> None:
    assert round_.stored("wait1") == 1


@pytest.mark.parametrize(
    ("name", "at_least"), [("wait120", 120), ("waitlong", 86_000), ("waitpast", 300), ("waitwhat", 300)]
)
def test_11_a_long_or_unreadable_retry_after_ends_the_turn(round_: Round, name: str, at_least: int) -> None:
    assert round_.sites[name].paths().count("/news/0") == 1
    assert round_.reports[name].failed == {"HTTP 429": 1}
    assert round_.states[name] >= at_least - 30


def test_13_redirect_loops_and_chains(round_: Round) -> None:
    assert round_.reports["loops"].refused == {"too many redirects": 4}
    pages = [path for path in round_.sites["loops"].paths() if path not in {"/robots.txt", "/rss"}]
    assert len(pages) <= 4 * 6


def test_14_redirect_of_a_source_to_a_new_host(round_: Round) -> None:
    assert f"moved to another site: {round_.sites['elsewhere'].address}" in round_.reports["movedfeed"].detail


def test_56_a_page_of_another_host_is_not_stored_under_the_source(round_: Round) -> None:
    assert round_.reports["movedpage"].refused == {"moved to another site": 1}
    assert round_.sites["elsewhere"].connections == 0


@pytest.mark.parametrize("name", ["textplain", "octets", "untyped"])
def test_16_an_article_with_a_wrong_content_type_is_read(round_: Round, name: str) -> None:
    assert round_.stored(name) == 1


def test_16_binary_as_html_is_not_stored(round_: Round) -> None:
    assert round_.stored("binary") == 0
    assert sum(round_.reports["binary"].refused.values()) == 3


@pytest.mark.parametrize(
    ("name", "cause"),
    [
        ("longheader", "connection lost"),
        ("twolengths", "not a valid HTTP answer"),
        ("garbage", "not a valid HTTP answer"),
    ],
)
def test_17_header_oddities_cost_the_page_and_the_next_one_is_fine(round_: Round, name: str, cause: str) -> None:
    assert round_.reports[name].failed == {cause: 1}
    assert round_.stored(name) == 1


@pytest.mark.parametrize("name", ["manyheaders", "nonascii"])
def test_17_header_floods_and_letters_are_survived(round_: Round, name: str) -> None:
    assert round_.stored(name) == 1


@pytest.mark.parametrize("name", ["robots404", "robotshtml"])
def test_19_without_rules_all_is_allowed(round_: Round, name: str) -> None:
    assert round_.stored(name) == 2


@pytest.mark.parametrize("name", ["robots500", "robotssilent", "robotsbusy"])
def test_19_a_robots_txt_that_cannot_be_read_forbids_the_host(round_: Round, name: str) -> None:
    assert set(round_.sites[name].paths()) == {"/robots.txt"}
    assert not round_.reports[name].outcome.reached


@pytest.mark.parametrize("name", ["robots10mb", "robotsbom", "robotscp1251"])
def test_19_rules_are_read_whatever_stands_around_them(round_: Round, name: str) -> None:
    assert round_.reports[name].refused == {"forbidden by robots.txt": 1}
    assert "/news/1" not in round_.sites[name].paths()
    assert round_.stored(name) == 1


def test_19_disallow_is_honoured(round_: Round) -> None:
    assert round_.sites["robotsall"].paths() == ["/robots.txt"]
    assert round_.reports["robotsall"].outcome is Outcome.ROBOTS


def test_19_the_wish_of_robots_txt_to_wait_is_kept(round_: Round) -> None:
    assert round_.states["robotsbusy"] >= 7100


def test_20_crawl_delay_of_a_day_is_cut_and_the_source_has_a_report(round_: Round) -> None:
    assert "Crawl-delay of 86400 s cut to 30 s" in round_.crawl.log
    assert "the rest waits for the next run" in round_.reports["robotsslow"].detail
    assert len(round_.sites["robotsslow"].asked) <= 2


@pytest.mark.parametrize("name", ["badfirst", "badloc"])
def test_22_one_bad_entry_before_all_others(round_: Round, name: str) -> None:
    assert round_.stored(name) == PAGES


def test_23_external_entities_are_not_fetched(round_: Round) -> None:
    stored = [f"{article.title} {article.text}" for found in round_.articles.values() for article in found]
    assert not any(SECRET in text for text in stored)
    assert SECRET not in round_.crawl.log


def test_23_billion_laughs(round_: Round) -> None:
    assert not round_.reports["laughs"].outcome.reached


def test_26_sitemap_bomb(round_: Round) -> None:
    assert "larger than" in round_.reports["bombmap"].detail


@pytest.mark.parametrize("name", ["bombgzip", "bombdeflate", "bombbr"])
def test_42_compressed_bombs(round_: Round, name: str) -> None:
    assert round_.reports[name].refused == {"too large": 1}
    assert round_.stored(name) == 1
    assert round_.sites[name].paths().count("/news/0") == 1


def test_42_a_bomb_in_a_bomb(round_: Round) -> None:
    assert round_.reports["bombtwice"].refused == {"too large": 1}


def test_43_endless_body_and_absurd_length(round_: Round) -> None:
    assert round_.reports["endless"].refused == {"too large": 2}


def test_42_memory_stays_bounded(round_: Round) -> None:
    assert 0 < round_.crawl.watched.peak_mb < 400


@pytest.mark.parametrize("name", ["attributes", "attributehome", "floods"])
def test_33_and_35_pages_that_would_keep_a_parser_busy(round_: Round, name: str) -> None:
    assert round_.causes(name)
    assert round_.stored(name) == {"attributes": 1}.get(name, 0)


def test_47_a_site_with_very_many_links(round_: Round) -> None:
    assert round_.reports["manylinks"].fetched == MOST_PAGES
    assert "too large" in round_.reports["endlesslinks"].detail
    assert round_.reports["manylocs"].listed == MANY_LOCS
    assert (round_.reports["manylocs"].new, round_.reports["manylocs"].fetched) == (MOST_PAGES, MOST_PAGES)


def test_48_nothing_listens(round_: Round) -> None:
    assert round_.crawl.watched.listening == set()


def test_50_no_request_reaches_an_internal_server(round_: Round) -> None:
    assert (round_.inner.connections, round_.sites["innerrobots"].connections) == (0, 0)


@pytest.mark.parametrize("name", ["ssrfdirect", "ssrfname"])
def test_50_a_non_public_address_is_named(round_: Round, name: str) -> None:
    assert "leads to the non-public address 127.0.0." in round_.reports[name].detail
    assert round_.reports[name].requests == 0


def test_50_a_robots_txt_that_leads_inside_counts_as_none(round_: Round) -> None:
    assert round_.stored("ssrfrobots") == 1


def test_51_no_scheme_but_the_web_is_followed(round_: Round) -> None:
    assert not round_.was_pipe_opened
    assert round_.stored("ssrf") == 0
    assert round_.stored("ssrfmap") == 1


def test_54_a_port_that_is_not_declared(round_: Round) -> None:
    assert round_.forbidden.connections == 0
    assert round_.reports["ssrf"].refused["blocked"] >= 1


def test_55_nothing_but_the_request_itself_is_told_to_a_site(round_: Round) -> None:
    all_asked = [(site, asked) for site in round_.sites.values() for asked in site.asked]
    headers = {name for _, asked in all_asked for name in asked.headers}
    assert headers <= {"host", "user-agent", "accept", "accept-language", "accept-encoding", "connection", "referer"}
    assert all(asked.headers.get("referer", site.url).startswith(site.url) for site, asked in all_asked)


def test_the_requests_of_a_report_are_those_that_were_sent(round_: Round) -> None:
    wrong = {
        name: (round_.reports[name].requests, len(site.asked))
        for name, site in round_.sites.items()
        if name in round_.reports and round_.reports[name].requests != len(site.asked)
    }
    assert wrong == {}
