"""What must be shown of it all: four disasters in one crawl of twenty outlets, and nothing of the others is lost."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.battery.conftest import Figure
from tests.bench.answers import feed, page, reply, silence, status
from tests.bench.crawling import Bench, Crawl, family, kilobytes
from tests.bench.web import Web
from tests.replica.registry import ALLOWED, sources_toml
from tests.replica.server import Replica
from tests.replica.truth import truth_of

BOMB = gzip.compress(bytes(400 * 1024 * 1024), 1)
SLOW = "<html><body><article>" + "".join(
    f"<p>Paragraph number {number} of very many, none of them like another one" for number in range(28_000)
)
"""A page that the first look lets pass, and that an extractor needs about a minute for."""
PAGE_SECONDS = 8
LARGE_MB = 120
"""A worker with a usual page holds under 90, one with a slow page over 135."""
BAD = ("slow", "killed", "silent", "bomb")


@pytest.mark.slow
def test_four_disasters_in_one_crawl_cost_only_themselves(tmp_path: Path, figure: Figure) -> None:
    with Replica().start() as replica:
        stored = Counter(article.key for article in truth_of(replica.published()).stored)
        (tmp_path / "calm").mkdir()
        calm = _bench(tmp_path / "calm", replica)
        without = calm.crawl()
        (tmp_path / "four").mkdir()
        four = _bench(tmp_path / "four", replica)
        with Web() as web:
            _add_bad(four, web)
            began = time.monotonic()
            process = four.start()
            killer = threading.Thread(target=_kill_the_large_one, args=(process,))
            killer.start()
            crawl = four.watch(process, began)
            killer.join()
        truth = truth_of(replica.published())
        for bench in (calm, four):
            urls = [one.url for name, found in bench.articles().items() if name not in BAD for one in found]
            assert Counter(truth.find(url).key for url in urls) == stored  # type: ignore[union-attr]
    _check_summary(four, crawl)
    figure("memory of all processes MB", crawl.watched.tree_mb, at_most=600)
    figure("longer than without them by s", crawl.seconds - without.seconds, at_most=60)


def _bench(folder: Path, replica: Replica) -> Bench:
    bench = Bench(folder, allow_addresses=[ALLOWED, "127.0.1.0/24"], page_seconds=PAGE_SECONDS, timeout_seconds=15)
    bench.declare(sources_toml(replica.port))
    return bench


def _add_bad(bench: Bench, web: Web) -> None:
    for name in BAD:
        site = web.site({"/robots.txt": status("404 No")})
        bench.source(name, site, "/rss")
        site.routes |= {"/rss": feed(f"{site.url}/news/0", f"{site.url}/news/1"), "/news/1": page(f"beside {name}")}
        site.routes["/news/0"] = {
            "slow": reply(SLOW),
            "killed": reply(SLOW.replace("Paragraph", "Sentence")),
            "silent": status("404 No"),
            "bomb": reply(BOMB, Content_Encoding="gzip"),
        }[name]
        if name == "silent":
            site.routes = {"*": lambda _: silence()}


def _kill_the_large_one(process: subprocess.Popen[str]) -> None:
    """Kill -9 the first worker that has a slow page: it holds far more than any other page needs."""
    while process.poll() is None:
        for pid in family(process.pid):
            if kilobytes(pid, "status", "RssAnon") > 1024 * LARGE_MB and _is_worker(pid, process.pid):
                os.kill(pid, signal.SIGKILL)
                return
        time.sleep(0.05)


def _is_worker(pid: int, crawl: int) -> bool:
    """Whether it was forked by the server of the workers, and not started by the crawl itself."""
    try:
        parent = int(Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[1])
    except OSError:
        return False
    return crawl not in {pid, parent}


def _check_summary(bench: Bench, crawl: Crawl) -> None:
    """The four are named, each with its cause."""
    assert crawl.code == 0
    assert "Traceback" not in crawl.log
    reports = bench.reports()
    causes = {name: " ".join([reports[name].detail, *reports[name].refused, *reports[name].failed]) for name in BAD}
    assert "no answer in time" in causes["silent"]
    assert "too large" in causes["bomb"]
    found = {
        cause
        for name in ("slow", "killed")
        for cause in ("took too long", "crashed the extractor")
        if cause in causes[name]
    }
    assert found == {"took too long", "crashed the extractor"}
    for name in ("slow", "killed", "bomb"):
        assert reports[name].stored == 1
