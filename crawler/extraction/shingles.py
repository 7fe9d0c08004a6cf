"""Texts as multisets of overlapping runs of four words: how alike two of them are."""

from __future__ import annotations

import re
from collections import Counter

SIZE = 4
_WORD = re.compile(r"\w+")

Shingles = Counter[tuple[str, ...]]


def shingles(text: str) -> Shingles:
    """The runs of four words of `text`; a shorter text is one run, an empty one none."""
    words = _WORD.findall(text)
    if not words:
        return Counter()
    runs = max(1, len(words) - SIZE + 1)
    return Counter(tuple(words[start : start + SIZE]) for start in range(runs))


def likeness(one: Shingles, other: Shingles) -> float:
    """From 0 to 1: twice what they share by what they have together (the F1 of one as a guess at the other)."""
    together = one.total() + other.total()
    return 2 * (one & other).total() / together if together else 1.0
