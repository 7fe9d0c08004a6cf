"""Elements as lines of text: one line a block, in document order."""

from __future__ import annotations

from collections.abc import Iterable

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from crawler.extraction.links import BLOCKS

_BREAKING = BLOCKS | {"br", "hr"}
_SILENT = frozenset(
    {"script", "style", "noscript", "template", "iframe", "svg", "button", "select", "textarea", "form"}
)


def lines_of(element: HtmlElement) -> list[str]:
    """The text of `element`, a line a block. Runs of white space are left as they are."""
    parts: list[str] = []
    walk = iterwalk(element, events=("start", "end"))
    for event, node in walk:
        if not isinstance(node.tag, str):
            continue
        if event == "start":
            if node.tag in _SILENT:
                walk.skip_subtree()
            else:
                parts += _opened(node)
        else:
            parts += _closed(node, is_root=node is element)
    return [line for line in "".join(parts).split("\0") if line.strip()]


def lines_of_all(elements: Iterable[HtmlElement]) -> list[str]:
    """The lines of several elements; those that lie in an earlier one are not repeated."""
    seen: set[HtmlElement] = set()
    lines: list[str] = []
    for element in elements:
        if element in seen or any(ancestor in seen for ancestor in element.iterancestors()):
            continue
        seen.add(element)
        lines += lines_of(element)
    return lines


def _opened(node: HtmlElement) -> list[str]:
    opening = ["\0"] if node.tag in _BREAKING else []
    return [*opening, node.text or ""]


def _closed(node: HtmlElement, *, is_root: bool) -> list[str]:
    closing = ["\0"] if node.tag in _BREAKING else []
    return closing if is_root else [*closing, node.tail or ""]
