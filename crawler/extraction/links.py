"""Which lines of a text are nothing but links on the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Set

from lxml.etree import XPath
from lxml.html import HtmlElement

from crawler.urls import host_of
from crawler.urls.site import site_of

LINK_SHARE = 0.9
MAX_LINE = 400
BLOCKS = frozenset(
    {"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "div", "td", "th", "dd", "dt", "figcaption", "blockquote"}
    | {"section", "article", "aside", "header", "footer", "main", "body", "ul", "ol", "table", "tr", "nav", "pre"}
    | {"form", "center"}
)  # fmt: skip
"""Elements that stand on lines of their own."""
_TEXT = XPath("string()", smart_strings=False)


def link_lines(tree: HtmlElement, *, url: str) -> Set[str]:
    """Texts of links to the site's own pages, and of the blocks that consist of them to nine tenths.

    Links to elsewhere are left out: they are what a list of offers or of sources is made of, not related stories.
    """
    site = _site(url)
    linked: Counter[HtmlElement] = Counter()
    found: set[str] = set()
    for link in tree.iter("a"):
        text = _short_text(link, MAX_LINE)
        if not text or not _is_own(link.get("href") or "", site):
            continue
        found.add(text)
        block = _block_of(link)
        if block is not None:
            linked[block] += len(text)
    for block, size in linked.items():
        text = _short_text(block, int(size / LINK_SHARE) + 3)
        if text and size >= LINK_SHARE * len(text):
            found.add(text)
    return found


def _is_own(href: str, site: str) -> bool:
    """Whether an address is relative, or of the site."""
    if not href.startswith(("http:", "https:", "//")):
        return True
    return bool(site) and site in href.split("//", 1)[1].split("/", 1)[0]


def _site(url: str) -> str:
    try:
        return site_of(host_of(url))
    except ValueError:
        return ""  # a page from a file


def _block_of(element: HtmlElement) -> HtmlElement | None:
    parent = element.getparent()
    while parent is not None and parent.tag not in BLOCKS:
        parent = parent.getparent()
    return parent


def _short_text(element: HtmlElement, limit: int) -> str:
    """Text of `element` on one line; empty when it is longer than `limit`."""
    text: str = _TEXT(element)
    line = " ".join(text.split())
    return line if len(line) <= limit else ""
