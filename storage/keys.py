"""Hashes that stand for an address or a text in an index.

PostgreSQL cannot index a value longer than a third of a page, and addresses of 10 kB do occur: a hash always fits.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

SHORTEST_COMPARED_TEXT = 200
"""Characters. Shorter texts ("Courses of the National Bank for 5 May") are alike without being copies."""

_NOT_A_LETTER = re.compile(r"[\W_]+")


def key_hash(key: str) -> bytes:
    """What stands for an identity or a URL: 32 bytes. Any text has one, also one that cannot be stored."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()


@lru_cache(maxsize=8)  # one article asks for that of its text several times
def text_hash(text: str) -> bytes | None:
    """The same for texts that differ only in case, spacing and punctuation; None for one too short to be compared."""
    letters = _NOT_A_LETTER.sub("", unicodedata.normalize("NFKC", text).casefold())
    if len(letters) < SHORTEST_COMPARED_TEXT:
        return None
    return hashlib.sha256(letters.encode("utf-8", "surrogatepass")).digest()
