"""A job of the service in a process of its own: ``python -m scheduler.job_process JOB --now INSTANT``.

What it did is its last line on stdout, what went wrong the last one on stderr.
"""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from types import FrameType

from crawler.parent import die_with_parent
from scheduler import jobs
from scheduler.config import AppConfig, load_config
from storage.errors import KhabarError
from storage.session import Storage, open_storage


def main() -> int:
    """Run one job. Exit code 1 when it fails."""
    options = _parser().parse_args()
    die_with_parent(options.parent)
    signal.signal(signal.SIGTERM, _stop)
    try:
        config = load_config()
        storage = open_storage(config.database.url)
        try:
            done = JOBS[options.job](storage, config, options.now, options.slots)
        finally:
            storage.close()
    except KhabarError as error:
        sys.stderr.write(f"{' '.join(str(error).split())}\n")
        return 1
    sys.stdout.write(f"{done}\n")
    return 0


def _make_digests(storage: Storage, config: AppConfig, now: datetime, slots: list[str]) -> str:
    made = jobs.make_due_digests(storage, config, now=now, slots=slots)
    jobs.deliver(storage, config, now=now)
    return made


def _deliver(storage: Storage, config: AppConfig, now: datetime, _slots: list[str]) -> str:
    """Alarms first: they go the same way. A failure of theirs must not keep a digest back."""
    try:
        watched = jobs.watch(storage, config, now=now)
    finally:
        delivered = jobs.deliver(storage, config, now=now)
    return f"{watched}, {delivered}"


def _housekeep(storage: Storage, config: AppConfig, now: datetime, _slots: list[str]) -> str:
    return jobs.housekeep(storage, config, now=now)


JOBS: dict[str, Callable[[Storage, AppConfig, datetime, list[str]], str]] = {
    "digests": _make_digests,
    "deliver": _deliver,
    "housekeep": _housekeep,
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m scheduler.job_process", description=__doc__)
    parser.add_argument("job", choices=sorted(JOBS))
    parser.add_argument("slots", nargs="*", help="for digests: PROFILE/DAY")
    parser.add_argument("--now", type=datetime.fromisoformat, required=True)
    parser.add_argument("--parent", type=int, help="end when this process does")
    return parser


def _stop(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)


if __name__ == "__main__":
    sys.exit(main())
