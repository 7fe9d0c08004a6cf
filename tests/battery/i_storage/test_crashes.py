"""I. Crawls and migrations that are killed, at any moment."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import inspect

from storage.integrity import check
from storage.session import open_storage
from tests.battery.conftest import Figure, crowding
from tests.bench.answers import feed, page, status
from tests.bench.crawling import Bench
from tests.bench.web import Web
from tests.storage.test_migrate import KILLED

KILLS = 100
PAGES = 120
ADDED = 2
"""Articles that the site publishes before each crawl."""


@pytest.mark.slow
def test_076_killed_at_a_hundred_moments(tmp_path: Path, figure: Figure) -> None:
    dice = random.Random(76)
    with Web() as web:
        site = web.site()
        bench = Bench(tmp_path, workers=1, pages_per_source=1000)
        bench.source("herald", site, "/rss")
        published = [PAGES]
        site.routes |= {
            "/robots.txt": status("404 No"),
            "/rss": lambda _: feed(*(f"{site.url}/news/{number}" for number in range(published[0]))),
            "*": lambda asked: page(asked.path),
        }
        acknowledged: set[str] = set()
        for _ in range(KILLS):
            published[0] += ADDED
            process = bench.start(own_group=True)
            time.sleep(dice.uniform(0.05, 5 * crowding()))
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            acknowledged |= _stored(bench, acknowledged)
        assert acknowledged, "every crawl was killed before it stored anything"
        assert bench.crawl().code == 0
    urls = [article.url for article in bench.articles()["herald"]]
    assert acknowledged <= set(urls)
    assert max(Counter(urls).values()) == 1
    figure("articles of those published", len(urls), at_least=published[0])


def _stored(bench: Bench, before: set[str]) -> set[str]:
    """What is stored after a kill: whole, with nothing lost that was there before."""
    if not Path(bench.database.removeprefix("sqlite:///")).exists():
        return set()
    storage = open_storage(bench.database)
    assert check(storage) == []
    with storage.read() as db:
        urls = [article.url for article in db.articles.iterate()]
    storage.close()
    assert before <= set(urls)
    assert len(urls) == len(set(urls))
    return set(urls)


@pytest.mark.slow
def test_083_migration_killed_at_each_step(tmp_path: Path) -> None:
    steps, code = 0, -signal.SIGKILL
    while code:
        url = f"sqlite:///{tmp_path}/khabar{steps}.db"
        code = subprocess.run([sys.executable, "-c", KILLED, url, str(steps)], check=False).returncode
        assert code in {0, -signal.SIGKILL}
        if code:
            killed = open_storage(url, upgrade=False)
            with killed.engine.connect() as connection:
                assert inspect(connection).get_table_names() == []
            killed.close()
        made = open_storage(url)
        assert check(made) == []
        made.close()
        steps += 1
    assert steps > 20
