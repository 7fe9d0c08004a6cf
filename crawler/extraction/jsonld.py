"""What a page says of itself in JSON-LD: every shape that publishers have been seen to write, bounded in size.

``@graph``, lists in lists, nulls, several types, references by ``@id``, comments and CDATA round the JSON, raw
newlines in strings: all are read. What is broken beyond that is as if it were not there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml.html import HtmlElement

MAX_CHARACTERS = 1024 * 1024
"""Of all JSON-LD of a page together: 5 MB of it take 700 MB of memory."""
MAX_NODES = 500
MAX_DEPTH = 8
MAX_VALUES = 50

Node = Mapping[str, Any]

_ARTICLE = re.compile(
    r"(?:schema:|https?://schema\.org/)?(?:\w*Article|\w*BlogPosting|SocialMediaPosting|Report|Review\w*)$",
    re.IGNORECASE,
)
_PAGE_TYPES = frozenset(
    {"webpage", "itempage", "aboutpage", "mediaobject", "videoobject", "event", "recipe", "product"}
)
_LISTING_TYPES = frozenset({"collectionpage", "searchresultspage", "profilepage", "itemlist"})
_DECODER = json.JSONDecoder(strict=False)
_START = re.compile(r"[{\[]")
_TRAILING_COMMA = re.compile(r",(\s{0,100}[}\]])")


@dataclass(frozen=True, slots=True)
class LinkedData:
    """The JSON-LD of one page. `article` is the node that is about the page itself; empty when there is none."""

    article: Node = field(default_factory=dict)
    page: Node = field(default_factory=dict)
    """The node of the web page round the article: it may have the date that the article lacks."""
    articles: int = 0
    """How many nodes are articles: many on a listing."""
    types: frozenset[str] = frozenset()
    breadcrumbs: tuple[str, ...] = ()
    """Names on the way from the home page, that one left out."""
    by_id: Mapping[str, Node] = field(default_factory=dict, repr=False)

    @property
    def is_listing(self) -> bool:
        """Whether the page calls itself a collection, and nothing in it an article."""
        return not self.article and bool(self.types & _LISTING_TYPES)

    @property
    def is_live(self) -> bool:
        """Whether it is a live blog."""
        return "liveblogposting" in types_of(self.article)

    def text(self, key: str) -> str | None:
        """The first plain text under `key` of the article, else of the page."""
        for node in (self.article, self.page):
            for value in texts_of(node.get(key), self.by_id):
                return value
        return None

    def texts(self, key: str) -> list[str]:
        """All plain texts and names under `key` of the article."""
        return texts_of(self.article.get(key), self.by_id)


def read_linked_data(tree: HtmlElement, *, url: str) -> LinkedData:
    """The JSON-LD of the page at `url`, with the article chosen that is the page's own, not one of a related box."""
    nodes = [node for block in _blocks(tree) for node in _nodes(block, depth=0)][:MAX_NODES]
    by_id = {node["@id"]: node for node in reversed(nodes) if isinstance(node.get("@id"), str) and len(node) > 1}
    articles = [node for node in nodes if _is_article(node)]
    pages = [node for node in nodes if types_of(node) & _PAGE_TYPES]
    own = [node for node in articles if url in _addresses(node)]
    dated = [node for node in articles if node.get("datePublished")]
    # Of several articles none of which names this address, the first complete one is the page's: related ones follow.
    article = next(iter([*own, *dated, *articles]), {})
    types = frozenset(name for node in nodes for name in types_of(node))
    return LinkedData(article, next(iter(pages), {}), len(articles), types, _breadcrumbs(nodes), by_id)


def types_of(node: Node) -> frozenset[str]:
    """Names of the types of a node, lower-case, without a prefix."""
    value = node.get("@type")
    names = value if isinstance(value, list) else [value]
    return frozenset(re.split(r"[:/]", name)[-1].lower() for name in names if isinstance(name, str))


def texts_of(value: Any, by_id: Mapping[str, Node] | None = None) -> list[str]:
    """The plain texts in `value`: a string, a node with a name, a reference to one, or lists of these."""
    found: list[str] = []
    for item in (value if isinstance(value, list) else [value])[:MAX_VALUES]:
        if isinstance(item, list):
            found += texts_of(item, by_id)
        elif isinstance(item, dict):
            node = referred(item, by_id) if len(item) == 1 else item
            found += [name for name in texts_of(node.get("name") or node.get("@value")) if name]
        elif isinstance(item, str) and item.strip():
            found.append(item.strip())
    return found[:MAX_VALUES]


def urls_of(value: Any, by_id: Mapping[str, Node] | None = None) -> list[str]:
    """The addresses in `value`: a string, a node with ``url``, ``contentUrl`` or ``@id``, or lists of these."""
    found: list[str] = []
    for item in (value if isinstance(value, list) else [value])[:MAX_VALUES]:
        if isinstance(item, dict):
            node = referred(item, by_id)
            found += urls_of(node.get("url") or node.get("contentUrl") or node.get("@id"))
        elif isinstance(item, str):
            found.append(item.strip())
    return found[:MAX_VALUES]


def referred(node: Node, by_id: Mapping[str, Node] | None) -> Node:
    """The node that this one refers to by its ``@id``, or itself."""
    reference = node.get("@id")
    return (by_id or {}).get(reference, node) if isinstance(reference, str) else node


def _blocks(tree: HtmlElement) -> Iterator[Any]:
    left = MAX_CHARACTERS
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or not script.text:
            continue
        left -= len(script.text)
        if left < 0:
            return
        yield _parsed(script.text)


def _parsed(text: str) -> Any:
    """The value of one script, whatever stands before and after it; None for what is no JSON."""
    text = text.replace("<![CDATA[", "")
    start = _START.search(text)
    if start is None:
        return None
    try:
        return _DECODER.raw_decode(text, start.start())[0]
    except (ValueError, RecursionError):
        pass
    try:
        return _DECODER.raw_decode(_TRAILING_COMMA.sub(r"\1", text), start.start())[0]
    except (ValueError, RecursionError):
        return None


def _nodes(value: Any, *, depth: int) -> Iterator[Node]:
    """All nodes of a block, outer ones first."""
    if depth > MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value[:MAX_NODES]:
            yield from _nodes(item, depth=depth + 1)
    elif isinstance(value, dict):
        if "@type" in value or "@id" in value:
            yield value
        for key, item in value.items():
            if isinstance(item, dict | list) and key not in _NOT_ABOUT_THE_PAGE:
                yield from _nodes(item, depth=depth + 1)


_NOT_ABOUT_THE_PAGE = frozenset(
    {"itemListElement", "hasPart", "liveBlogUpdate", "comment", "review", "citation", "isPartOf", "relatedLink"}
)


def _breadcrumbs(nodes: Sequence[Node]) -> tuple[str, ...]:
    trail = next((node for node in nodes if "breadcrumblist" in types_of(node)), {})
    items = trail.get("itemListElement")
    found = [item for item in (items if isinstance(items, list) else [])[:MAX_VALUES] if isinstance(item, dict)]
    names = [next(iter(texts_of(item.get("name")) or texts_of(item.get("item"))), "") for item in found]
    return tuple(name for name in names[1:] if name)


def _is_article(node: Node) -> bool:
    value = node.get("@type")
    return any(
        isinstance(name, str) and _ARTICLE.match(name) for name in (value if isinstance(value, list) else [value])
    )


def _addresses(node: Node) -> list[str]:
    return [address.split("#")[0] for key in ("url", "mainEntityOfPage", "@id") for address in urls_of(node.get(key))]
