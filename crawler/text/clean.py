"""Text of strangers made safe to store, compare and show: no control characters, one spelling a letter."""

from __future__ import annotations

import re
import unicodedata

_SURROGATES = re.compile(r"[\ud800-\udfff]")
_BREAKS = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
_SPACES = re.compile(r"[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_DROPPED = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x9f"  # controls; tab and newline stay
    "\xad\u200b\u2060\ufeff"  # soft hyphen, zero-width space, word joiner, stray byte order mark
    "\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069"  # direction marks: they turn the line around them
    "\ufdd0-\ufdef" + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17)) + "]"
)
# Zero-width joiners are spelling in Persian and hold emoji together; beside other alphabets they are litter.
_JOINERS = re.compile("(?<![^\0-\u052f\u1e00-\u1fff])[\u200c\u200d]+|[\u200c\u200d]+(?![^\0-\u052f\u1e00-\u1fff])")


def clean(text: str) -> str:
    """`text` as storage takes it: NFC, line ends as newlines, every other space as a plain one.

    Dropped: NUL and all controls but tab and newline, lone surrogates, noncharacters, soft hyphens,
    zero-width spaces, direction marks; and zero-width joiners at an edge or beside Latin, Greek and Cyrillic
    letters and signs. Runs of spaces stay: see `one_line`.
    """
    # Nothing that is changed below counts as printable, so that most texts need no more than this look.
    if text.replace("\n", "").isprintable():
        return text if text.isascii() else unicodedata.normalize("NFC", text)
    if _SURROGATES.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    text = _BREAKS.sub("\n", text)
    text = _SPACES.sub(" ", text)
    text = unicodedata.normalize("NFC", _DROPPED.sub("", text))
    # Letters that a joiner kept apart may compose now.
    return unicodedata.normalize("NFC", _JOINERS.sub("", text))


def one_line(text: str, *, limit: int | None = None) -> str:
    """`text` cleaned, on one line, with single spaces; cut to `limit` characters, ``…`` included."""
    line = " ".join(clean(text).split())
    if limit is None or len(line) <= limit:
        return line
    return line[: limit - 1].rstrip() + "…"
