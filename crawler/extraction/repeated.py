"""Lines that a source prints under many of its articles: told by how often they come, whatever they say."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence, Set

from crawler.text.clean import one_line

HEAD_LINES, TAIL_LINES = 4, 8
"""Where such lines stand: what is repeated within a text (the history of a pipeline) is a part of it."""
MOST_CHARACTERS = 1000
FEWEST_ARTICLES = 20
"""Articles of a source, in one language, before anything is believed to be repeated."""
FEWEST_TIMES = 8
SHARE = 0.3
"""Of the articles since a line was first seen: it must stand under so many of them."""
MOST_DROPPED = 0.5
"""Share of a text's characters that is dropped at most; where more of it is repeated, the text is a form."""

_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"\w+")


def block_hash(line: str) -> bytes:
    """What stands for a line: the same for all that differ only in numbers, case, signs and spaces."""
    words = " ".join(_WORD.findall(_NUMBER.sub("0", line.casefold())))
    return hashlib.sha256(words.encode()).digest()[:16]


def ends_of(lines: Sequence[str]) -> list[str]:
    """The lines in which repetition is looked for, each once."""
    ends = lines if len(lines) <= HEAD_LINES + TAIL_LINES else [*lines[:HEAD_LINES], *lines[-TAIL_LINES:]]
    return list(dict.fromkeys(line for line in ends if len(line) <= MOST_CHARACTERS and _WORD.search(line)))


def is_repeated(times: int, *, articles: int, articles_since: int) -> bool:
    """Whether a line that came `times` is the source's, and not the text's.

    The source has so many `articles`, and so many of them since the line first came.
    """
    return articles >= FEWEST_ARTICLES and times >= FEWEST_TIMES and times >= SHARE * articles_since


def without_repeated(lines: Sequence[str], known: Set[bytes]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What remains of `lines`, and what is dropped of them: those whose hashes are `known`."""
    if not known:
        return tuple(lines), ()
    dropped = tuple(line for line in lines if block_hash(line) in known)
    if sum(map(len, dropped)) > MOST_DROPPED * sum(map(len, lines)):
        return tuple(lines), ()
    return tuple(line for line in lines if block_hash(line) not in known), dropped


def sample_of(line: str) -> str:
    """How a line begins, for people."""
    return one_line(line, limit=100)
