from __future__ import annotations

import subprocess
import sys

LIGHT = "storage, storage.records, storage.errors, storage.config, storage.folding"
HEAVY = ("sqlalchemy", "alembic", "psycopg")


def test_what_pure_code_needs_does_not_load_the_database() -> None:
    code = f"import sys, {LIGHT}; print(*(name for name in {HEAVY} if name in sys.modules))"

    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert shown.stdout.strip() == ""
