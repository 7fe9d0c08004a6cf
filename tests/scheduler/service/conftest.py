"""Installations for the tests of the service."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scheduler.service.installation import Installation


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """A folder; `prepare` makes an installation of it."""
    made = Installation(tmp_path)
    yield made
    made.close()
