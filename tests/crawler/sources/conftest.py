from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.sources import Source, load_sources

FIVE_LINES = """\
[herald]
name = "The Herald"
language = "az"
country = "AZ"
feeds = ["https://herald.example/rss"]
"""


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes a source file and says where it is."""

    def write(text: str | bytes, name: str = "mine.toml") -> Path:
        file = tmp_path / name
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    return write


@pytest.fixture
def load(write: Callable[..., Path]) -> Callable[[str], Source]:
    """Loads the one source that a text declares."""

    def load(text: str) -> Source:
        (source,) = load_sources([write(text)]).values()
        return source

    return load


@pytest.fixture(scope="session")
def registry() -> dict[str, Source]:
    return load_sources()
