"""Several processes on one SQLite file, and processes that are killed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from storage.integrity import check
from storage.session import open_storage

KILLS = 10

ADDING = """
import os, sys
from storage.session import open_storage
from tests.factories import NOW, make_article

def add(name, count):
    storage = open_storage(sys.argv[1])
    for number in range(count):
        url = f"https://{name}.example/{number}"
        with storage.begin() as db:
            db.articles.add(make_article(url=url), story=db.stories.open(NOW), copy_of=None)
        print(url, flush=True)

"""
ADDING_SOME = f"{ADDING}add(sys.argv[2], int(sys.argv[3]))"
# One writer after the other, each forked from a process that has loaded everything: to start Python takes longer.
ADDING_UNTIL_KILLED = f"""{ADDING}
for line in sys.stdin:
    writer = os.fork()
    if not writer:
        print(os.getpid(), flush=True)
        add(line.strip(), 1_000_000)
    os.waitpid(writer, 0)
    print("killed", flush=True)
"""
READING = """
import sys
from storage.session import open_storage

storage = open_storage(sys.argv[1])
last = 0
while last < int(sys.argv[2]):
    with storage.read() as db:
        found = len(list(db.articles.iterate()))
        assert db.articles.count() >= found >= last, (found, last)
        last = found
"""


def start(code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )


def test_what_was_acknowledged_survives_kill_9(sqlite_url: str) -> None:
    chance = random.Random(9)
    acknowledged: set[str] = set()
    with start(ADDING_UNTIL_KILLED, sqlite_url) as parent:
        assert parent.stdin is not None
        assert parent.stdout is not None
        for turn in range(KILLS):
            parent.stdin.write(f"turn{turn}\n")
            parent.stdin.flush()
            writer = int(parent.stdout.readline())
            acknowledged.add(parent.stdout.readline().strip())
            time.sleep(chance.uniform(0, 0.1))
            os.kill(writer, signal.SIGKILL)
            while (line := parent.stdout.readline().strip()) != "killed":
                acknowledged.add(line)
        parent.stdin.close()

    storage = open_storage(sqlite_url)
    assert check(storage) == []
    with storage.read() as db:
        stored = [article.url for article in db.articles.iterate()]
    storage.close()
    assert len(acknowledged) >= KILLS
    assert acknowledged <= set(stored)
    assert len(stored) == len(set(stored)) <= len(acknowledged) + KILLS


def test_two_writers_and_a_reader_wait_for_each_other(sqlite_url: str) -> None:
    count = 30
    children = [
        start(ADDING_SOME, sqlite_url, "first", str(count)),
        start(ADDING_SOME, sqlite_url, "second", str(count)),
        start(READING, sqlite_url, str(2 * count)),
    ]

    ends = [(child.communicate()[1], child.returncode) for child in children]

    assert ends == [("", 0)] * 3
    storage = open_storage(sqlite_url)
    with storage.read() as db:
        assert db.articles.count() == 2 * count
    storage.close()


def test_the_log_shrinks_once_a_long_reader_is_done(sqlite_url: str) -> None:
    storage = open_storage(sqlite_url)
    log = Path(f"{sqlite_url.removeprefix('sqlite:///')}-wal")
    with storage.engine.connect() as connection:
        limit = connection.exec_driver_sql("PRAGMA journal_size_limit").scalar()

    storage.close()

    assert limit == 64 * 1024 * 1024
    assert not log.exists()
