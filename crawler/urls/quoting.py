"""Percent-encoding: one spelling for each address, whatever the page wrote."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
PATH_SAFE = "/:@!$&'()*+,;=~%"
QUERY_SAFE = PATH_SAFE + "?"
FOLDED_IN_PATHS = UNRESERVED | frozenset(b":@!'()*,")
"""What is escaped here and not there in the same path: ``/news:730887`` and ``/news%3A730887``."""

_NOTHING_TO_ESCAPE = re.compile(r"[A-Za-z0-9/._~:=&-]*")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})?")
_HIGH_BYTES = re.compile(r"(?:%[89A-F][0-9A-F])+")
_ASCII_ESCAPE = re.compile(r"(%[0-7][0-9A-F])")


def escape(part: str, safe: str, *, decoded: frozenset[int] = UNRESERVED) -> str:
    """`part` in ASCII: letters as upper-case UTF-8 escapes, needless escapes decoded, a stray % as %25."""

    if _NOTHING_TO_ESCAPE.fullmatch(part):
        return part

    def settle(match: re.Match[str]) -> str:
        digits = match[1]
        if digits is None:
            return "%25"
        byte = int(digits, 16)
        return chr(byte) if byte in decoded else f"%{digits.upper()}"

    return quote(_ESCAPE.sub(settle, part), safe=safe)


def compose(escaped: str, safe: str) -> str:
    """`escaped` with its letters in composed form (NFC). Escapes that are not UTF-8 stay as they are."""
    if "%" not in escaped:
        return escaped
    text = _HIGH_BYTES.sub(lambda match: _letters_of(match[0]), escaped)
    # An ASCII escape is kept apart: its last digit must not take an accent that follows it.
    pieces = (_compose_letters(piece, safe) for piece in _ASCII_ESCAPE.split(text))
    return "".join(pieces)


def _compose_letters(piece: str, safe: str) -> str:
    return quote(unicodedata.normalize("NFC", piece), safe=safe)


def _letters_of(escapes: str) -> str:
    try:
        return bytes.fromhex(escapes.replace("%", "")).decode("utf-8")
    except UnicodeDecodeError:
        return escapes
