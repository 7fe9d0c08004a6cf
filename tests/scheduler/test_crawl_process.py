"""What is told of a crawl whose process ended badly."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.crawl_process import CrawlOrder, crawl, last_words
from scheduler.errors import CrawlFailed

CHAINED = """\
2026-11-20 10:00:00 [scrapy] ERROR: it broke
Traceback (most recent call last):
  File "a.py", line 1, in first
    begin()
KeyError: 'a'

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "b.py", line 2, in second
    go_on()
storage.errors.StorageError: sqlite:///khabar.db: the disk is full
[SQL: INSERT INTO articles]
2026-11-20 10:00:01 [scrapy] INFO: Spider closed (finished)
"""

GROUP = """\
  + Exception Group Traceback (most recent call last):
  |   File "c.py", line 3, in gather
  | ExceptionGroup: unhandled errors (1 sub-exception)
  +-+---------------- 1 ----------------
    | Traceback (most recent call last):
    |   File "d.py", line 4, in one
    |     await it
    | ValueError: the first
    |
    +------------------------------------
2026-11-20 10:00:01 [scrapy] INFO: Spider closed (start_error)
"""


@pytest.mark.parametrize(
    ("log", "words"),
    [
        (CHAINED, "storage.errors.StorageError: sqlite:///khabar.db: the disk is full"),
        (GROUP, "ValueError: the first"),
        ("first\nlast\n\n", "last"),
        ("Traceback (most recent call last):\n  File cut off\n", "File cut off"),
        ("", ""),
    ],
)
def test_the_last_words_are_those_of_the_error(log: str, words: str) -> None:
    assert last_words(log.splitlines()) == words


def test_a_crawl_that_never_begins_says_why(tmp_path: Path) -> None:
    (tmp_path / "khabar.db").write_bytes(b"noise" * 999)
    order = CrawlOrder(overrides={"KHABAR_DATABASE__URL": f"sqlite:///{tmp_path}/khabar.db"})
    with pytest.raises(CrawlFailed, match="not a Khabar database"):
        list(crawl(order))
