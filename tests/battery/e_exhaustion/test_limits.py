"""E. Too few descriptors, processes or memory: it works, or it says why and does not call half a crawl a whole one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.bench.answers import page
from tests.bench.crawling import Bench
from tests.bench.rounds import Builder
from tests.bench.web import Web

SOURCES = 12
PAGES = 3
LIMITS = {
    "descriptors": ["--nofile=64"],
    "fewdescriptors": ["--nofile=24"],
    "memory": [f"--as={400 * 1024 * 1024}"],
    "files": [f"--fsize={64 * 1024}"],
}


@pytest.mark.skipif(not shutil.which("prlimit"), reason="there is no prlimit")
@pytest.mark.parametrize("kind", list(LIMITS))
def test_046_limits_of_the_system(tmp_path: Path, kind: str) -> None:
    with Web() as web:
        made = Builder(Bench(tmp_path, timeout_seconds=10, workers=1), web)
        for number in range(SOURCES):
            made.add_pages(f"site{chr(97 + number)}", *(page(f"{number} {n}") for n in range(PAGES)))
        done = made.bench.khabar("crawl", within=["prlimit", *LIMITS[kind]])
    assert "Traceback" not in done.stderr
    if done.returncode == 0:
        assert {len(found) for found in made.bench.articles().values()} == {PAGES}
        assert len(made.bench.articles()) == SOURCES
    else:
        assert done.stderr.strip().splitlines()[-1].startswith("khabar: ")
