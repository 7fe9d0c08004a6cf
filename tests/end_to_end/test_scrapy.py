"""What a Scrapy user expects of a Scrapy project."""

from __future__ import annotations

import os
import re
import subprocess
from collections import Counter
from pathlib import Path

from tests.end_to_end.workspace import Workspace, python

ROOT = Path(__file__).parents[2]


def scrapy(workspace: Workspace, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "KHABAR_CONFIG": str(workspace.folder / "khabar.toml")}
    command = [python(), "-m", "scrapy", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)


def test_list_names_the_spiders(workspace: Workspace) -> None:
    assert "news" in scrapy(workspace, "list").stdout.split()


def test_a_crawl_of_named_sources_stores_their_articles(workspace: Workspace) -> None:
    done = scrapy(workspace, "crawl", "news", "-a", "sources=courier,xezer", "-a", "limit=3")
    assert done.returncode == 0, done.stderr
    scraped = re.search(r"'item_scraped_count': (\d+)", done.stderr)
    storage = workspace.storage()
    with storage.read() as db:
        sources = Counter(article.source for article in db.articles.iterate())
    storage.close()
    assert scraped
    assert sources.total() == int(scraped[1])
    assert set(sources) == {"courier", "xezer"}
    assert max(sources.values()) <= 3
