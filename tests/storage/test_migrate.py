from __future__ import annotations

import ast
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

import storage.migrations
from storage.engine import parse_url
from storage.migrate import draft, pending_changes
from storage.session import Storage, open_storage
from storage.version import NEWEST, version_of

VERSIONS = Path(storage.migrations.__file__).parent / "versions"


@pytest.fixture(params=["sqlite", "postgresql"])
def migrated(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Storage]:
    """A database that was just made from nothing."""
    if request.param == "sqlite":
        made = open_storage(f"sqlite:///{tmp_path / 'khabar.db'}")
    else:
        url: str = request.getfixturevalue("postgres_url")
        admin = open_storage(url)
        with admin.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("DROP DATABASE IF EXISTS fresh"))
            connection.execute(text("CREATE DATABASE fresh"))
        admin.close()
        made = open_storage(url.replace("/postgres?", "/fresh?"))
    yield made
    made.close()


def test_the_migrations_make_what_the_models_say(migrated: Storage) -> None:
    with migrated.engine.connect() as connection:
        assert version_of(connection) == NEWEST
        assert pending_changes(connection) == []


@pytest.mark.parametrize(
    "statement",
    [
        "DROP INDEX ix_articles_known_at",
        "ALTER TABLE articles ADD COLUMN mood TEXT",
        "CREATE TABLE moods (id INTEGER PRIMARY KEY)",
    ],
)
def test_a_difference_from_the_models_is_seen(migrated: Storage, statement: str) -> None:
    with migrated.engine.begin() as connection:
        connection.execute(text(statement))

        assert len(pending_changes(connection)) == 1


def test_a_second_opening_changes_nothing(migrated: Storage) -> None:
    with migrated.engine.connect() as connection:
        before = sorted(inspect(connection).get_table_names())

    open_storage(migrated.engine.url.render_as_string(hide_password=False)).close()

    with migrated.engine.connect() as connection:
        assert sorted(inspect(connection).get_table_names()) == before


def test_a_drafted_migration_finds_nothing_to_do_and_needs_no_model(tmp_path: Path) -> None:
    folder = tmp_path / "migrations"
    shutil.copytree(VERSIONS.parent, folder, ignore=shutil.ignore_patterns("__pycache__"))

    path = draft(parse_url(f"sqlite:///{tmp_path / 'khabar.db'}"), "add nothing", scripts=folder)

    assert path.parent == folder / "versions"
    assert path.name == f"{int(NEWEST) + 1:04}_add_nothing.py"
    assert "pass" in path.read_text()


@pytest.mark.parametrize("path", sorted(VERSIONS.glob("0*.py")), ids=lambda path: path.stem)
def test_a_migration_does_not_change_with_the_models(path: Path) -> None:
    imported = {
        name
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom | ast.Import)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names])
    }

    assert not {name for name in imported if name.startswith("storage.models")}


KILLED = """
import os, signal, sys
from sqlalchemy import event
from sqlalchemy.engine import Engine
from storage.session import open_storage

left = int(sys.argv[2])

@event.listens_for(Engine, "before_cursor_execute")
def count(connection, cursor, statement, *_):
    global left
    left -= statement.lstrip().startswith(("CREATE", "INSERT"))
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)

open_storage(sys.argv[1])
"""


@pytest.mark.parametrize("steps", [0, 1, 12, 30])
def test_a_killed_migration_leaves_nothing_and_can_be_run_again(tmp_path: Path, steps: int) -> None:
    url = f"sqlite:///{tmp_path / 'khabar.db'}"

    killed = subprocess.run([sys.executable, "-c", KILLED, url, str(steps)], check=False)

    assert killed.returncode == -signal.SIGKILL
    storage = open_storage(url, upgrade=False)
    with storage.engine.connect() as connection:
        assert inspect(connection).get_table_names() == []
    storage.close()
    open_storage(url).close()
