"""The service on the replica web with intervals of two seconds: what of it grows?

python -m tests.scheduler.service.endurance --minutes 60

All sources are made due again and again, one of them publishes, and digests are made by a clock that is moved on by a
day each minute. Prints, each half minute and as JSON Lines: memory of the parent in kB, its open files and threads,
all processes of the service, zombies, folders left in the temporary folder; and in the end the first and the last.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from storage.records import NewDigest
from tests.replica.demo import write_configuration
from tests.replica.server import Replica
from tests.scheduler.service.installation import Installation

EVERY_SECONDS = 2.0
TOLD_SECONDS = 30.0


def main() -> int:
    """Run it; ends with 1 when the service did not end with 0, or anything was left over."""
    parser = argparse.ArgumentParser(prog="python -m tests.scheduler.service.endurance", description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    minutes = parser.parse_args().minutes
    with tempfile.TemporaryDirectory(prefix="endurance-") as name, Replica().start() as replica:
        folder = Path(name)
        (folder / "tmp").mkdir()
        os.environ["TMPDIR"] = str(folder / "tmp")
        installation = Installation(folder, url=f"sqlite:///{folder.absolute()}/khabar.db")
        write_configuration(folder, replica.port)
        _digest_of_yesterday(installation)
        process = installation.started_up()
        try:
            readings = list(_watch(installation, process.pid, minutes * 60))
        finally:
            process.send_signal(signal.SIGTERM)
            code = process.wait()
        left = [path.name for path in (folder / "tmp").iterdir()]
        counts = {key: installation.count(key) for key in ("crawl: ", "digests: made", " ERROR ")}
    sys.stdout.write(f"{json.dumps({'first': readings[0], 'last': readings[-1], 'log': counts})}\n")
    sys.stdout.write(f"{json.dumps({'exit code': code, 'left over': left})}\n")
    return int(bool(code or left))


def _digest_of_yesterday(installation: Installation) -> None:
    """So that each day since is owed one."""
    yesterday = datetime.now(UTC) - timedelta(days=1)
    with installation.storage() as storage, storage.begin() as db:
        built_at = yesterday + timedelta(hours=12)
        db.digests.add(NewDigest(profile="daily", on=yesterday.date(), zone="UTC", built_at=built_at))


def _watch(installation: Installation, pid: int, seconds: float) -> list[dict[str, float]]:
    begun = told = time.monotonic()
    start, readings = datetime.now(UTC), []
    with installation.storage() as storage:
        while (now := time.monotonic()) - begun < seconds:
            with storage.begin() as db:
                for state in db.sources.states().values():
                    db.sources.record(type(state)(**_due(state)))
            installation.set_clock(start + timedelta(days=(now - begun) // 60, seconds=now - begun))
            if now - told >= TOLD_SECONDS or not readings:
                told = now
                readings.append({"minute": round((now - begun) / 60, 1), **_reading(pid)})
                sys.stdout.write(f"{json.dumps(readings[-1])}\n")
                sys.stdout.flush()
            time.sleep(EVERY_SECONDS)
    return readings


def _due(state: object) -> dict[str, object]:
    values = {name: getattr(state, name) for name in type(state).__dataclass_fields__}
    return values | {"next_check_at": None, "failures": 0.0}


def _reading(pid: int) -> dict[str, float]:
    proc = Path(f"/proc/{pid}")
    status = dict(line.split(":", 1) for line in (proc / "status").read_text().splitlines())
    family = _family(pid)
    return {
        "rss_kb": int(status["VmRSS"].split()[0]),
        "files": len(list((proc / "fd").iterdir())),
        "threads": int(status["Threads"]),
        "processes": len(family),
        "zombies": sum(state == "Z" for state in family.values()),
        "temporary": len(list(Path(os.environ["TMPDIR"]).iterdir())),
    }


def _family(pid: int) -> dict[int, str]:
    """A process and all that it started, with their states."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = path.read_text().rpartition(")")[2].split()[:2]
        except (FileNotFoundError, ProcessLookupError):
            continue
        parents[int(path.parent.name)] = (int(parent), state)
    family, found = {pid: parents[pid][1]}, True
    while found:
        found = {child: state for child, (parent, state) in parents.items() if parent in family and child not in family}
        family |= found
    return family


if __name__ == "__main__":
    sys.exit(main())
