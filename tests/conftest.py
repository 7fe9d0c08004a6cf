"""Fixtures for all tests: databases of both kinds. What is heavy is imported by the fixture that needs it."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.postgres import empty_tables, find_binaries, may_start, running_server

if TYPE_CHECKING:
    from storage.session import Storage

POSTGRES_VARIABLE = "KHABAR_TEST_POSTGRES"
"""URL of a PostgreSQL database to use instead of a server of our own. Its tables are emptied."""


def pytest_configure() -> None:
    """A shell starts what runs in its background with SIGINT ignored, and all our processes would inherit that."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Slow tests run when they are asked for: by `make battery`, by ``-m``, by ``-k``, or by their own name."""
    if config.option.markexpr or config.option.keyword or any("::" in argument for argument in config.args):
        return
    slow = [item for item in items if item.get_closest_marker("slow")]
    if slow:
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if not item.get_closest_marker("slow")]


@pytest.fixture
def now() -> datetime:
    """A Friday in November."""
    return datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """URL of a PostgreSQL database; the test is skipped where there is no server."""
    if url := os.environ.get(POSTGRES_VARIABLE):
        yield url
        return
    binaries = find_binaries()
    if binaries is None:
        pytest.skip(f"no PostgreSQL server is installed, and {POSTGRES_VARIABLE} names none")
    if not may_start():
        pytest.skip("PostgreSQL does not run as root, and there is no runuser")
    with running_server(binaries) as url:
        yield url


@pytest.fixture(scope="session")
def empty_sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with tables and without rows, to be copied."""
    from storage.session import open_storage

    path = tmp_path_factory.mktemp("empty") / "khabar.db"
    open_storage(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def sqlite_url(tmp_path: Path, empty_sqlite_file: Path) -> str:
    """URL of an empty SQLite database of the test's own."""
    path = tmp_path / "khabar.db"
    shutil.copyfile(empty_sqlite_file, path)
    return f"sqlite:///{path}"


@pytest.fixture
def sqlite_storage(sqlite_url: str) -> Iterator[Storage]:
    """An open, empty SQLite database."""
    from storage.session import open_storage

    storage = open_storage(sqlite_url)
    yield storage
    storage.close()


@pytest.fixture(scope="session")
def shared_postgres_storage(postgres_url: str) -> Iterator[Storage]:
    """An open PostgreSQL database that tests leave their rows in."""
    from storage.session import open_storage

    storage = open_storage(postgres_url)
    yield storage
    storage.close()


@pytest.fixture
def postgres_storage(shared_postgres_storage: Storage) -> Storage:
    """An open, empty PostgreSQL database."""
    empty_tables(shared_postgres_storage)
    return shared_postgres_storage


@pytest.fixture(params=["sqlite", "postgresql"])
def storage(request: pytest.FixtureRequest) -> Storage:
    """An open, empty database: the test runs once with each kind."""
    name = {"sqlite": "sqlite_storage", "postgresql": "postgres_storage"}[request.param]
    opened: Storage = request.getfixturevalue(name)
    return opened
