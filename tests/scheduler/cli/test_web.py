"""Commands that ask the web, on the replica: ``sources try``, ``extract URL``, ``explain URL``, ``crawl``."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.replica.demo import write_configuration
from tests.replica.server import Replica
from tests.replica.truth import truth_of
from tests.scheduler.cli.shell import Shell


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with Replica().start() as running:
        yield running


@pytest.fixture
def online(shell: Shell, replica: Replica) -> Shell:
    """A folder that is configured for the replica."""
    write_configuration(shell.folder, replica.port)
    return shell


def relevant_url(replica: Replica, source: str) -> tuple[str, str]:
    """Address and title of an article about a tie."""
    article = next(each for each in truth_of(replica.published()).relevant if each.outlet == source)
    return article.url, article.title


def test_a_source_that_works_shows_the_way_the_list_and_an_article(online: Shell) -> None:
    done = online.khabar("sources", "try", "xezer")
    lines = done.out.splitlines()
    assert (done.code, lines[0].startswith("xezer: ok (feed http://")) == (0, True)
    assert lines[1].startswith("  feed     http://")
    assert lines[1].endswith(": works")
    for start in ("listed: ", "article: http://", "  title:     ", "  published: ", "  language:  az"):
        assert any(line.startswith(start) for line in lines), start
    assert "  extractor: trafilatura" in lines
    assert not (online.folder / "khabar.db").exists()


def test_a_source_that_fails_says_why(online: Shell) -> None:
    trial = online.khabar("sources", "try", "maryhabar", "--json")
    assert (trial.code, trial.json["article"]) == (3, None)
    assert trial.json["report"]["outcome"] == "hard"
    assert "connection refused" in trial.json["entry_points"][0]["problem"]


def test_a_crawl_that_reaches_nothing_ends_with_3(online: Shell) -> None:
    done = online.khabar("crawl", "maryhabar", "--json")
    assert (done.code, done.json["totals"]["reached"]) == (3, 0)
    assert "no source was reached" in done.lines[-1]


def test_a_page_on_the_web_is_fetched_and_read(online: Shell, replica: Replica) -> None:
    url, title = relevant_url(replica, "courier")
    (result,) = online.khabar("extract", url, "--json").json_lines
    assert (result["id"], result["title"], result["refused"]) == (url, title, None)


def test_a_page_that_is_not_there_is_one_line(online: Shell, replica: Replica) -> None:
    url, _ = relevant_url(replica, "courier")
    done = online.khabar("extract", f"{url}gone")
    assert (done.code, done.lines) == (1, [f"khabar: {url}gone: HTTP 404"])


def test_a_page_in_a_private_network_is_not_fetched(shell: Shell, replica: Replica) -> None:
    url, _ = relevant_url(replica, "courier")
    before = len(replica.requests)
    assert shell.khabar("extract", url).code == 1
    assert len(replica.requests) == before


def test_a_page_that_is_not_stored_is_fetched_to_be_explained(online: Shell, replica: Replica) -> None:
    url, title = relevant_url(replica, "courier")
    out = online.khabar("explain", url).out
    assert out.startswith(f"{title}\nsubstantive, score ")
