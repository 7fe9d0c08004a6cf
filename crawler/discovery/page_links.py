"""The links of an HTML page, read in one pass that no document can make slow or large.

A SAX parser builds no tree, so that a tag with 40,000 attributes takes 15 ms (a tree: seconds, quadratic in their
number). What is left is quadratic in nesting (2 MB of ``<b></i>`` took 136 s), which therefore has a limit.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

LARGEST_PAGE = 2 * 2**20
DEEPEST = 1_000
MOST_LINKS = 20_000
LONGEST_TEXT = 1_000

_PIECE = 16_384

_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_FRAMES = frozenset({"nav", "footer", "header"})
_SILENT = frozenset({"script", "style", "noscript", "template", "svg", "button", "time"})


@dataclass(slots=True)
class Link:
    """An ``<a href>``, as written."""

    href: str
    text: str = ""
    heading: str = ""
    """The text of it that stands in a heading."""
    in_article: bool = False
    """Inside an ``<article>``."""
    in_frame: bool = False
    """Inside the header, the footer or a menu of the page; an article's own header is none."""
    hint: str = ""
    """Its tooltip, or the description of the picture in it."""


@dataclass(slots=True)
class Alternate:
    """A ``<link rel=alternate>``, as written."""

    href: str
    type: str
    title: str


@dataclass(slots=True)
class PageLinks:
    """All links of a page, in its order. `base` is its ``<base href>``, empty without one."""

    base: str = ""
    links: list[Link] = field(default_factory=list)
    alternates: list[Alternate] = field(default_factory=list)
    is_cut: bool = False
    """Whether a limit ended the reading."""


def read_links(html: str) -> PageLinks:
    """The links of `html`, of which at most `LARGEST_PAGE` characters are read."""
    collector = _Collector()
    collector.found.is_cut = len(html) > LARGEST_PAGE
    parser = etree.HTMLParser(target=collector, encoding="utf-8", no_network=True, huge_tree=False)
    try:
        # In pieces: the parser would not stop before the end of what it was given.
        for start in range(0, min(len(html), LARGEST_PAGE), _PIECE):
            parser.feed(html[start : start + _PIECE].encode("utf-8", "surrogatepass"))
        parser.close()
    except _Enough:
        collector.found.is_cut = True
    except etree.XMLSyntaxError:
        # Raised for a document without any element: there is no link in it.
        pass
    return collector.found


class _Enough(Exception):
    """Stops the parser."""


class _Collector:
    """The parser's target. Names of its methods are lxml's."""

    def __init__(self) -> None:
        self.found = PageLinks()
        self._depth = 0
        self._link: Link | None = None
        self._counts = dict.fromkeys(("heading", "frame", "article", "silent"), 0)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._depth >= DEEPEST or len(self.found.links) >= MOST_LINKS:
            raise _Enough
        self._depth += 1
        self._count(tag, 1)
        if tag == "a":
            self._start_link(attributes)
        elif tag == "link" and "alternate" in attributes.get("rel", "").lower().split():
            kind = attributes.get("type", "").partition(";")[0].strip().lower()
            self.found.alternates.append(
                Alternate(attributes.get("href", ""), kind, attributes.get("title", "")[:LONGEST_TEXT])
            )
        elif tag == "base" and not self.found.base:
            self.found.base = attributes.get("href", "")
        elif self._link is not None:
            # Elements are words apart: a label and a title often share one link.
            self.data(" ")
            self._link.hint = self._link.hint or attributes.get("alt", "")[:LONGEST_TEXT]

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._count(tag, -1)
        if tag == "a":
            self._link = None

    def data(self, text: str) -> None:
        link = self._link
        if link is None or self._counts["silent"] > 0 or len(link.text) > LONGEST_TEXT:
            return
        link.text += text[:LONGEST_TEXT]
        if self._counts["heading"] > 0:
            link.heading += text[:LONGEST_TEXT]

    def close(self) -> None:
        return None

    def _start_link(self, attributes: dict[str, str]) -> None:
        self._link = Link(
            attributes.get("href", ""),
            in_article=self._counts["article"] > 0,
            in_frame=self._counts["frame"] > 0 and self._counts["article"] <= 0,
            hint=attributes.get("title", "")[:LONGEST_TEXT],
        )
        if self._link.href:
            self.found.links.append(self._link)

    def _count(self, tag: str, step: int) -> None:
        if tag in _HEADINGS:
            self._counts["heading"] += step
        elif tag in _FRAMES:
            self._counts["frame"] += step
        elif tag == "article":
            self._counts["article"] += step
        elif tag in _SILENT:
            self._counts["silent"] += step
