"""How the archive answers as it grows: python -m tests.benchmarks.archive --sizes 10000,100000

Prints the 50th and the 95th percentile of each operation, in milliseconds, at each size. With --postgres a server of
its own is started; else the database is a file of SQLite, in --folder.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

from scheduler.config import AppConfig
from scheduler.digest.build import build_digest
from scheduler.digest.window import day_window
from scheduler.health import examine
from storage.backup import back_up
from storage.folding import words
from storage.records import SearchQuery
from storage.session import Storage, open_storage
from tests.benchmarks.filling import NOW, SPAN, Template, article_at, fill, templates
from tests.postgres import find_binaries, running_server

CANDIDATES = 2_000
CONFIG = AppConfig()
YESTERDAY = day_window((NOW - timedelta(days=1)).date(), CONFIG.digest.zone)

Clock = Callable[[], float]
Operation = Callable[[random.Random], object]


def main() -> None:
    """Fill, measure, and fill on."""
    wanted = _arguments()
    folder = wanted.folder or Path(tempfile.mkdtemp(prefix="khabar-archive-"))
    folder.mkdir(exist_ok=True)
    with ExitStack() as stack:
        if not wanted.folder:
            stack.callback(shutil.rmtree, folder)
        if wanted.postgres:
            binaries = find_binaries()
            if binaries is None:
                sys.exit("PostgreSQL is not installed")
            url = stack.enter_context(running_server(binaries))
        else:
            url = f"sqlite:///{folder}/archive.db"
        _run(url, folder, wanted)


def _run(url: str, folder: Path, wanted: argparse.Namespace) -> None:
    pool = templates()
    clock = time.process_time if wanted.cpu else time.perf_counter
    results: dict[str, dict[int, tuple[float, float]]] = {}
    for size in wanted.sizes:
        # One size at a time from nothing: articles of an archive of this size lie in its own span of time.
        if url.startswith("sqlite"):
            for old in folder.glob("archive.db*"):
                old.unlink()
        storage = open_storage(url)
        _empty(storage)
        started = time.monotonic()
        for done in fill(storage, pool, first=0, last=size):
            if done % 50_000 == 0:
                _say(f"{done} articles, {time.monotonic() - started:.0f} s")
        _say(f"{size} articles in {time.monotonic() - started:.0f} s; {_megabytes(folder):.0f} MB")
        for name, operation in _operations(storage, pool, size, clock).items():
            results.setdefault(name, {})[size] = _percentiles(operation, wanted.times, clock)
        results.setdefault("open", {})[size] = _percentiles(lambda _: open_storage(url).close(), wanted.times, clock)
        if url.startswith("sqlite"):
            results.setdefault("backup", {})[size] = _percentiles(_backing_up(storage, folder), 3, clock)
        storage.close()
        _print(results)


def _operations(storage: Storage, pool: list[Template], size: int, clock: Clock) -> dict[str, Operation]:
    def searching(make: Callable[[random.Random], SearchQuery]) -> Operation:
        def search(chance: random.Random) -> object:
            with storage.read() as db:
                return db.articles.search(make(chance))

        return search

    def spelled(chance: random.Random) -> list[str]:
        return [match[0] for match in words(chance.choice(pool).article.text)]

    def phrase(chance: random.Random) -> SearchQuery:
        found = spelled(chance)
        start = chance.randrange(len(found) - 1)
        return SearchQuery(words=f'"{found[start]} {found[start + 1]}"')

    def filtered(chance: random.Random) -> SearchQuery:
        since = NOW - min(SPAN, SPAN * size / 1_000_000) / 4
        return SearchQuery(words=chance.choice(COMMON), pair="AZ-KZ", since=since)

    def show(chance: random.Random) -> object:
        with storage.read() as db:
            return db.articles.get(chance.randrange(size) + 1)

    def unseen(chance: random.Random) -> object:
        keys = [f"https://outlet1.example/new/{chance.random()}" for _ in range(CANDIDATES // 2)]
        for _ in range(CANDIDATES // 2):
            number = chance.randrange(size)
            keys.append(article_at(number, pool[0], size).key)
        with storage.read() as db:
            start = clock()
            db.frontier.unseen(keys)
            return clock() - start

    def same_text(chance: random.Random) -> object:
        text = chance.choice(pool).article.text + str(chance.random())
        with storage.read() as db:
            return db.articles.with_same_text(text)

    def digest(_: random.Random) -> object:
        profile = CONFIG.profiles[0]
        return build_digest(storage, CONFIG, profile=profile, window=YESTERDAY, now=NOW, is_slot=False)

    def status(_: random.Random) -> object:
        with storage.read() as db:
            return examine(db, {}, CONFIG, NOW)

    return {
        "search: common word": searching(lambda chance: SearchQuery(words=chance.choice(COMMON))),
        "search: two common words": searching(lambda chance: SearchQuery(words=" ".join(chance.sample(COMMON, 2)))),
        "search: any word": searching(lambda chance: SearchQuery(words=chance.choice(spelled(chance)))),
        "search: longest word": searching(lambda chance: SearchQuery(words=max(spelled(chance), key=len))),
        "search: phrase": searching(phrase),
        "search: word, pair, date": searching(filtered),
        "search: pair alone": searching(lambda _: SearchQuery(words="", pair="AZ-UZ")),
        "show": show,
        "digest of a day": digest,
        f"unseen: {CANDIDATES} addresses": unseen,
        "same text": same_text,
        "status": status,
    }


COMMON = [
    "bank",
    "the",
    "government",
    "и",
    "банк",
    "проект",
    "və",
    "layihə",
    "мен",
    "жоба",
    "бул",
    "va",
    "loyiha",
    "ва",
    "ve",
]


def _percentiles(operation: Operation, times: int, clock: Clock) -> tuple[float, float]:
    """The 50th and the 95th, in milliseconds. An operation that gives a time in seconds has measured itself."""
    chance = random.Random(7)
    taken = []
    for _ in range(times):
        start = clock()
        result = operation(chance)
        taken.append(result if isinstance(result, float) else clock() - start)
    taken.sort()
    return taken[len(taken) // 2] * 1000, taken[min(len(taken) - 1, int(len(taken) * 0.95))] * 1000


def _backing_up(storage: Storage, folder: Path) -> Operation:
    def back_up_once(_: random.Random) -> None:
        copy = folder / "backup.db"
        copy.unlink(missing_ok=True)
        back_up(storage, copy)
        copy.unlink()

    return back_up_once


def _empty(storage: Storage) -> None:
    if not storage.url.startswith("sqlite"):
        from tests.postgres import empty_tables

        empty_tables(storage)


def _megabytes(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.glob("archive.db*")) / 1_000_000


def _print(results: dict[str, dict[int, tuple[float, float]]]) -> None:
    sizes = sorted({size for by_size in results.values() for size in by_size})
    _say(f"{'ms: p50 / p95':26}" + "".join(f"{size:>20,}" for size in sizes))
    for name, by_size in results.items():
        cells = (f"{by_size[size][0]:9.1f} /{by_size[size][1]:9.1f}" for size in sizes if size in by_size)
        _say(f"{name:26}" + "".join(cells))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--sizes", type=lambda text: [int(part) for part in text.split(",")], default=[10_000, 100_000, 1_000_000]
    )
    parser.add_argument("--times", type=int, default=60, help="how often each operation is done")
    parser.add_argument("--cpu", action="store_true", help="CPU time of this process, for a machine with other work")
    parser.add_argument("--postgres", action="store_true", help="measure PostgreSQL instead of SQLite")
    parser.add_argument("--folder", type=Path, help="where the database is made, and left")
    return parser.parse_args()


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
