"""What one text has that another has not, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from crawler.versions.signs import folded

MOST_COMPARED = 1_000_000
"""Words of one side times words of the other, beyond which a paragraph counts as exchanged: it would take seconds."""
MOST_LINES = 400
"""Paragraphs of a text that are compared; what comes after them is one paragraph."""
ALIKE = 0.3
"""Share of common words from which one paragraph is another one, edited."""
_TOKEN = re.compile(r"(?:\d+(?:[.,]\d+)+|\w+(?:['’ʼʻ-]\w+)*|[^\w\s])\s*|\s+")


class Kind(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stands in the old text, and what in the new at the same place."""

    old: str
    new: str
    is_same: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A piece of text. Those that are not added make the old text, those that are not removed the new one."""

    kind: Kind
    text: str


def word_diff(old: str, new: str) -> tuple[Change, ...]:
    """The pieces of both texts, in order, no two neighbours of one kind; what is removed comes before what is added.

    Quotation marks, dashes and spaces do not count as different; what stays is given as the new text has it.
    """
    pieces = _joined(_without_islands(_joined(_by_lines(_lines(old), _lines(new)))))
    return tuple(_merged(change for piece in pieces for change in _changes(piece)))


def _by_lines(old: list[str], new: list[str]) -> Iterator[_Piece]:
    """Whole paragraphs first: it is quick, and keeps words of different paragraphs apart."""
    before, after = ([" ".join(folded(line).split()) for line in lines] for lines in (old, new))
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        piece = _Piece("".join(old[i:j]), "".join(new[k:m]), kind == "equal")
        if piece.is_same:
            yield piece
        else:
            yield from _by_words(piece)


def _by_words(piece: _Piece) -> Iterator[_Piece]:
    old, new = _TOKEN.findall(piece.old), _TOKEN.findall(piece.new)
    before, after = ([folded(token).strip() for token in tokens] for tokens in (old, new))
    if len(old) * len(new) > MOST_COMPARED or not _are_alike(before, after):
        yield piece
        return
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        yield _Piece("".join(old[i:j]), "".join(new[k:m]), kind == "equal")


def _are_alike(old: Sequence[str], new: Sequence[str]) -> bool:
    one, other = ([key for key in keys if key[:1].isalnum()] for keys in (old, new))
    return SequenceMatcher(None, one, other, autojunk=False).quick_ratio() >= ALIKE


def _joined(pieces: Iterable[_Piece]) -> list[_Piece]:
    """No two neighbours that are both the same, or both not."""
    joined: list[_Piece] = []
    for piece in pieces:
        if joined and joined[-1].is_same == piece.is_same:
            last = joined.pop()
            joined.append(_Piece(last.old + piece.old, last.new + piece.new, piece.is_same))
        else:
            joined.append(piece)
    return joined


def _without_islands(pieces: Sequence[_Piece]) -> Iterator[_Piece]:
    """But a space or a sign between two changed words is no more than a part of one change."""
    for number, piece in enumerate(pieces):
        is_between = 0 < number < len(pieces) - 1
        is_island = is_between and "\n" not in piece.new and not re.search(r"\w", piece.new)
        yield _Piece(piece.old, piece.new) if is_island else piece


def _changes(piece: _Piece) -> Iterator[Change]:
    """A piece as changes: the space after words that were exchanged for others has stayed."""
    if piece.is_same:
        yield Change(Kind.SAME, piece.new)
        return
    old, new = piece.old.rstrip(), piece.new.rstrip()
    has_space = bool(old and new) and len(old) < len(piece.old) and len(new) < len(piece.new)
    yield Change(Kind.REMOVED, old if has_space else piece.old)
    yield Change(Kind.ADDED, new if has_space else piece.new)
    yield Change(Kind.SAME, piece.new[len(new) :] if has_space else "")


def _merged(changes: Iterable[Change]) -> list[Change]:
    """No empty change, and no two neighbours that have stayed."""
    merged: list[Change] = []
    for change in changes:
        if merged and merged[-1].kind is change.kind:
            merged[-1] = Change(change.kind, merged[-1].text + change.text)
        elif change.text:
            merged.append(change)
    return merged


def _lines(text: str) -> list[str]:
    lines = text.splitlines(keepends=True)
    return [*lines[:MOST_LINES], *(["".join(lines[MOST_LINES:])] if len(lines) > MOST_LINES else [])]
