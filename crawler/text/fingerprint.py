"""What a text is made of, small enough to keep for a million articles: is another text a copy of it?

A text becomes the set of its shingles (runs of `SHINGLE` words, without case, marks, punctuation and script: the
Cyrillic and the Latin edition of one Uzbek text are equal). Of these the `SKETCH` smallest hashes are kept, a bottom-k
sketch (Broder 1997, "On the resemblance and containment of documents"): exact for texts of up to `SKETCH` shingles, and
within about 3 % for longer ones. Unlike MinHash or SimHash it also tells how much of a short text stands in a long one.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from crawler.text.words import sound, split_words

SHINGLE = 4
SKETCH = 256
KEYS = 16
"""How many hashes of a sketch are looked up. Texts that share half of their shingles share half of their keys."""
MIN_WORDS = 12
"""Shorter texts (a caption, "Photo: press service") say nothing by which they could be told apart."""
MAX_CHARACTERS = 100_000

Hashes = npt.NDArray[np.uint32]

_FACTORS = np.array([0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F], dtype=np.uint32)[:SHINGLE]


@dataclass(frozen=True, slots=True, eq=False)
class Fingerprint:
    """The sketch of one text."""

    text_hash: str | None
    """Equal for texts with the same words in the same order; None for texts under `MIN_WORDS` words."""
    words: int
    shingles: int
    """Number of distinct shingles of the whole text."""
    sketch: Hashes = field(repr=False)
    """The smallest hashes of the shingles, in rising order."""
    places: Hashes = field(repr=False)
    """Of each number in the text the words around it, in rising order..."""
    numbers: Hashes = field(repr=False)
    """... and, in the same order, that number."""

    @property
    def keys(self) -> Hashes:
        """The hashes under which the text is found. Empty for texts that are too short to be compared."""
        return self.sketch[:KEYS] if self.words >= MIN_WORDS else self.sketch[:0]


@dataclass(frozen=True, slots=True)
class Resemblance:
    """How two texts relate, each share between 0 and 1."""

    jaccard: float
    contained: float
    """Share of the shorter text's shingles that stand in the longer one."""
    shared: float
    """Share of the first text's shingles that stand in the second."""
    common: int
    """Number of shingles in both, ..."""
    shingles: int
    """... and in the shorter text."""
    same_numbers: int
    other_numbers: int
    """How often both texts have a number in the same words: the same one, or another (as in a daily rubric)."""


def fingerprint(text: str) -> Fingerprint:
    """The fingerprint of a text without its title: titles are changed by every editor, and repeated by rubrics."""
    words = [heard for word in split_words(text[:MAX_CHARACTERS]) if (heard := sound(word))]
    hashes = np.fromiter((zlib.crc32(word.encode()) for word in words), dtype=np.uint32, count=len(words))
    shingles = _shingles(hashes)
    places, numbers = _numbers(words, hashes)
    whole = hashlib.blake2b(" ".join(words).encode(), digest_size=16).hexdigest()
    return Fingerprint(
        text_hash=whole if len(words) >= MIN_WORDS else None,
        words=len(words),
        shingles=len(shingles),
        sketch=shingles[:SKETCH].copy(),
        places=places,
        numbers=numbers,
    )


def compare(first: Fingerprint, second: Fingerprint) -> Resemblance:
    """How much of two texts is the same. Two empty texts have nothing in common."""
    jaccard = _jaccard(first.sketch, second.sketch)
    common = jaccard / (1 + jaccard) * (first.shingles + second.shingles)
    shorter = min(first.shingles, second.shingles)
    same, other = _compare_numbers(first, second)
    return Resemblance(
        jaccard=jaccard,
        contained=min(1.0, common / shorter) if shorter else 0.0,
        shared=min(1.0, common / first.shingles) if first.shingles else 0.0,
        common=round(common),
        shingles=shorter,
        same_numbers=same,
        other_numbers=other,
    )


def _mix(hashes: Hashes) -> Hashes:
    """Spreads hashes over all 32 bits (the finaliser of MurmurHash3), so that the smallest ones are a fair sample."""
    mixed = hashes ^ (hashes >> np.uint32(16))
    mixed *= np.uint32(0x85EBCA6B)
    mixed ^= mixed >> np.uint32(13)
    mixed *= np.uint32(0xC2B2AE35)
    mixed ^= mixed >> np.uint32(16)
    return mixed


def _shingles(words: Hashes) -> Hashes:
    count = len(words) - SHINGLE + 1
    if count < 1:
        return words[:0]
    sums = np.zeros(count, dtype=np.uint32)
    for offset, factor in enumerate(_FACTORS):
        sums += _mix(words[offset : offset + count]) * factor
    return np.unique(_mix(sums))


def _numbers(words: Sequence[str], hashes: Hashes) -> tuple[Hashes, Hashes]:
    """Hashes of the words around each number (two before, one after; numbers among them count as one), and of it."""
    at = [i for i, word in enumerate(words) if word[0].isdigit()][:SKETCH]
    if not at:
        return hashes[:0], hashes[:0]
    masked = np.concatenate([np.zeros(2, np.uint32), hashes, np.zeros(1, np.uint32)])
    places = np.array(at, dtype=np.intp)
    masked[places + 2] = 1
    around = masked[places] * _FACTORS[0] + masked[places + 1] * _FACTORS[1] + masked[places + 3] * _FACTORS[2]
    order = np.argsort(around, kind="stable")
    return around[order], hashes[places][order]


def _jaccard(first: Hashes, second: Hashes) -> float:
    union = np.union1d(first, second)
    if len(first) == SKETCH or len(second) == SKETCH:
        union = union[:SKETCH]
    if not len(union):
        return 0.0
    common = np.intersect1d(first, second, assume_unique=True)
    return float(np.count_nonzero(common <= union[-1]) / len(union))


def _compare_numbers(first: Fingerprint, second: Fingerprint) -> tuple[int, int]:
    same = other = 0
    for place in np.intersect1d(first.places, second.places):
        here = first.numbers[first.places == place]
        there = second.numbers[second.places == place]
        if len(np.intersect1d(here, there)):
            same += 1
        else:
            other += 1
    return same, other
