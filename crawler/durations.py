"""Durations as people write them on a command line: ``48h``, ``7d``, ``30m``."""

from __future__ import annotations

import re
from datetime import timedelta

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_PATTERN = re.compile(r"(\d{1,6})([smhdw])")
LONGEST = timedelta(days=36525)
"""A hundred years: more reaches past the first day that a date can name."""


def parse_duration(text: str) -> timedelta:
    """``48h`` as a timedelta. Raises ValueError for anything else, and for more than a hundred years."""
    match = _PATTERN.fullmatch(text.strip().lower())
    if not match:
        raise ValueError(f"{text!r} is not a duration such as 30m, 48h or 7d")
    duration = timedelta(**{_UNITS[match[2]]: int(match[1])})
    if duration > LONGEST:
        raise ValueError(f"{text!r} is longer than a hundred years")
    return duration
