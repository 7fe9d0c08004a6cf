"""Without any network: every source is refused, quickly, each with its cause."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.end_to_end.workspace import python

ROOT = Path(__file__).parents[2]


def _can_unshare() -> bool:
    unshare = shutil.which("unshare")
    return (
        bool(unshare)
        and subprocess.run([str(unshare), "-rn", "true"], check=False, capture_output=True).returncode == 0
    )


@pytest.mark.skipif(not _can_unshare(), reason="this machine gives no network name space (unshare -rn)")
def test_a_crawl_reaches_nothing_and_says_so(tmp_path: Path) -> None:
    done = subprocess.run(
        ["unshare", "-rn", python(), "-m", "scheduler", "crawl"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 3, done.stderr
    lines = [line for line in done.stderr.splitlines() if "cannot resolve the host name" in line]
    assert len(lines) > 100
    assert "no source was reached" in done.stderr
    assert "make demo" in done.stderr
