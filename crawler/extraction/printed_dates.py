"""The date that a page shows beside its headline, not that of a related story, a copyright line or a clock."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

from lxml.html import HtmlElement

from crawler.extraction.document import Document, text_of
from crawler.extraction.lines import folded
from crawler.extraction.phrases import phrases
from crawler.text.dates import MAX_CHARACTERS, DateReading, PrintedDate, find_date, read_stamp

BEFORE = 40
AFTER = 150
"""Elements before and after the headline among which its date is looked for."""
LONG_PARAGRAPH = 150
PARAGRAPHS = 3
"""After so many long paragraphs the head of the article is over."""
MAX_ANCESTORS = 12
MAX_UNANCHORED = 4000
DATELINE = 70

_HEADINGS = ("h1", "h2", "h3", "h4", "h5")
_DIGIT = re.compile(r"[0-9]")
_DATED = re.compile(r"date|time|publish|posted|tarix|дата|vaxt|sana|stamp|meta|info|data\b|when", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"related|sidebar|side-bar|widget|popular|latest|comment|recommend|footer|breadcrumb|menu|\bnav|weather|currency|kurs\b|most-?read|more-?news"
    r"|other-?news|lent[ay]\b|clock|header-?(?:top|date)|top-?(?:bar|line)|current-?date|ticker|read-?(?:also|more)|similar|carousel|slider|copyright|archive",
    re.IGNORECASE,
)
_UPDATED = re.compile(r"updat|modif|обновл|изменен|güncel|yenilən|жаңарт|yangilan|янгилан|täzelen", re.IGNORECASE)
_COPYRIGHT = re.compile(r"©|\(c\)|copyright|all rights", re.IGNORECASE)
_SKIPPED_TAGS = frozenset(
    {"aside", "nav", "footer", "script", "style", "select", "option", "form", "button", "title", "head", "meta", "link"}
)


@dataclass(frozen=True, slots=True)
class ShownDates:
    """What the page shows; None for what it does not."""

    published: PrintedDate | None = None
    modified: PrintedDate | None = None


@dataclass(frozen=True, slots=True)
class _Shown:
    date: PrintedDate
    rank: tuple[bool, int, bool, int]
    """The higher the better: dates with a year, then the kind of element, then nearness."""
    is_update: bool


def shown_dates(document: Document, title: str, reading: DateReading) -> ShownDates:
    """The dates beside the headline `title`."""
    anchor = _headline(document, title)
    around = _around(anchor) if anchor is not None else _marked(document)
    shown = [found for distance, element in around if (found := _read(element, distance, reading))]
    published = [item for item in shown if not item.is_update]
    updates = [item for item in shown if item.is_update]
    return ShownDates(_best(published), _best(updates))


def dateline(text: str, reading: DateReading) -> PrintedDate | None:
    """The date in a dateline such as ``Baku, 22 December 2021 (TDI):`` at the head of a text; only one with a year."""
    found = find_date(text[:DATELINE], reading)
    return found if found and found.has_year else None


def _best(shown: list[_Shown]) -> PrintedDate | None:
    return max(shown, key=lambda item: item.rank).date if shown else None


def _headline(document: Document, title: str) -> HtmlElement | None:
    wanted = folded(title)
    headings = list(islice(document.tree.iter("h1", "h2"), 60))
    for heading in headings:
        if wanted and folded(text_of(heading)) == wanted:
            return heading
    first_level = [heading for heading in headings if heading.tag == "h1"]
    return first_level[0] if len(first_level) == 1 else None


def _around(anchor: HtmlElement) -> Iterator[tuple[int, HtmlElement]]:
    """Elements near the headline with their distance; those before it count as farther."""
    yield from ((2 * distance, element) for distance, element in enumerate(islice(_preceding(anchor), BEFORE), 1))
    paragraphs = 0
    for distance, element in enumerate(islice(_following(anchor), AFTER), 1):
        if element.tag == "p" and len(text_of(element)) >= LONG_PARAGRAPH:
            paragraphs += 1
        if paragraphs >= PARAGRAPHS:
            return
        yield distance, element


def _preceding(anchor: HtmlElement) -> Iterator[HtmlElement]:
    return (element for element in anchor.xpath("preceding::*[position() <= 60]")[::-1] if isinstance(element.tag, str))


def _following(anchor: HtmlElement) -> Iterator[HtmlElement]:
    return (element for element in anchor.xpath("following::*[position() <= 200]") if isinstance(element.tag, str))


def _marked(document: Document) -> Iterator[tuple[int, HtmlElement]]:
    """Without a headline: all elements that call themselves a date."""
    elements = islice(
        document.tree.iter("time", "span", "div", "p", "li", "td", "font", "b", "i", "em", "small"), MAX_UNANCHORED
    )
    marked = (element for element in elements if element.tag == "time" or _DATED.search(_name(element)))
    yield from enumerate(marked)


def _read(element: HtmlElement, distance: int, reading: DateReading) -> _Shown | None:
    if _is_other_part(element):
        return None
    stamp = (
        element.get("datetime") or element.get("content")
        if element.tag in {"time", "abbr", "meta"} or element.get("itemprop")
        else None
    )
    text = _own_text(element)
    if not stamp and not _DIGIT.search(text):
        return None
    date = read_stamp(stamp, reading) or (find_date(text, reading) if text and not _COPYRIGHT.search(text) else None)
    if date is None or _is_elsewhere(element):
        return None
    label = f"{_name(element)} {text}"
    is_update = bool(_UPDATED.search(label.split(str(date.at.year))[0])) and element.get("itemprop") != "datePublished"
    return _Shown(date, (date.has_year, _kind(element, text), date.has_time, -distance), is_update)


def _kind(element: HtmlElement, text: str) -> int:
    if element.get("itemprop") == "datePublished":
        return 4
    if element.tag == "time":
        return 3
    return 2 if _DATED.search(_name(element)) else 1


def _own_text(element: HtmlElement) -> str:
    """The text of an element that is as short as a date with its label; empty for a longer one."""
    size = 0
    parts = []
    for part in element.itertext():
        size += len(part.strip())
        if size > MAX_CHARACTERS:
            return ""
        parts.append(part)
    return " ".join("".join(parts).split())


def _is_elsewhere(element: HtmlElement) -> bool:
    """Whether the element lies in, or round, a part of the page that is not the head of the article."""
    if any(_ELSEWHERE.search(_name(inner)) for inner in element.iter() if isinstance(inner.tag, str)):
        return True
    if any(_is_other_part(ancestor) for ancestor in islice(element.iterancestors(), MAX_ANCESTORS)):
        return True
    return _is_below_other_news(element)


def _is_below_other_news(element: HtmlElement) -> bool:
    """Whether a heading in the element, or the nearest one over it, is one such as ``Latest news``."""
    if any(_leads_on(heading) for heading in element.iter(*_HEADINGS)):
        return True
    for around in islice(chain((element,), element.iterancestors()), MAX_ANCESTORS):
        if around.find(".//h1") is not None:
            return False
        heading = next(islice(around.itersiblings(*_HEADINGS, preceding=True), 1), None)
        if heading is not None:
            return _leads_on(heading)
    return False


def _leads_on(heading: HtmlElement) -> bool:
    return bool(phrases("opens_reference").match(text_of(heading)))


def _is_other_part(ancestor: HtmlElement) -> bool:
    if ancestor.tag in _SKIPPED_TAGS or (ancestor.tag == "header" and ancestor.find(".//h1") is None):
        return True
    return ancestor.tag not in {"body", "html"} and bool(_ELSEWHERE.search(_name(ancestor)))


def _name(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
