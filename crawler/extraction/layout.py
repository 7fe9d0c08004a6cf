"""Tables that only lay out a page, as old sites have them: extractors would print the article as one row."""

from __future__ import annotations

from copy import deepcopy

from lxml.html import HtmlElement

MIN_PARAGRAPHS = 3
"""So many paragraphs, or the headline, in one cell: the table holds no data."""
_PARTS = ("table", "thead", "tbody", "tfoot", "tr", "td", "th")


def without_layout(tree: HtmlElement) -> HtmlElement:
    """`tree` with blocks in place of such tables, and of those around them: a copy, unless there is none."""
    if not any(_is_layout(cell) for cell in tree.iter("td")):
        return tree
    copied = deepcopy(tree)
    for cell in [cell for cell in copied.iter("td") if _is_layout(cell)]:
        for outer in cell.iterancestors("table"):
            _unfold(outer)
    return copied


def _is_layout(cell: HtmlElement) -> bool:
    return cell.find(".//h1") is not None or len(cell.findall("p")) >= MIN_PARAGRAPHS


def _unfold(table: HtmlElement) -> None:
    """Make blocks of `table`, its rows and its cells, but not of tables within them."""
    if table.tag != "table":
        return
    rows = [table, *table.findall("*"), *table.findall("*/*"), *table.findall("*/*/*")]
    for part in [part for part in rows if part.tag in _PARTS and _table_of(part) is table]:
        part.tag = "div"


def _table_of(part: HtmlElement) -> HtmlElement | None:
    return part if part.tag == "table" else next(part.iterancestors("table"), None)
