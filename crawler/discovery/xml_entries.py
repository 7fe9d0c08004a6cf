"""The entries of a feed or sitemap, read in one pass that no document can make slow or large.

A SAX parser with libxml2's limits (depth, text size) collects a few named fields and builds no tree. On hostile
documents of 2 MB (unclosed tags, attributes, namespaces, nesting) it took under a second, where feedparser took
20 s for 0.4 MB, and a push parser 124 s for 0.9 MB. Entities cannot be declared: see `shape.Document`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import urljoin

from lxml import etree

from crawler.discovery.xml_repair import repair
from crawler.text.clean import one_line

MOST_FIELDS = 500
"""Per entry, and before the first entry: the rest is not looked at."""
LONGEST_TEXT = 10_000
MOST_ELEMENTS = 1_000_000
"""Of a document: 50,000 addresses of a news sitemap have half as many."""
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_EXTENSIONS = (
    ("purl.org/dc/elements", "dc:"),
    ("purl.org/dc/terms", "dcterms:"),
    ("feedburner", "feedburner:"),
    ("sitemap-news", "news:"),
    ("sitemap-image", "image:"),
    ("sitemap-video", "video:"),
    ("/mrss", "media:"),
    ("itunes", "itunes:"),
)
"""What a namespace holds, and the prefix under which its elements are collected. Others are plain."""


@dataclass(slots=True)
class Field:
    """An element of an entry, with the text inside it."""

    name: str
    attributes: dict[str, str]
    base: str
    """What its relative links are relative to."""
    is_child: bool
    """Directly in the entry, not deeper down."""
    text: str = ""


@dataclass(slots=True)
class Entry:
    """An ``item``, ``entry``, ``url`` or ``sitemap``."""

    name: str
    attributes: dict[str, str]
    base: str
    fields: list[Field] = field(default_factory=list)

    def named(self, *names: str) -> Iterator[Field]:
        """Its fields of these names, by the order of the names; direct children before those deeper down."""
        for name in names:
            found = [one for one in self.fields if one.name == name]
            yield from (one for one in found if one.is_child)
            yield from (one for one in found if not one.is_child)

    def texts(self, *names: str) -> Iterator[str]:
        """The texts of `named`, without the empty ones."""
        return (text for one in self.named(*names) if (text := one.text.strip()))


@dataclass(frozen=True, slots=True)
class Entries:
    """What a document holds. `head` has the fields before the first entry, `damage` the parser's first complaint."""

    head: Entry
    entries: list[Entry]
    damage: str | None
    is_cut: bool
    """Whether a limit ended the reading."""

    @property
    def problems(self) -> tuple[str, ...]:
        """What to tell the operator."""
        damage = (f"damaged: {self.damage}",) if self.damage else ()
        return (*damage, f"too long, read to entry {len(self.entries)}") if self.is_cut else damage


def read_entries(text: str, *, base: str, names: Iterable[str], fields: Iterable[str], most: int) -> Entries:
    """The first `most` entries called one of `names`, with their elements called one of `fields`.

    A damaged document is repaired and read as far as it goes; what is missing is told by `damage`.
    """
    wanted = frozenset(names), frozenset(fields)
    collector = _Collector(base, *wanted, most)
    damage = _parse(text, collector)
    if damage is not None:
        collector = _Collector(base, *wanted, most)
        _parse(repair(text, wanted[0]), collector)
    return Entries(collector.head, collector.entries[:most], damage, collector.is_cut)


class _Enough(Exception):
    """Stops the parser."""


def _parse(text: str, collector: _Collector) -> str | None:
    parser = etree.XMLParser(
        target=collector, encoding="utf-8", recover=True, resolve_entities=False, no_network=True, huge_tree=False
    )
    try:
        etree.fromstring(text.encode("utf-8", "surrogatepass"), parser)
    except _Enough:
        collector.is_cut = True
        return None
    except etree.XMLSyntaxError as error:
        return one_line(str(error.msg), limit=120)
    except UnicodeDecodeError:
        return "reference to half a character"
    fatal = [entry for entry in parser.error_log if entry.level == etree.ErrorLevels.FATAL]
    return one_line(fatal[0].message, limit=120) if fatal else None


class _Collector:
    """The parser's target. Names of its methods are lxml's."""

    def __init__(self, base: str, names: frozenset[str], fields: frozenset[str], most: int) -> None:
        self.head = Entry("", {}, base)
        self.entries: list[Entry] = []
        self.is_cut = False
        self._names, self._fields, self._most = names, fields, most
        self._entry = self.head
        self._entry_depth = 1
        self._field: Field | None = None
        self._field_depth = 0
        self._depth = self._elements = 0
        self._bases = [(0, base)]

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            raise _Enough
        if attributes and _XML_BASE in attributes:
            self._bases.append((self._depth, _joined(self._bases[-1][1], attributes[_XML_BASE])))
        name = _plain_name(tag)
        if name in self._names:
            self._open_entry(name, attributes)
        elif name in self._fields and len(self._entry.fields) < MOST_FIELDS:
            # Even inside another field: that one was then never closed.
            is_child = self._depth == self._entry_depth + 1
            self._field = Field(name, dict(attributes), self._bases[-1][1], is_child)
            self._field_depth = self._depth
            self._entry.fields.append(self._field)
        elif XML_LANG in attributes and self._entry is self.head:
            self.head.attributes.setdefault(XML_LANG, attributes[XML_LANG])

    def end(self, tag: str) -> None:
        if self._depth <= self._field_depth:
            self._field, self._field_depth = None, 0
        if self._depth <= self._entry_depth and self._entry is not self.head:
            self._entry, self._entry_depth = self.head, 1
        if self._bases[-1][0] >= self._depth:
            self._bases.pop()
        self._depth -= 1

    def data(self, text: str) -> None:
        if self._field is not None and len(self._field.text) < LONGEST_TEXT:
            self._field.text += text[:LONGEST_TEXT]

    def close(self) -> None:
        return None

    def _open_entry(self, name: str, attributes: dict[str, str]) -> None:
        self._entry = Entry(name, dict(attributes), self._bases[-1][1])
        self._entry_depth, self._field = self._depth, None
        self.entries.append(self._entry)
        if len(self.entries) > self._most:
            raise _Enough


@lru_cache(maxsize=1024)
def _plain_name(tag: str) -> str:
    namespace, _, name = tag.rpartition("}")
    prefix = next((prefix for part, prefix in _EXTENSIONS if part in namespace), "") if namespace else ""
    return prefix + name


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link[:2083])
    except ValueError:
        return base
