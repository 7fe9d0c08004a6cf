"""Values as JSON, one way for all commands: instants in RFC 3339, letters as they are, control characters escaped."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

_STEERING = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What JSON lets stand and a terminal obeys, or no encoding can write."""


def to_json(value: Any, *, indent: int | None = None) -> str:
    """`value` as JSON, on one line without `indent`. Raises TypeError for what has no form in it."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, default=_plain_value)
    # Outside of strings there are none of these, and inside an escape means the same.
    return _STEERING.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def rfc3339(at: datetime) -> str:
    """An instant in UTC, as ``2026-11-24T16:22:00Z``."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _plain_value(value: object) -> str:
    if isinstance(value, datetime):
        return rfc3339(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")
