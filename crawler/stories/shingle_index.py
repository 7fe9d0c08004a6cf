"""Which texts share shingles with this one: an index that answers in well under a millisecond at a million texts.

Keys and texts are held in sorted arrays of 8 bytes an entry, merged as they grow (each four times the next),
behind a small table of what was added last.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
import numpy.typing as npt

from crawler.text.fingerprint import Hashes

RECENT = 32_768
"""Entries that are kept in a plain table before they are sorted."""
GROWTH = 4
COMMON = 512
"""A key with more texts than this stands for a frame that an outlet prints under everything; it is not looked up."""

_Segment = tuple[Hashes, npt.NDArray[np.uint32]]


class ShingleIndex:
    """Maps keys to the numbers of the texts that have them."""

    def __init__(self) -> None:
        self._recent: dict[int, list[int]] = {}
        self._recent_count = 0
        self._segments: list[_Segment] = []

    def add(self, number: int, keys: Hashes) -> None:
        """Adds a text. `number` fits 32 bits."""
        for key in keys.tolist():
            self._recent.setdefault(key, []).append(number)
        self._recent_count += len(keys)
        if self._recent_count >= RECENT:
            self._flush()

    def find(self, keys: Hashes, *, limit: int) -> list[int]:
        """The texts that share most keys, best first; at most `limit`."""
        shared: Counter[int] = Counter()
        for key in keys.tolist():
            if len(recent := self._recent.get(key, ())) <= COMMON:
                shared.update(recent)
        for sorted_keys, numbers in self._segments:
            first = np.searchsorted(sorted_keys, keys, side="left").tolist()
            last = np.searchsorted(sorted_keys, keys, side="right").tolist()
            for start, stop in zip(first, last, strict=True):
                if 0 < stop - start <= COMMON:
                    shared.update(numbers[start:stop].tolist())
        return [number for number, _ in shared.most_common(limit)]

    def _flush(self) -> None:
        pairs = [(key, number) for key, numbers in self._recent.items() for number in numbers]
        entries = np.array(pairs, dtype=np.uint32)
        self._recent, self._recent_count = {}, 0
        segment = entries[:, 0].copy(), entries[:, 1].copy()
        while self._segments and len(self._segments[-1][0]) < GROWTH * len(segment[0]):
            older = self._segments.pop()
            segment = np.concatenate([older[0], segment[0]]), np.concatenate([older[1], segment[1]])
        order = np.argsort(segment[0], kind="stable")
        self._segments.append((segment[0][order], segment[1][order]))
