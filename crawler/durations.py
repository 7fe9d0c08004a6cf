"""Durations as people write them on a command line: ``48h``, ``7d``, ``30m``."""

from __future__ import annotations

import re
from datetime import timedelta

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_PATTERN = re.compile(r"(\d{1,6})([smhdw])")


def parse_duration(text: str) -> timedelta:
    """``48h`` as a timedelta. Raises ValueError for anything else."""
    match = _PATTERN.fullmatch(text.strip().lower())
    if not match:
        raise ValueError(f"{text!r} is not a duration such as 30m, 48h or 7d")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})
