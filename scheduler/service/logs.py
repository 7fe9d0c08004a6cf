"""The log of the service: one record a line whatever it says, and what repeats itself is counted."""

from __future__ import annotations

import logging
import sys
import time
from logging.handlers import RotatingFileHandler
from pathlib import Path

from crawler.text.clean import clean
from storage.errors import ConfigError

FORMAT = "%(asctime)s %(levelname)s %(message)s"
QUIET_SECONDS = 600.0
"""The same message is written once in this time; how often it came is written with the next."""
MOST_MESSAGES = 1000
FILE_BYTES, FILES = 10 * 1024 * 1024, 9


class OneLine(logging.Formatter):
    """A record as one line: no line break and no escape sequence of its text reaches a terminal or forges a record."""

    converter = time.gmtime  # type: ignore[assignment]
    default_time_format = "%Y-%m-%dT%H:%M:%SZ"
    default_msec_format = ""

    def format(self, record: logging.LogRecord) -> str:
        """With a traceback, if there is one, on the same line."""
        return clean(super().format(record)).replace("\n", "\\n").replace("\t", " ")


class Repeats(logging.Filter):
    """Lets a message pass once in a while, and then tells how often it was held back."""

    def __init__(self, seconds: float = QUIET_SECONDS) -> None:
        super().__init__()
        self._seconds = seconds
        self._seen: dict[tuple[int, str], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether it passes; its message may get an addition."""
        key = (record.levelno, record.getMessage())
        since, count = self._seen.get(key, (float("-inf"), 0))
        if 0 <= record.created - since < self._seconds:
            self._seen[key] = (since, count + 1)
            return False
        if len(self._seen) >= MOST_MESSAGES:
            self._seen.clear()
        self._seen[key] = (record.created, 0)
        if count:
            record.msg, record.args = f"{key[1]} ({count} more times since)", None
        return True


class LogFile(RotatingFileHandler):
    """A file that is opened anew when somebody took it away, as logrotate does."""

    def shouldRollover(self, record: logging.LogRecord) -> int:
        """Also closes what was deleted: the next record begins a new file."""
        if self.stream and not Path(self.baseFilename).exists():
            self.stream.close()
            self.stream = None
        return int(super().shouldRollover(record))


def set_up(log_file: Path | None) -> None:
    """Log to stderr, and to a file if one is named. Raises ConfigError when it cannot be written."""
    # A full disk, or a reader of stderr that went away, must not stop the work that is logged.
    logging.raiseExceptions = False
    handlers: list[logging.Handler] = [logging.StreamHandler(sys.stderr)] if sys.stderr else []
    if log_file:
        try:
            handlers.append(LogFile(log_file, maxBytes=FILE_BYTES, backupCount=FILES, encoding="utf-8"))
        except OSError as error:
            raise ConfigError(str(log_file), [f"service.log_file cannot be written: {error.strerror}"]) from error
    root = logging.getLogger()
    for old in list(root.handlers):
        root.removeHandler(old)
    repeats = Repeats()
    for handler in handlers:
        handler.setFormatter(OneLine(FORMAT))
        handler.addFilter(repeats if handler is handlers[0] else Repeats())
        root.addHandler(handler)
    root.setLevel(logging.INFO)
    # It tells of every minute. What matters of it is told by the listener of the timetable.
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)
    logging.getLogger("alembic").setLevel(logging.WARNING)


class CrawlLog:
    """Takes the log of a crawl's process, line by line, and passes on what is a warning or worse."""

    _LEVELS = (" CRITICAL: ", " ERROR: ", " WARNING: ")

    def __init__(self) -> None:
        self._logger = logging.getLogger("crawl")

    def write(self, line: str) -> int:
        """One line."""
        if level := next((level for level in self._LEVELS if level in line), None):
            self._logger.log(getattr(logging, level.strip(" :")), "crawl: %s", line.partition(level)[2].strip())
        return len(line)

    def flush(self) -> None:
        """Nothing is held back."""
