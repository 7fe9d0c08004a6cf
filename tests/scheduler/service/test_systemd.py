"""The files that others run the service by."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from scheduler.service.serve import GRACE_SECONDS, LAST_SECONDS, PATIENCE_SECONDS

ROOT = Path(__file__).parents[3]
UNIT = ROOT / "scheduler" / "systemd" / "khabar.service"
ENDS_IN = PATIENCE_SECONDS + GRACE_SECONDS + LAST_SECONDS


def unit() -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None, strict=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(UNIT)
    return parser["Service"]


def test_the_unit_gives_the_service_the_time_that_it_needs_to_end() -> None:
    assert ENDS_IN <= 30 < int(unit()["TimeoutStopSec"])
    compose = (ROOT / "compose.yaml").read_text()
    grace = re.search(r"stop_grace_period: (\d+)s", compose)
    assert grace
    assert int(grace[1]) > 30


def test_the_unit_runs_a_command_that_there_is() -> None:
    assert unit()["ExecStart"].endswith("khabar --config /etc/khabar/khabar.toml serve")
    assert unit()["Type"] == "notify"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze")
def test_systemd_finds_no_fault_in_the_unit(tmp_path: Path) -> None:
    copy = tmp_path / "khabar.service"
    copy.write_text(UNIT.read_text().replace("/opt/khabar/bin/khabar", "/bin/true"))
    done = subprocess.run(["systemd-analyze", "verify", str(copy)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_docker_asks_what_monitoring_asks() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert 'CMD ["khabar", "status", "--check"]' in dockerfile
    assert 'CMD ["serve"]' in dockerfile
