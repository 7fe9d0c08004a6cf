"""Drafts the next migration from what the models have and the tables lack. For developers, in a source tree."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from storage.engine import parse_url
from storage.migrate import draft


def main() -> None:
    """Writes the file; what it does is to be read and completed by hand."""
    if len(sys.argv) != 2:
        sys.exit('usage: python -m storage.migrations "add a column"')
    with tempfile.TemporaryDirectory() as folder:
        empty = parse_url(f"sqlite:///{Path(folder) / 'empty.db'}")
        path = draft(empty, sys.argv[1], Path(__file__).parent)
    sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
