"""A working directory of one's own, with one source and an empty database."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.session import Storage, open_storage
from tests.scheduler.cli.shell import Shell

SOURCES = """\
[herald]
name = "The Herald"
language = "en"
country = "AZ"
zone = "Asia/Baku"
feeds = ["https://herald.example/rss"]
"""
CONFIGURATION = '[crawl]\nsources = ["sources.toml"]\n'


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Shell:
    """A folder with a configuration and one source; there is no database yet."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    made = Shell(tmp_path, monkeypatch, capsysbinary)
    made.write("sources.toml", SOURCES)
    made.write("khabar.toml", CONFIGURATION)
    return made


@pytest.fixture
def archive(shell: Shell, empty_sqlite_file: Path) -> Iterator[Storage]:
    """The open database of the folder, empty."""
    path = shell.folder / "khabar.db"
    shutil.copyfile(empty_sqlite_file, path)
    storage = open_storage(f"sqlite:///{path}")
    yield storage
    storage.close()
