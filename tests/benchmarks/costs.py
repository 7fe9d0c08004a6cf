"""What a start costs, and a crawl that finds nothing new: python -m tests.benchmarks.costs --khabar .venv/bin/python"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import urllib.request
from pathlib import Path
from statistics import median

from tests.benchmarks.compare import ENVIRONMENT, running_site
from tests.benchmarks.contenders import Tools, khabar
from tests.benchmarks.gauge import Cost, measure

ROUNDS = 5


def main() -> None:
    """Crawl twice, then start and start again."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--khabar", type=Path, default=Path(".venv/bin/python"), help="the Python that has Khabar")
    parser.add_argument("--outlets", type=int, default=20)
    parser.add_argument("--articles", type=int, default=50)
    wanted = parser.parse_args()
    tools = Tools(khabar=wanted.khabar.absolute(), peers=Path())
    folder = Path(tempfile.mkdtemp(prefix="khabar-costs-"))
    try:
        with running_site(folder, wanted.outlets, wanted.articles) as port:
            first, first_requests = _crawl(tools, folder, port)
            second, second_requests = _crawl(tools, folder, port)
        _say(f"first crawl   {first.seconds:7.1f} s {first.cpu_seconds:7.1f} s CPU {first_requests:6} requests")
        _say(f"nothing new   {second.seconds:7.1f} s {second.cpu_seconds:7.1f} s CPU {second_requests:6} requests")
        shares = (second.seconds / first.seconds, second.cpu_seconds / first.cpu_seconds)
        _say(f"share         {shares[0]:7.1%}   {shares[1]:7.1%}     {second_requests / first_requests:8.1%}")
        for command in ("--help", "status"):
            starts = [_run(tools, folder, command) for _ in range(ROUNDS)]
            seconds, cpu = median(one.seconds for one in starts), median(one.cpu_seconds for one in starts)
            _say(f"khabar {command:7}{seconds:7.2f} s {cpu:7.2f} s CPU")
    finally:
        shutil.rmtree(folder)


def _crawl(tools: Tools, folder: Path, port: int) -> tuple[Cost, int]:
    before = _requests(port)
    cost = _run(tools, folder, "crawl")
    return cost, _requests(port) - before


def _run(tools: Tools, folder: Path, command: str) -> Cost:
    return measure([*khabar(tools, folder), command], log=folder / "costs.log", env=ENVIRONMENT, cwd=folder)


def _requests(port: int) -> int:
    with urllib.request.urlopen(f"http://127.0.1.1:{port}/requests") as answer:
        return int(answer.read())


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
