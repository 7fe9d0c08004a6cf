"""A PostgreSQL server of our own for a test session, reached by a socket in a temporary folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.session import Storage

SERVER_USER = "postgres"
# Nothing has to outlive the tests; and a test database is made by copying pages, not by logging them.
_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "shared_buffers": "32MB",
    "max_connections": "40",
}


def find_binaries() -> Path | None:
    """The folder of initdb and pg_ctl; None without an installed server."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if pg_config := shutil.which("pg_config"):
        shown = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False)
        folders.insert(0, Path(shown.stdout.strip()))
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


def may_start() -> bool:
    """PostgreSQL refuses to run as root: root needs runuser to become another."""
    return os.geteuid() != 0 or shutil.which("runuser") is not None


def empty_tables(storage: Storage) -> None:
    """Deletes all rows; ids start anew."""
    from sqlalchemy import text

    from storage.migrate import SEARCH_TABLE
    from storage.models import Base

    tables = ", ".join([SEARCH_TABLE, *(table.name for table in Base.metadata.sorted_tables)])
    with storage.engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))


@contextmanager
def running_server(binaries: Path) -> Iterator[str]:
    """Starts a server and yields the URL of its database ``postgres``; stops and deletes it in the end."""
    # Not in pytest's own folders: they are closed to other users, and too deep for the name of a socket.
    folder = Path(tempfile.mkdtemp(prefix="khabar-pg-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, SERVER_USER)
        data, log = folder / "data", folder / "log"
        _run(binaries / "initdb", "-D", data, "-U", SERVER_USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        settings = _SETTINGS | {"unix_socket_directories": str(folder)}
        options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        _run(binaries / "pg_ctl", "-D", data, "-w", "-l", log, "-o", options, "start")
        try:
            yield f"postgresql://{SERVER_USER}@/postgres?host={folder}"
        finally:
            _run(binaries / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder)


def _run(*command: str | Path) -> None:
    as_user: Sequence[str] = ["runuser", "-u", SERVER_USER, "--"] if os.geteuid() == 0 else []
    done = subprocess.run([*as_user, *map(str, command)], capture_output=True, text=True, cwd="/", check=False)
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stderr}")
