"""What sort of text a page holds: an article, one that grows while something happens, or briefs of unrelated news."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations
from statistics import fmean

from crawler.extraction.document import Document
from crawler.extraction.phrases import phrases
from crawler.text.clean import one_line
from storage.records import ArticleKind

FEWEST_ENTRIES, FEWEST_UNNAMED_ENTRIES = 3, 8
"""Clock times at the heads of lines, with and without a title that says what this is."""
FEWEST_BRIEFS = 3
MOST_BRIEFS = 40
BRIEF = 60
"""Characters from which a line is a brief, not the heading of one."""
UNRELATED = 0.06
"""Share of word stems that two paragraphs have in common, on average over all pairs: half of all articles have more."""
STEM, SHORTEST_WORD = 5, 5

_CLOCK = re.compile(r"[\W_]{0,3}((?:[01]?\d|2[0-3])[:.][0-5]\d)(?!\.?\d)")
_SEPARATOR = re.compile(r"[*•~=_—–-](?:\s?[*•~=_—–-]){1,40}")
_WORD = re.compile(r"\w+")


def kind_of(document: Document, *, title: str, lines: Sequence[str], raw: Sequence[str]) -> ArticleKind:
    """The kind of the article of these `lines`; `raw` are those of the extractor, with separators and times."""
    cleaned = [one_line(line) for line in raw]
    if document.linked.is_live or _is_live(title, cleaned):
        return ArticleKind.LIVE
    return ArticleKind.ROUNDUP if _is_roundup(title, lines, cleaned) else ArticleKind.ARTICLE


def briefs_of(text: str) -> list[tuple[int, str]]:
    """The briefs of a roundup, each with where it begins in `text`: headings go with what follows them."""
    found: list[tuple[int, str]] = []
    start, is_open = 0, False
    for paragraph in re.finditer(r"[^\n]+(?:\n(?!\n)[^\n]+)*", text):
        if not is_open:
            start = paragraph.start()
        is_open = len(paragraph[0]) < BRIEF
        if not is_open:
            found.append((start, text[start : paragraph.end()]))
    if is_open:
        found.append((start, text[start:].rstrip()))
    return found


def _is_live(title: str, raw: Sequence[str]) -> bool:
    clocks = {match[1] for line in raw if (match := _CLOCK.match(line))}
    needed = FEWEST_ENTRIES if phrases("live").search(title) else FEWEST_UNNAMED_ENTRIES
    return len(clocks) >= needed


def _is_roundup(title: str, lines: Sequence[str], raw: Sequence[str]) -> bool:
    is_named = bool(phrases("roundup").search(title))
    is_parted = sum(bool(_SEPARATOR.fullmatch(line)) for line in raw) >= FEWEST_BRIEFS - 1
    return (is_named or is_parted) and are_unrelated([line for line in lines if len(line) >= BRIEF])


def are_unrelated(paragraphs: Sequence[str]) -> bool:
    """Whether there are some paragraphs, and each is about something else."""
    if len(paragraphs) < FEWEST_BRIEFS:
        return False
    stems = [_stems(paragraph) for paragraph in paragraphs[:MOST_BRIEFS]]
    return fmean(_shared(one, other) for one, other in combinations(stems, 2)) < UNRELATED


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:STEM].casefold() for word in _WORD.findall(text) if len(word) >= SHORTEST_WORD)


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))
