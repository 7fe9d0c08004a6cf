"""Which endings a name may carry."""

from __future__ import annotations

import re
from collections.abc import Mapping

MAX_CHAIN = 4
MIN_STEM = 4
"""Shorter stems match only as they stand: "Ош" with endings would match half of the language."""


class Suffixes:
    """Tells whether the rest of a word is a chain of endings of its script."""

    def __init__(self, tables: Mapping[str, Mapping[str, str]]) -> None:
        self._chains = {script: _chain(groups) for script, groups in tables.items()}
        self._directions = frozenset(word for groups in tables.values() for word in groups["direction"].split())

    def fits(self, stem: str, rest: str) -> bool:
        """Whether a word that begins with `stem` and goes on with `rest` is a form of `stem`. Both are folded."""
        if not rest:
            return True
        if len(stem) < MIN_STEM:
            return False
        script = "latin" if rest[0] <= "\u024f" else "cyrillic"
        return self._chains[script].fullmatch(rest) is not None

    def directs(self, rest: str) -> bool:
        """Whether the ending says to, from, in or with."""
        return rest in self._directions


def _chain(groups: Mapping[str, str]) -> re.Pattern[str]:
    endings = {ending for text in groups.values() for ending in text.split()}
    alternatives = "|".join(sorted(endings, key=len, reverse=True))
    return re.compile(f"(?:{alternatives}){{1,{MAX_CHAIN}}}")
