"""The words that publishers put around an article, from phrases.toml, as patterns that tell such lines apart."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("phrases.toml")
_LEAD = r"[\s\W]{0,4}"
"""Bullets, arrows and emoji before the words."""


@cache
def phrases(kind: str) -> re.Pattern[str]:
    """The phrases of one table of phrases.toml in all languages, to be matched at the head of a line.

    Lines are expected as `crawler.text.clean.one_line` leaves them.
    """
    table = tomllib.loads(_FILE.read_text(encoding="utf-8"))[kind]
    alternatives = "|".join(pattern for patterns in table.values() for pattern in patterns)
    return re.compile(f"{_LEAD}(?:{alternatives})", re.IGNORECASE)
