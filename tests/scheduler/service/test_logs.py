"""The log: one record a line, repeats counted, and nothing that happens to it stops the work."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from scheduler.service.logs import FORMAT, CrawlLog, LogFile, OneLine, Repeats, set_up
from storage.errors import ConfigError


@pytest.fixture(autouse=True)
def root_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level, raising = list(root.handlers), root.level, logging.raiseExceptions
    yield
    for handler in set(root.handlers) - set(handlers):
        handler.close()
    root.handlers[:], logging.raiseExceptions = handlers, raising
    root.setLevel(level)
    for name in ("apscheduler", "alembic"):
        logging.getLogger(name).setLevel(logging.NOTSET)


def record(text: str, *args: object, at: float = 0.0, **more: object) -> logging.LogRecord:
    made = logging.LogRecord("x", logging.ERROR, __file__, 1, text, args, None)
    made.created = at
    made.__dict__.update(more)
    return made


def test_a_record_is_a_line_whatever_it_says() -> None:
    line = OneLine(FORMAT).format(record("%s", "title\n2026-01-01T00:00:00Z ERROR forged\x1b[31m\r\u202e"))
    assert line == "1970-01-01T00:00:00Z ERROR title\\n2026-01-01T00:00:00Z ERROR forged[31m\\n"


def test_a_traceback_stands_on_the_same_line() -> None:
    try:
        raise ValueError("deep\ndown")
    except ValueError as error:
        made = record("broke")
        made.exc_info = (type(error), error, error.__traceback__)
    assert "\n" not in OneLine(FORMAT).format(made)


def test_what_repeats_itself_is_written_once_and_then_with_its_count() -> None:
    repeats = Repeats(seconds=600)
    passed = []
    for at in [*range(100), 700]:
        made = record("disk %s", "full", at=at)
        if repeats.filter(made):
            passed.append(made.getMessage())
    assert passed == ["disk full", "disk full (99 more times since)"]


def test_different_messages_do_not_hold_each_other_back() -> None:
    repeats = Repeats()
    assert sum(repeats.filter(record(f"error {number}")) for number in range(5000)) == 5000


def test_a_clock_that_goes_back_silences_nothing() -> None:
    repeats = Repeats()
    assert repeats.filter(record("x", at=10_000))
    assert repeats.filter(record("x", at=5))


def test_a_file_that_was_taken_away_is_begun_anew(tmp_path: Path) -> None:
    file = tmp_path / "khabar.log"
    handler = LogFile(file, maxBytes=1000, backupCount=2, encoding="utf-8")
    handler.emit(record("first"))
    file.unlink()
    handler.emit(record("second"))
    handler.close()
    assert file.read_text(encoding="utf-8") == "second\n"


def test_a_file_is_rotated_and_its_size_is_bounded(tmp_path: Path) -> None:
    handler = LogFile(tmp_path / "khabar.log", maxBytes=1000, backupCount=2, encoding="utf-8")
    for number in range(500):
        handler.emit(record(f"error {number} {'x' * 80}"))
    handler.close()
    files = sorted(tmp_path.iterdir())
    assert [file.name for file in files] == ["khabar.log", "khabar.log.1", "khabar.log.2"]
    assert sum(file.stat().st_size for file in files) <= 3000
    assert "error 499" in files[0].read_text(encoding="utf-8")


def test_a_file_that_cannot_be_written_is_refused_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"service.log_file cannot be written"):
        set_up(tmp_path / "missing" / "khabar.log")


def test_of_a_crawl_only_warnings_and_worse_are_passed_on(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    log = CrawlLog()
    log.write("2026-11-20 10:00:00 [scrapy] INFO: Spider opened\n")
    log.write("2026-11-20 10:00:00 [x] ERROR: it broke\n")
    assert [(each.levelname, each.getMessage()) for each in caplog.records] == [("ERROR", "crawl: it broke")]
