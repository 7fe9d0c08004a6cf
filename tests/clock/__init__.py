"""A clock for tests that run the program in processes of its own."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]


def ahead(hours: float) -> Mapping[str, str]:
    """Environment in which the program takes the time for so many hours later than it is."""
    return {"PYTHONPATH": os.pathsep.join([str(FOLDER), str(ROOT)]), "CLOCK_AHEAD_HOURS": str(hours)}
