"""Which parts of a page's text are the article, and which are leftovers: datelines, headline lists, credits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from crawler.ties.lexicon.schema import Kind
from crawler.ties.scan import Scan, Sentence, phrase_at

_MAX_HEADING = 60
_MAX_HEADLINE = 160
_MAX_TAIL_HEADLINE = 130
_MAX_CREDIT = 160
_MIN_TAIL = 2
_MAX_ROW = 400
_DATELINE_REACH = 90

_DATELINE = re.compile(
    r"\s*(?P<place>[^\W\d_][^\n.:/(—–,]{1,28})"
    r"(?P<more>(?:,[^\n.:—–/()]{0,40}){0,3}(?:\.\s?\d\d\.\s?\d{2,4})?)"
    r"(?P<end>\s*/[^\n/]{2,25}/[^\n:—–]{0,12}[:.—–-]?|\s*\([^\n)]{2,25}\)\s*[.:—–-]|\s*[—–:]\s|\s--\s|\s-\s|\.\s*[–—-]?\s|\.?$)",
    re.MULTILINE,
)
_LIST_ITEM = re.compile(r"\s*(?:\d+[.)]|[-–—•*])\s")
_STOPS = tuple('.!?…:;»”"')


class Zone(StrEnum):
    """What part a sentence belongs to."""

    TITLE = "title"
    BODY = "body"
    RELATED = "related"
    """Headlines of other articles."""
    CREDIT = "credit"
    """Photo credits, calls to subscribe, copyright."""


def zones(scan: Scan) -> list[Zone]:
    """The zone of each sentence of the scan."""
    found = [Zone.TITLE if sentence.is_title else Zone.BODY for sentence in scan.sentences]
    paragraphs = _paragraphs(scan)
    in_block = False
    for paragraph in paragraphs:
        text = _text(scan, paragraph)
        if _is_heading(scan, paragraph, text):
            _mark(found, paragraph, Zone.RELATED)
            in_block = len(text) <= _MAX_HEADING
        elif _is_headline_row(text) or (in_block and _is_headline(text, _MAX_HEADLINE)):
            _mark(found, paragraph, Zone.RELATED)
        else:
            in_block = False
            if len(text) <= _MAX_CREDIT and _begins(scan, paragraph[0], "structure.credit"):
                _mark(found, paragraph, Zone.CREDIT)
    for paragraph in _tail_headlines(scan, paragraphs, found):
        _mark(found, paragraph, Zone.RELATED)
    return found


def dateline_end(scan: Scan) -> int:
    """Where the dateline of the first paragraph ends (``BAKU, Azerbaijan, April 14 /Trend/ —``); 0 without one."""
    body = scan.title_length + 2
    match = _DATELINE.match(scan.text, body, body + _DATELINE_REACH + 200)
    if match is None or match.end() - body > _DATELINE_REACH:
        return 0
    place = match["place"].strip()
    if place.isupper():
        return match.end()
    first = next((sentence for sentence in scan.sentences if not sentence.is_title), None)
    if first is None or len(place.split()) > 2:
        return 0
    named = any(
        scan.tokens[name.first].start < match.end("place")
        and name.entry.kind in {Kind.CAPITAL, Kind.CITY, Kind.THIRD}
        and scan.tokens[name.last - 1].end >= match.end("place")
        for name in first.names
    )
    return match.end() if named and _looks_dated(match) else 0


def _looks_dated(match: re.Match[str]) -> bool:
    """A place in small letters is only a dateline when a date, an agency or a break follows it at once."""
    return bool(match["more"].strip(" ,")) or match["end"].strip()[:1] in {"/", "(", ":", ".", "—", "–", "-"}


def _paragraphs(scan: Scan) -> list[list[int]]:
    groups: dict[int, list[int]] = {}
    for index, sentence in enumerate(scan.sentences):
        if not sentence.is_title:
            groups.setdefault(sentence.paragraph, []).append(index)
    return list(groups.values())


def _text(scan: Scan, paragraph: list[int]) -> str:
    return scan.text[scan.sentences[paragraph[0]].span.start : scan.sentences[paragraph[-1]].span.end]


def _mark(found: list[Zone], paragraph: list[int], zone: Zone) -> None:
    for index in paragraph:
        found[index] = zone


def _is_heading(scan: Scan, paragraph: list[int], text: str) -> bool:
    sentence = scan.sentences[paragraph[0]]
    end = _begins(scan, paragraph[0], "structure.related")
    if not end:
        return False
    after = scan.text[scan.tokens[end - 1].end : sentence.span.end].lstrip()
    return not after or after[0] in ":：|—–-•…" or len(text) <= _MAX_HEADING


def _begins(scan: Scan, index: int, category: str) -> int:
    """Position after the phrase of `category` with which the sentence begins; 0 when it does not."""
    sentence: Sentence = scan.sentences[index]
    return phrase_at(scan, sentence.tokens.start, sentence.tokens.stop, category)


def _is_headline_row(text: str) -> bool:
    """Several headlines in one line: ``Other news: Rain in Baku | Gold is up | …``."""
    return (
        len(text) <= _MAX_ROW
        and max(text.count(mark) for mark in (" | ", " • ", " · ")) >= _MIN_TAIL - 1
        and (not text.endswith(".") or " | " in text)
    )


def _is_headline(text: str, limit: int) -> bool:
    return len(text) <= limit and not text.endswith(_STOPS)


def _tail_headlines(scan: Scan, paragraphs: list[list[int]], found: list[Zone]) -> Iterator[list[int]]:
    """Lines at the very end that look like headlines, when there are several."""
    tail = []
    for paragraph in reversed(paragraphs[1:]):
        if found[paragraph[0]] is not Zone.BODY:
            continue
        text = _text(scan, paragraph)
        words = sum(len(scan.sentences[index].tokens) for index in paragraph)
        if words > 2 and (not _is_headline(text, _MAX_TAIL_HEADLINE) or _LIST_ITEM.match(text)):
            break
        tail.append(paragraph)
    if len(tail) >= _MIN_TAIL:
        yield from tail
