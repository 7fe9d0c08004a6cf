"""I. A disk that is full, or nearly."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.integrity import check
from storage.session import open_storage
from tests.bench.answers import feed, page, status
from tests.bench.crawling import Bench
from tests.bench.web import Web

MEGABYTE = 1024 * 1024
PAGES = 120


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 6 MB."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6m", "none", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no file system may be mounted here (mount -t tmpfs)")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.fixture
def bench(tmp_path: Path, small_disk: Path) -> Iterator[Bench]:
    """A site of many articles, and a database on the small disk."""
    made = Bench(tmp_path)
    made.database = f"sqlite:///{small_disk}/khabar.db"
    with Web() as web:
        site = web.site({"/robots.txt": status("404 No"), "*": lambda asked: page(asked.path)})
        made.source("herald", site, "/rss")
        site.routes["/rss"] = feed(*(f"{site.url}/news/{number}" for number in range(PAGES)))
        yield made


def fill(folder: Path, *, leave: int) -> Path:
    """Fill a disk but for `leave` bytes."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        room = os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize - leave
        file.write(b"x" * max(room, 0))
    return filler


def test_078_disk_full_during_a_crawl(bench: Bench, small_disk: Path) -> None:
    may_start = {"KHABAR_DATABASE__FREE_MB": "0"}
    folder = str(small_disk / "digests")
    assert bench.khabar("db", "upgrade").returncode == 0
    assert bench.khabar("digest", "--out", folder, "--format", "txt").returncode == 0
    digest = next(Path(folder).glob("*.txt"))
    before = digest.read_bytes()
    filler = fill(small_disk, leave=300_000)
    full = bench.khabar("crawl", environment=may_start)
    assert full.returncode == 1
    assert full.stderr.count("the disk is full") == 1
    assert "Traceback" not in full.stderr
    filler.unlink()
    filler = fill(small_disk, leave=0)
    late = bench.khabar("digest", "--out", folder, "--format", "txt")
    assert late.returncode == 1
    assert "Traceback" not in late.stderr
    assert digest.read_bytes() == before
    assert [path.name for path in Path(folder).iterdir()] == [digest.name]
    filler.unlink()
    assert bench.khabar("crawl", environment=may_start).returncode == 0
    storage = open_storage(bench.database)
    assert check(storage) == []
    with storage.read() as db:
        assert db.articles.count() == PAGES
    storage.close()


def test_079_floor_of_free_space(bench: Bench, small_disk: Path) -> None:
    refused = bench.khabar("crawl")
    assert refused.returncode == 1
    assert re.search(
        r"the disk is nearly full: [56] MB left, where 100 are wanted \(database\.free_mb\)", refused.stderr
    )
    assert not list(small_disk.iterdir())
    crawl = bench.crawl()
    assert crawl.code == 1
    assert "the disk is nearly full" in crawl.log.splitlines()[-1]
    assert bench.khabar("crawl", environment={"KHABAR_DATABASE__FREE_MB": "1"}).returncode == 0
