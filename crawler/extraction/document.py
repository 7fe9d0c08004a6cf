"""A page, parsed once: the tree that all other modules of this package read, with its head already sorted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lxml.html import HtmlElement
from trafilatura import load_html

from crawler.extraction.jsonld import LinkedData, read_linked_data
from crawler.text.clean import one_line

MAX_META = 400
MAX_VALUE = 3000
MAX_HEADING = 400
_LINES = ("h2", "h3", "h4", "div", "p", "span", "strong", "b")


@dataclass(frozen=True, slots=True)
class Document:
    """One page. The tree is shared: who changes it must work on a copy."""

    tree: HtmlElement = field(repr=False)
    url: str
    markup: str = field(repr=False)
    meta: Mapping[str, Sequence[str]] = field(repr=False)
    """Contents of the meta tags by lower-case ``property``, ``name`` or ``itemprop``, in order."""
    linked: LinkedData = field(repr=False)

    def first_meta(self, *names: str) -> str | None:
        """The first content that is not empty, by the order of `names`."""
        return next((value for name in names for value in self.meta.get(name, ())), None)

    def headings(self) -> list[str]:
        """Texts of the first-level headings, in order."""
        return [text for h1 in self.tree.iter("h1") if (text := text_of(h1)) and len(text) <= MAX_HEADING]

    def has_line(self, text: str) -> bool:
        """Whether an element of the page begins with exactly this text: a headline without markup of its own."""
        return bool(text) and any(
            isinstance(element.text, str) and one_line(element.text) == text for element in self.tree.iter(*_LINES)
        )

    def title_tag(self) -> str:
        """Text of the ``title`` element."""
        found = self.tree.find(".//title")
        return "" if found is None else text_of(found)[:MAX_HEADING]


def parse(markup: str, *, url: str) -> Document | None:
    """The page as a document; None when no parser can make anything of it."""
    tree = load_html(markup)
    if tree is None:
        return None
    return Document(tree, url, markup, _meta(tree), read_linked_data(tree, url=url))


def text_of(element: HtmlElement) -> str:
    """All text in `element`, on one line."""
    return one_line("".join(element.itertext()))


def _meta(tree: HtmlElement) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for number, tag in enumerate(tree.iter("meta")):
        if number >= MAX_META:
            break
        content = one_line((tag.get("content") or "")[:MAX_VALUE])
        name = tag.get("property") or tag.get("name") or tag.get("itemprop")
        if name and content:
            found[name.strip().lower()].append(content)
    return found
