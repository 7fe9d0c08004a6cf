"""How long it takes to find texts that share shingles, among a million: ``python -m tests.storage.shingle_benchmark``.

The keys are as good as random; each text that is looked for shares half of them with one that is stored.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path

from storage.session import Storage, open_storage

KEYS = 16
LOOKUPS = 500
BATCH = 50_000
SPREAD = 2_654_435_761


def fill(storage: Storage, articles: int) -> None:
    """Store the keys of so many articles, past SQLAlchemy: it would take ten times as long."""
    for first in range(0, articles, BATCH):
        numbers = range(first, min(first + BATCH, articles))
        rows = sorted((key, number) for number in numbers for key in keys_of(number))
        with storage.engine.begin() as connection:
            connection.exec_driver_sql("INSERT OR IGNORE INTO shingles (key, article_id) VALUES (?, ?)", rows)


def keys_of(number: int) -> list[int]:
    """The keys of an article: always the same, and spread over all of 32 bits."""
    return [(number * KEYS + place) * SPREAD % 2**32 for place in range(KEYS)]


def look_up(storage: Storage, articles: int) -> list[float]:
    """Seconds of CPU time of each look-up: the machine may have other things to do."""
    dice = random.Random("look-ups")
    seconds = []
    for _ in range(LOOKUPS):
        number = dice.randrange(articles)
        keys = keys_of(number)[: KEYS // 2] + dice.sample(range(2**32), KEYS // 2)
        begun = time.process_time()
        with storage.read() as db:
            found = db.shingles.sharing(keys, at_least=2, limit=5)
        seconds.append(time.process_time() - begun)
        assert found[0] == number
    return sorted(seconds)


def main() -> None:
    """Fill a database of its own and report."""
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory(prefix="khabar-shingles-") as folder:
        storage = open_storage(f"sqlite:///{folder}/khabar.db")
        fill(storage, articles)
        seconds = look_up(storage, articles)
        size = sum(file.stat().st_size for file in Path(folder).iterdir()) / 1e6
        storage.close()
    median, slow = seconds[len(seconds) // 2] * 1000, seconds[int(len(seconds) * 0.99)] * 1000
    sys.stdout.write(f"{articles:,} articles, {size:,.0f} MB: {median:.2f} ms CPU, 99th percentile {slow:.2f} ms\n")


if __name__ == "__main__":
    main()
