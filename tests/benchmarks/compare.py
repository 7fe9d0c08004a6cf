"""Khabar and others on the same pages in turn: python -m tests.benchmarks.compare --peers .venv-bench

Prints the median of all rounds, and how much the rounds differ.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.benchmarks.contenders import CONTENDERS, Contender, Tools, versions, write_khabar_files
from tests.benchmarks.gauge import CommandFailed, Cost, measure
from tests.benchmarks.outlets import write_site
from tests.benchmarks.score import Score, score

ROOT = Path(__file__).parents[2]
# Whoever wants to load something from elsewhere ends at a closed port of this machine.
NOWHERE = "http://127.0.0.1:9"
ENVIRONMENT = {
    "PYTHONPATH": str(ROOT),
    "http_proxy": NOWHERE,
    "https_proxy": NOWHERE,
    "no_proxy": ",".join(["localhost", "127.0.0.1", *(f"127.0.1.{number}" for number in range(1, 251))]),
}


@dataclass(frozen=True, slots=True)
class Result:
    """One contender in one round."""

    cost: Cost
    score: Score


def main() -> None:
    """Read the arguments, run all rounds and print the table."""
    wanted = _arguments()
    tools = Tools(khabar=wanted.khabar, peers=wanted.peers)
    chosen = [contender for contender in CONTENDERS if not wanted.only or contender.name in wanted.only]
    results: dict[str, list[Result]] = {contender.name: [] for contender in chosen}
    folder = Path(tempfile.mkdtemp(prefix="khabar-bench-"))
    try:
        with running_site(folder, wanted.outlets, wanted.articles):
            for _ in range(wanted.rounds):
                for contender in chosen:
                    results[contender.name] += _tried(contender, tools, folder)
        _print(results, {contender.name: versions(tools, contender) for contender in chosen})
    finally:
        if not wanted.keep:
            shutil.rmtree(folder)


@contextmanager
def running_site(folder: Path, outlets: int, articles: int) -> Iterator[int]:
    """Make the outlets, with Khabar's configuration for them, and serve them; yields the port."""
    with socket.socket() as free:
        free.bind(("127.0.1.1", 0))
        port = free.getsockname()[1]
    made = write_site(folder, outlets=outlets, articles=articles, port=port)
    write_khabar_files(folder, {outlet.home: outlet.language for outlet in made}, articles)
    (folder / "urls.txt").write_text("".join(f"{outlet.home}{path}\n" for outlet in made for path in outlet.paths))
    command = [sys.executable, "-m", "tests.benchmarks.site", str(folder), str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout
            if server.stdout.readline() != "ready\n":
                raise RuntimeError("the site does not start")
            yield port
        finally:
            server.kill()


def _tried(contender: Contender, tools: Tools, folder: Path) -> list[Result]:
    """One result, or none when it failed: that must not cost the others their round."""
    _say(f"{contender.name} …")
    try:
        result = _run(contender, tools, folder)
        _say(f"  {result.score.found} articles in {result.cost.seconds:.1f} s, {result.cost.cpu_seconds:.1f} s of CPU")
        return [result]
    except CommandFailed as error:
        _say(str(error))
        return []


def _run(contender: Contender, tools: Tools, folder: Path) -> Result:
    for left in (*folder.glob("khabar.db*"), *folder.glob("found.jsonl")):
        left.unlink()
    shutil.rmtree(folder / "out", ignore_errors=True)
    log = folder / f"{contender.name.replace(' ', '-')}.log"
    cost = measure(contender.command(tools, folder), log=log, env=ENVIRONMENT, cwd=folder)
    contender.collect(tools, folder)
    return Result(cost, score(folder))


def _print(results: dict[str, list[Result]], versions_: dict[str, str]) -> None:
    _say(f"\n{os.cpu_count()} cores; medians of the rounds; ± is half the range of articles a second")
    rates = {name: [one.score.found / one.cost.seconds for one in given] for name, given in results.items() if given}
    own = median(rates["khabar"]) if "khabar" in rates else None
    _say(f"{'':22}{'art/s':>8}{'±':>6}{'× khabar':>10}{'CPU s/art':>11}{'MB':>7}{'MB res.':>9}{'found':>12}{'F1':>8}")
    for name, speeds in rates.items():
        given = results[name]
        rate = median(speeds)
        cpu = median(one.cost.cpu_seconds / max(1, one.score.found) for one in given)
        _say(
            f"{name:22}{rate:8.1f}{(max(speeds) - min(speeds)) / 2:6.1f}{_ratio(rate, own):>10}{cpu:11.4f}"
            f"{median(one.cost.memory_mb for one in given):7.0f}{median(one.cost.resident_mb for one in given):9.0f}"
            f"{median(one.score.found for one in given):6.0f}/{given[0].score.there:<5}{_f1(given):>8}  "
            f"{versions_[name]}"
        )


def _ratio(rate: float, own: float | None) -> str:
    return f"{rate / own:.2f}" if own else "–"


def _f1(given: Sequence[Result]) -> str:
    figure = median(one.score.f1 for one in given)
    return f"{figure:.4f}" if figure else "–"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--outlets", type=int, default=20, help="at most 250")
    parser.add_argument("--articles", type=int, default=50, help="of each outlet")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--khabar", type=Path, default=Path(".venv/bin/python"), help="the Python that has Khabar")
    parser.add_argument("--peers", type=Path, default=Path(".venv-bench"), help="the environments of the others")
    parser.add_argument("--only", action="append", help="a contender by its name; may be given several times")
    parser.add_argument("--keep", action="store_true", help="leave the folder with pages, logs and databases")
    wanted = parser.parse_args()
    wanted.khabar, wanted.peers = wanted.khabar.absolute(), wanted.peers.absolute()
    return wanted


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
