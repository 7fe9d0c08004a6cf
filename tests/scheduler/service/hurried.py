"""``khabar serve`` in a hurry and with a clock that a test sets: ``python -m tests.scheduler.service.hurried FOLDER``.

The clock is ahead of the real one by as many seconds as the file ``ahead`` in FOLDER says. Ends as ``khabar serve``
does.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from scheduler.cli.output import complain
from scheduler.service.duties import Pace
from scheduler.service.serve import serve
from storage.errors import KhabarError

HURRY = Pace(
    tick=timedelta(seconds=0.3),
    crawl=timedelta(seconds=2),
    deliver=timedelta(days=36_500),
    housekeep=timedelta(days=36_500),
    distrust=timedelta(seconds=3),
)


def main(folder: Path) -> int:
    ahead = folder / "ahead"

    def clock() -> datetime:
        seconds = float(ahead.read_text()) if ahead.exists() else 0.0
        return datetime.now(UTC) + timedelta(seconds=seconds)

    try:
        return serve(folder / "khabar.toml", clock=clock, pace=HURRY)
    except KhabarError as error:
        complain(error)
        return 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
