"""The program as a process: signals, pipes that close, and what the environment lacks."""

from __future__ import annotations

import os
import pty
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from subprocess import DEVNULL, PIPE

import pytest

from tests.processes import processes, wait_until
from tests.scheduler.cli.conftest import CONFIGURATION, SOURCES

ROOT = Path(__file__).parents[3]
KHABAR = [sys.executable, "-m", "scheduler"]
POOR = {"PYTHONPATH": str(ROOT), "LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
"""An environment without HOME, PATH and TERM, in which Python takes all text for ASCII."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sources.toml").write_text(SOURCES.replace("The Herald", "Хабаршы"), encoding="utf-8")
    (tmp_path / "khabar.toml").write_text(CONFIGURATION, encoding="utf-8")
    return tmp_path


@pytest.fixture
def silent(tmp_path: Path) -> Iterator[Path]:
    """A folder whose only source takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as server:
        feed = f"http://127.0.0.1:{server.getsockname()[1]}/rss"
        (tmp_path / "sources.toml").write_text(SOURCES.replace("https://herald.example/rss", feed), encoding="utf-8")
        allowed = 'allow_addresses = ["127.0.0.0/8"]\nobey_robots = false\ndelay_seconds = 0\n'
        (tmp_path / "khabar.toml").write_text(CONFIGURATION + allowed, encoding="utf-8")
        yield tmp_path


def start(
    folder: Path, *arguments: str, stdin: int | None = None, stdout: int = PIPE, stderr: int = PIPE
) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [*KHABAR, *arguments], cwd=folder, env=environment, stdin=stdin, stdout=stdout, stderr=stderr
    )


def child_of(process: subprocess.Popen[bytes]) -> int:
    wait_until(lambda: processes(parent=process.pid))
    return processes(parent=process.pid)[0]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are counted in /proc")
class TestCrawl:
    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
    def test_its_end_is_the_end_of_all_that_it_started(self, silent: Path, number: signal.Signals) -> None:
        with start(silent, "crawl") as process:
            assert process.stderr
            assert process.stderr.readline() == b"crawl 1: 1 sources\n"
            child = child_of(process)
            process.send_signal(number)
            code = process.wait(timeout=30)
            assert code == (-number if number is signal.SIGKILL else 128 + number)
            assert process.stderr.read() == b""
            wait_until(lambda: not processes(session=child))

    def test_a_child_that_has_just_started_ends_too(self, silent: Path) -> None:
        with start(silent, "crawl", stdout=DEVNULL, stderr=DEVNULL) as process:
            child = child_of(process)
            process.kill()
            process.wait()
            wait_until(lambda: not processes(session=child))

    def test_a_terminal_sees_bars_and_gets_them_cleared(self, silent: Path) -> None:
        main, side = pty.openpty()
        with start(silent, "crawl", stdout=DEVNULL, stderr=side) as process:
            os.close(side)
            shown = b""
            while b"herald" not in shown:
                shown += os.read(main, 4096)
            process.send_signal(signal.SIGINT)
            while part := read_or_end(main):
                shown += part
            assert process.wait(timeout=30) == 130
        os.close(main)
        assert b"0/1" in shown
        assert shown.endswith(b"\x1b[2K")


def read_or_end(descriptor: int) -> bytes:
    """What comes next; nothing when the other side of the terminal is closed, which Linux tells as an error."""
    try:
        return os.read(descriptor, 4096)
    except OSError:
        return b""


def test_a_reader_that_goes_away_ends_the_work_quietly(folder: Path) -> None:
    with start(folder, "tag", stdin=PIPE) as process:
        assert process.stdin
        assert process.stdout
        process.stdout.close()
        process.stdin.write(b'{"id": 1, "text": "Baku"}\n')
        process.stdin.flush()
        assert process.wait(timeout=30) == 1
        assert process.stderr
        assert process.stderr.read() == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("arguments", [("sources", "export"), ("export", "--format", "csv"), ("status",)])
def test_a_full_disk_is_one_line(folder: Path, arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*KHABAR, *arguments], cwd=folder, env=POOR, stdout=full, stderr=PIPE, check=False)
    expected = b"khabar: [Errno 28] No space left on device\n"
    assert (done.returncode, done.stderr) == (1, expected)


def test_without_a_locale_a_pipe_gets_utf8(folder: Path) -> None:
    done = subprocess.run([*KHABAR, "sources", "list"], cwd=folder, env=POOR, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Хабаршы" in done.stdout.decode("utf-8")


@pytest.mark.parametrize(
    ("redirection", "arguments", "code"),
    [(">&-", "status", 0), (">&- 2>&-", "show 7", 1), ("<&-", "tag", 1)],
)
def test_streams_may_be_closed(folder: Path, redirection: str, arguments: str, code: int) -> None:
    command = f'exec "$0" -m scheduler {arguments} {redirection}'
    done = subprocess.run(["sh", "-c", command, sys.executable], cwd=folder, env=POOR, capture_output=True, check=False)
    assert (done.returncode, b"Traceback" in done.stderr) == (code, False)
