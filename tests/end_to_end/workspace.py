"""A folder in which the real program runs against the replica web, as a user would run it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from storage.session import Storage, open_storage
from tests.replica.demo import khabar, write_configuration

CRAWL_SECONDS = 240


@dataclass(frozen=True)
class Workspace:
    """One installation: its configuration, its database, its digests."""

    folder: Path

    def configure(self, port: int) -> None:
        """Point it at the replica on `port`."""
        write_configuration(self.folder, port)

    def run(self, *arguments: str, environment: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        """``khabar ARGUMENTS`` to its end."""
        return subprocess.run(
            [*khabar(self.folder), *arguments],
            cwd=self.folder,
            env=self._environment(environment),
            capture_output=True,
            text=True,
            timeout=CRAWL_SECONDS,
            check=False,
        )

    def json(self, *arguments: str) -> Any:
        """The same with ``--json``, read; fails with what the program said when it ends with an error."""
        done = self.run(*arguments, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """``khabar ARGUMENTS`` in a process group of its own, to be killed."""
        return subprocess.Popen(
            [*khabar(self.folder), *arguments],
            cwd=self.folder,
            env=self._environment(None),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def storage(self) -> Storage:
        """Its archive."""
        return open_storage(f"sqlite:///{self.folder}/khabar.db")

    def _environment(self, more: Mapping[str, str] | None) -> dict[str, str]:
        root = Path(__file__).parents[2]
        return {**os.environ, "PYTHONPATH": str(root), "COLUMNS": "200", **(more or {})}


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """kill -9 to a process and all of its children."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def python() -> str:
    """The interpreter that runs the tests."""
    return sys.executable
