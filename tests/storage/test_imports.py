from __future__ import annotations

import subprocess
import sys

LIGHT = "storage, storage.records, storage.errors, storage.config, storage.folding"
HEAVY = ("sqlalchemy", "alembic", "psycopg")


def test_what_pure_code_needs_does_not_load_the_database() -> None:
    code = f"import sys, {LIGHT}; print(*(name for name in {HEAVY} if name in sys.modules))"

    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert shown.stdout.strip() == ""


def test_a_database_that_is_up_to_date_is_opened_without_alembic(sqlite_url: str) -> None:
    opening = f"import sys; from storage.session import open_storage; open_storage({sqlite_url!r})"
    code = f"{opening}; print('alembic' in sys.modules)"

    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert shown.stdout.strip() == "False"
