"""Which lines of an extracted text are not the article: judged by their words and by where the page has them.

Removing elements before extraction hurts more than it helps; dropping lines after it is what pays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache

from crawler.extraction.phrases import phrases
from crawler.text.clean import one_line

MAX_LINE = 600
"""A longer line is a paragraph."""
HEAD_LINES = 5
"""So far down the repeated title, date and byline are looked for."""
MAX_LINK_WORDS = 40
MAX_LINK_SHARE = 0.35
"""Of the words of a text: where links are more than that, they are the article (lists of offers, of results)."""
MAX_REFERENCE_WORDS = 30
SENTENCE_WORDS = 12
MAX_ASKING_WORDS = 45
MAX_FURNITURE_WORDS = 30
MAX_BYLINE_WORDS = 10

TAIL_LINES = 4
MAX_CONTACT_WORDS = 30
MAX_HANDLE_WORDS = 5
_CONTACT = re.compile(
    r"[\w.+-]+@[\w-]+\.\w{2,}|(?<![\w@])@[A-Za-z]\w{2,}|\b(?:twitter|x|facebook|instagram)\.com/\w|\bt\.me/\w",
    re.IGNORECASE,
)
_REACHING = re.compile(
    r"\b(?:follow|reach|contact|e-?mail|write to|tips?|пишите|почта|связаться|izləyin|yazın|takip|жазыңыз|yozing)\b",
    re.IGNORECASE,
)
_LISTED = re.compile(r"^(?:- )?(?:\d{1,2}:\d{2}\s+)?")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the page tells about lines of its text."""

    titles: frozenset[str] = frozenset()
    """As `folded`."""
    names: frozenset[str] = frozenset()
    """Authors and the site, as `folded`: a line that is only such a name is a byline."""
    links: Set[str] = field(default_factory=frozenset)
    """Lines that are links, as on the page."""
    boilerplate: Sequence[re.Pattern[str]] = ()
    """The source's own rules."""


def folded(text: str) -> str:
    """The words of `text` for comparison: no case, no punctuation."""
    return " ".join(_WORD.findall(text.casefold()))


def article_lines(lines: Iterable[str], evidence: Evidence) -> list[str]:
    """The lines that are the article, in order, each cleaned and on one line."""
    cleaned = [line for raw in lines if (line := one_line(raw))]
    body = _without_head(cleaned, evidence)
    drops_links = _may_drop_links(body, evidence.links)
    kept = [line for line in body if not _is_around(line, evidence, drops_links=drops_links)]
    return _without_tail(kept, evidence)


def _without_head(lines: list[str], evidence: Evidence) -> list[str]:
    """`lines` without title, kicker, date and byline at the head."""
    head, rest = lines[:HEAD_LINES], lines[HEAD_LINES:]
    titles = [number for number, line in enumerate(head) if folded(line) in evidence.titles]
    if titles and all(_words(line) <= MAX_BYLINE_WORDS for line in head[: titles[0]]):
        head = head[titles[0] :]
    return [line for line in head if not (folded(line) in evidence.titles or _is_byline(line, evidence))] + rest


def _is_byline(line: str, evidence: Evidence) -> bool:
    if len(line) > MAX_LINE:
        return False
    words = folded(line)
    return words in evidence.names or bool(_words(line) <= MAX_BYLINE_WORDS and phrases("bylines").match(line))


def _may_drop_links(lines: list[str], links: Set[str]) -> bool:
    words = sum(_words(line) for line in lines)
    return sum(_words(line) for line in lines if _bare(line) in links) <= MAX_LINK_SHARE * words


def _is_around(line: str, evidence: Evidence, *, drops_links: bool) -> bool:
    if len(line) > MAX_LINE:
        return False
    words = _words(line)
    if words == 0 and len(line) < 10:
        return True
    is_link = _bare(line) in evidence.links and not _bare(line).startswith("http")
    return (
        (is_link and drops_links and words <= MAX_LINK_WORDS)
        or (words <= MAX_REFERENCE_WORDS and _is_reference(line, words))
        or (words <= MAX_ASKING_WORDS and bool(phrases("asks").match(line)))
        or (words <= MAX_FURNITURE_WORDS and bool(phrases("furniture").match(line)))
        or bool(phrases("contributors").match(line))
        or any(pattern.fullmatch(line) for pattern in evidence.boilerplate)
    )


def _is_reference(line: str, words: int) -> bool:
    """Whether the line leads to another story. A whole sentence without a colon is one that only begins so."""
    is_sentence = words > SENTENCE_WORDS and line.endswith((".", "!", "?", "…")) and ":" not in line[:40]
    return not is_sentence and bool(phrases("opens_reference").match(line))


def _without_tail(lines: list[str], evidence: Evidence) -> list[str]:
    body, tail = lines[:-TAIL_LINES], lines[-TAIL_LINES:]
    kept = [line for line in tail if not _is_contact(line)]
    while kept and len(body) + len(kept) > 1 and _is_byline(kept[-1], evidence):
        kept.pop()
    return body + kept


def _is_contact(line: str) -> bool:
    """Whether the line tells how to reach or follow the writer; a quoted post, which also has a handle, does not."""
    if len(line) > MAX_LINE:
        return False
    words = _words(line)
    if not _CONTACT.search(line) or words > MAX_CONTACT_WORDS or line.startswith(("—", "–")):
        return False
    return words <= MAX_HANDLE_WORDS or bool(_REACHING.search(line))


def _bare(line: str) -> str:
    """`line` without the bullet that the extractor put before it, and without the time that lists of news print."""
    return _LISTED.sub("", line)


@lru_cache(maxsize=1024)
def _words(line: str) -> int:
    return len(_WORD.findall(line))
